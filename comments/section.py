"""The discussion section that stands under its target: what its template is given, and the form in it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.messages.storage.base import Message
from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from comments import permissions
from comments.conf import setting
from comments.drafts import draft_of
from comments.drawing import Drawing
from comments.forms import CommentForm, ids
from comments.guests import viewer_of
from comments.models import Discussion, ThreadComment
from comments.news import news_of
from comments.orders import Order
from comments.quoting import quote_of
from comments.reading import CommentPage, read_page
from comments.states import Mode, Posters
from networks.accounts import sign_in_url
from networks.models import Topic, Visibility
from networks.permissions import ties_of

MOST_SPEAKING = 12
"""How many networks an article offers somebody to speak for."""
FORM_ANCHOR = "laisser-un-commentaire"
MESSAGE_TAG = "discussion"
"""Messages so tagged are said in the discussion's section, where the person is, and not at the top of the page."""
LINK_TAG = "link"
"""And those so tagged offer another link, should the mailed one not arrive."""


@dataclass(frozen=True)
class Notice:
    """What has just happened, said where it happened: at its comment, or above the discussion where that is not shown."""

    text: str
    level: str = "success"
    comment_id: int | None = None
    stored: str = ""
    """Which draft the server has stored (`comments.drafts`): the browser need not keep it any longer."""
    waits_for_link: bool = False
    """Whether a mailed link is the next step: another can be asked for."""

    def as_tags(self) -> str:
        """The tags of a message that says the same on the next page; `from_message` reads them."""
        about = self.comment_id and f"c{self.comment_id}"
        stored = self.stored and f"stored={self.stored}"
        return " ".join(filter(None, [MESSAGE_TAG, about, stored, self.waits_for_link and LINK_TAG]))

    @classmethod
    def from_message(cls, message: Message) -> "Notice | None":
        """The notice that a message carries; None for what is said elsewhere on the page."""
        tags = message.tags.split()
        if MESSAGE_TAG not in tags:
            return None
        about = [int(tag[1:]) for tag in tags if tag[1:].isdecimal()]
        stored = [tag.removeprefix("stored=") for tag in tags if tag.startswith("stored=")]
        return cls(str(message), message.level_tag, about[0] if about else None, stored[0] if stored else "", LINK_TAG in tags)


@dataclass(frozen=True)
class Choice:
    """An order in which the comments can be read."""

    label: str
    url: str
    is_current: bool


def render_section(
    request: HttpRequest,
    discussion: Discussion,
    target: Model,
    *,
    order: Order = Order.OLDEST,
    after: str = "",
    before: str = "",
    sought: int | None = None,
    notice: Notice | None = None,
) -> str:
    """Return the HTML of a discussion's section, empty for a hidden discussion; `read_page` says what the place in it means."""
    if discussion.mode == Mode.HIDDEN:
        return ""
    viewer, user = viewer_of(request), request.user
    news = news_of(discussion, user)
    seen_at = news.seen_at if news else None
    page = read_page(discussion, viewer, order=order, after=after, before=before, sought=sought, seen_at=seen_at)
    target_url = discussion.kind.url(target)
    form = form_context(request, discussion, target)
    can_vote = user.is_authenticated and user.is_active and discussion.is_open()
    can_curate = user.is_authenticated and ties_of(user).has_duties and permissions.can_curate(user, discussion)
    drawing = Drawing(
        post_url=form["post_url"] if form["form"] else "",
        sign_in_url=sign_in_url("") if discussion.is_open() and not user.is_authenticated else "",
        can_vote=can_vote,
        can_curate=can_curate,
        can_propose=_can_propose(discussion, user),
    )
    notices = _at_its_comment(request, notice, page)
    context = {
        "discussion": discussion,
        "target_url": target_url,
        "page": page,
        "news": news if page.rows else None,
        "orders": _orders(target_url, order) if discussion.published_count > 1 else [],
        **_ways(target_url, page),
        "drawn": drawing.draw(page.rows, notices),
        "can_act": can_vote or can_curate,
        "charter_url": charter_url(discussion),
        "notice": None if notices else notice,
        "speaks_for": _speaks_for(discussion, user),
        **form,
    }
    return render_to_string("comments/discussion.html", context, request=request)


def _can_propose(discussion: Discussion, user: Any) -> bool:
    """Whether comments of this discussion can be wished for under an article: in a topic, by members of its network."""
    if not user.is_authenticated or discussion.target_model is not Topic:
        return False
    return any(tie.network_id == discussion.network_id for tie in ties_of(user).memberships)


def _speaks_for(discussion: Discussion, user: Any) -> list[Choice]:
    """The networks in whose name a member may write a contribution to this article, and where; asks nothing of the database.

    The first of them, for somebody in hundreds: the page of each network's contributions leads to the articles too.
    """
    if not user.is_authenticated or discussion.pk is None or discussion.target_model is Topic or not discussion.is_open():
        return []
    speaking = [tie for tie in ties_of(user).memberships if tie.visibility != Visibility.SECRET]
    return [
        Choice(tie.name, f"{reverse('contributions:new', args=[tie.slug])}?sur={discussion.pk}", is_current=False)
        for tie in speaking[:MOST_SPEAKING]
    ]


def _at_its_comment(request: HttpRequest, notice: Notice | None, page: CommentPage) -> dict[int, SafeString]:
    """A notice about a comment of this page, drawn to stand at it."""
    if notice is None or notice.comment_id is None or all(row.pk != notice.comment_id or row.tombstone for row in page.rows):
        return {}
    return {notice.comment_id: render_to_string("comments/notice.html", {"notice": notice, "in_place": request.htmx})}


def _orders(target_url: str, current: Order) -> list[Choice]:
    return [Choice(str(order.label), page_url(target_url, order), order == current) for order in Order]


def _ways(target_url: str, page: CommentPage) -> dict[str, str]:
    """The addresses of the pages beside this one; where there is no earlier page to go back to, that of the first."""
    return {
        "more_url": page_url(target_url, page.order, after=page.later) if page.later else "",
        "earlier_url": page_url(target_url, page.order, before=page.earlier) if page.earlier else "",
        "first_url": page_url(target_url, page.order) if not page.is_first and not page.earlier else "",
    }


def page_url(target_url: str, order: Order = Order.OLDEST, **place: Any) -> str:
    """The address of a page of a discussion: `after` or `before` a key, or where a comment that is `sought` stood."""
    query = {"tri": order.value, "after": place.get("after"), "before": place.get("before"), "commentaire": place.get("sought")}
    chosen = urlencode({name: value for name, value in query.items() if value})
    return f"{target_url}?{chosen}" if chosen else target_url


def form_context(
    request: HttpRequest,
    discussion: Discussion,
    target: Model,
    *,
    form: CommentForm | None = None,
    answered: ThreadComment | None = None,
) -> dict[str, Any]:
    """What the form's template needs: the form itself, where it goes, or why there is none."""
    obstacle = why_not_post(request.user, discussion)
    if form is None and not obstacle:
        initial = {"reply_to": answered.pk} if answered else {}
        form = comment_form(request, discussion, target, initial=initial, answered=answered)
    return {
        "form": form,
        "answered": answered,
        "obstacle": obstacle,
        "draft": draft_of(discussion, answered and answered.pk),
        "quote": quote_of(answered) if answered else "",
        "post_url": post_url(discussion),
        "preview_url": reverse("comments:preview", args=[discussion.pk]) if discussion.pk else "",
        "sign_in_url": sign_in_url(f"{discussion.kind.url(target)}#commentaires") if not request.user.is_authenticated else "",
    }


def comment_form(
    request: HttpRequest, discussion: Discussion, target: Model, *, data: Any = None, answered: ThreadComment | None = None, **kwargs: Any
) -> CommentForm:
    """Return the form of one discussion."""
    form = CommentForm(target, data, discussion=discussion, request=request, auto_id=ids(answered), **kwargs)
    if answered and request.htmx:
        form.fields["comment"].widget.attrs["autofocus"] = True
    return form


def post_url(discussion: Discussion) -> str:
    """Where the form of a discussion goes; one that was never opened is opened by its first comment."""
    return reverse("comments:post", args=[discussion.pk]) if discussion.pk else reverse("comments:start")


def charter_url(discussion: Discussion) -> str:
    """The page that says how people talk here: the discussion's own, else the site's; empty where there is none."""
    if discussion.charter and discussion.charter.live:
        return discussion.charter.get_url() or ""
    return setting("COMMENTS_CHARTER_URL")


def why_not_post(user: Any, discussion: Discussion) -> str:
    """Return the sentence that says why the person cannot add a comment now, empty when they can."""
    if not discussion.is_open():
        return _why_closed(discussion)
    if permissions.is_poster(user, discussion):
        return ""
    if not user.is_authenticated:
        return gettext("Sign in to take part in this discussion.")
    if discussion.posters == Posters.MEMBERS and discussion.network:
        return gettext("Members of %(network)s take part in this discussion; you can read it.") % {"network": discussion.network}
    return gettext("Members of the networks take part in this discussion; you can read it.")


def _why_closed(discussion: Discussion) -> str:
    now = timezone.now()
    if discussion.mode == Mode.OPEN and discussion.target_open and not discussion.is_locked(now):
        if discussion.ends_at and discussion.ends_at <= now:
            return gettext("This discussion closed on %(date)s. What was said stays.") % {"date": _long_date(discussion.ends_at)}
        if discussion.consulted_from and now < discussion.consulted_from:
            return gettext("This discussion opens on %(date)s.") % {"date": _long_date(discussion.consulted_from)}
    return gettext("This discussion is read only: what was said stays, nothing is added.")


def _long_date(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
