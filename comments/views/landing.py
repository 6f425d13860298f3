"""Where a person lands once something is done: in the discussion, at the comment, told what happened."""

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import push_url, reswap, retarget

from comments import access, section
from comments.models import Discussion
from comments.section import Notice


def lead_to(request: HttpRequest, discussion: Discussion, target: Model, notice: Notice, *, after: str, anchor: str) -> HttpResponse:
    """Answer with the page of a discussion that follows the key `after`: in place for htmx, as it stands now, by a redirect otherwise."""
    address = f"{discussion.kind.url(target)}{f'?after={after}' if after else ''}#{anchor}"
    if request.htmx:
        html = section.render_section(request, access.discussion_shown(target), target, after=after, notice=notice)
        return push_url(reswap(retarget(HttpResponse(html), "#commentaires"), "outerHTML show:none"), address)
    messages.success(request, notice.text, extra_tags=notice.as_tags())
    return redirect(address)
