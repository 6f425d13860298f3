"""The discussion section that stands under its target: what its template is given, and the form in it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.messages.storage.base import Message
from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from comments import permissions
from comments.conf import setting
from comments.drafts import draft_of
from comments.forms import CommentForm, ids
from comments.guests import viewer_of
from comments.models import Discussion, ThreadComment
from comments.quoting import quote_of
from comments.reading import read_page
from comments.states import Mode, Posters
from networks.accounts import sign_in_url

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


def render_section(
    request: HttpRequest,
    discussion: Discussion,
    target: Model,
    *,
    after: str = "",
    before: str = "",
    notice: Notice | None = None,
) -> str:
    """Return the HTML of a discussion's section, empty for a hidden discussion."""
    if discussion.mode == Mode.HIDDEN:
        return ""
    page = read_page(discussion, viewer_of(request), after=after, before=before)
    context = {
        "discussion": discussion,
        "target_url": discussion.kind.url(target),
        "page": page,
        "charter_url": charter_url(discussion),
        "notice": notice,
        "notice_is_at_its_comment": notice is not None and any(row.pk == notice.comment_id for row in page.rows),
        **form_context(request, discussion, target),
    }
    return render_to_string("comments/discussion.html", context, request=request)


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
    if discussion.mode == Mode.OPEN and discussion.target_open and discussion.closes_at:
        return gettext("This discussion closed on %(date)s. What was said stays.") % {"date": _long_date(discussion.closes_at)}
    return gettext("This discussion is read only: what was said stays, nothing is added.")


def _long_date(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
