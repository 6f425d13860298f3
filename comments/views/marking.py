"""What readers and editors do with comments without a word: call them useful, point to them, say that they have read."""

from collections.abc import Callable
from datetime import MINYEAR, datetime
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import is_aware
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from comments import access, services
from comments.display import Display
from comments.drawing import Drawing
from comments.models import ThreadComment
from comments.services import Refused
from networks.accounts import sign_in_url

View = Callable[[HttpRequest, int], HttpResponse]


def _signed_in(view: View) -> View:
    """Ask visitors to sign in; where htmx asks, by leading the whole page there."""

    @wraps(view)
    def signed_in(request: HttpRequest, pk: int) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, pk)
        address = sign_in_url(request.POST.get("next") or "/")
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)

    return never_cache(require_POST(signed_in))


@_signed_in
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the person's vote, or take it back: the form says which, so that a second tab changes nothing."""
    comment, refusal = access.public_comment(request, pk), ""
    wanted = request.POST.get("useful", "1") != "0"
    try:
        comment = services.mark_useful(comment, by=request.user, useful=wanted)
    except Refused as refused:
        refusal, wanted = str(refused), False
    if not request.htmx:
        return _back(request, comment, refusal)
    comment.is_useful_to_me = wanted
    row = Display(request.user, is_open=comment.discussion.is_open(), badges={}).row(comment)
    button = Drawing(can_vote=not refusal).useful(row)
    return HttpResponse(format_html('{}<span class="comment__refusal" role="alert">{}</span>', button, refusal) if refusal else button)


@_signed_in
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a comment above its discussion, or no longer."""
    return _curate(request, pk, services.pin, "pinned", gettext("The comment is pinned above the discussion."))


@_signed_in
def feature(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a comment out at its place, or no longer."""
    return _curate(request, pk, services.feature, "featured", gettext("The comment is featured at its place."))


@_signed_in
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the person has read the discussion until the moment that its page was made."""
    discussion = access.readable_discussion(request, pk)
    services.mark_read(discussion, by=request.user, until=_moment(request.POST.get("until", "")))
    if request.htmx:
        return render(request, "comments/news_read.html")
    return redirect(discussion.get_absolute_url())


def _curate(request: HttpRequest, pk: int, act: Callable[..., ThreadComment], name: str, done: str) -> HttpResponse:
    comment, refusal = access.public_comment(request, pk), ""
    wanted = request.POST.get("wanted", "1") != "0"
    try:
        comment = act(comment, by=request.user, **{name: wanted})
    except Refused as refused:
        refusal = str(refused)
    else:
        messages.success(request, done if wanted else gettext("The comment is like the others again."), extra_tags=_tags(comment))
    return _back(request, comment, refusal)


def _back(request: HttpRequest, comment: ThreadComment, refusal: str) -> HttpResponse:
    """Lead back to the comment on the page where the person was, and say what was refused."""
    if refusal:
        messages.error(request, refusal, extra_tags=_tags(comment))
    page = request.POST.get("next", "").partition("#")[0]
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return redirect(f"{page}#c{comment.pk}" if is_ours else comment.get_absolute_url())


def _tags(comment: ThreadComment) -> str:
    return f"discussion c{comment.pk}"


def _moment(text: str) -> datetime | None:
    """The moment that the page was made; now, where the form does not say, or names one that has no place in every time zone."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and is_aware(moment) and moment.year > MINYEAR else None
