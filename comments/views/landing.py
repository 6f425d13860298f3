"""Where a person lands once something is done: in the discussion, at the comment, told what happened."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect, push_url, reswap, retarget

from comments import access, section
from comments.models import Discussion
from comments.section import Notice


def lead_to(request: HttpRequest, discussion: Discussion, target: Model, notice: Notice, *, after: str, anchor: str) -> HttpResponse:
    """Answer with the discussion, as it stands now, after the key `after`: in place where htmx asks from its page, else by a redirect."""
    page = discussion.kind.url(target)
    address = f"{page}{f'?after={after}' if after else ''}#{anchor}"
    if request.htmx and _is_on(request, page):
        html = section.render_section(request, access.discussion_shown(target, request.user), target, after=after, notice=notice)
        return push_url(reswap(retarget(HttpResponse(html), "#commentaires"), "outerHTML show:none"), address)
    messages.success(request, notice.text, extra_tags=notice.as_tags())
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _is_on(request: HttpRequest, page: str) -> bool:
    """Whether the person is on the page that shows the discussion, and not on the page of a form alone."""
    current = request.htmx.current_url
    return not current or urlsplit(current).path == urlsplit(page).path
