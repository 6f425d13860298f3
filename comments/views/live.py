"""What a page that stays open asks from time to time: whether its discussion is still what it shows."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from comments import access
from comments.models import Discussion, ThreadComment
from comments.states import Status


@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a discussion stands, in a few bytes; 304 and nothing at all where the asker knows."""
    discussion = access.readable_discussion(request, pk)
    is_open = discussion.is_open()
    etag = f'"{discussion.pk}-{discussion.version}-{"open" if is_open else "closed"}"'
    response = get_conditional_response(request, etag=etag) or _told(discussion, is_open=is_open)
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _told(discussion: Discussion, *, is_open: bool) -> JsonResponse:
    published = ThreadComment.objects.filter(discussion=discussion, status=Status.PUBLISHED)
    return JsonResponse(
        {
            "version": discussion.version,
            "publications": discussion.publications,
            "published_count": discussion.published_count,
            "open": is_open,
            "latest": published.order_by("-changed_at").values_list("pk", flat=True).first(),
        }
    )
