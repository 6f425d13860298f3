"""What a guest's browser asks before it sends a comment: whether it has something to calculate."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comments.rules import flood, proofs, rulebook


@never_cache
@require_safe
def challenge(request: HttpRequest) -> HttpResponse:
    """A calculation while the site is flooded, and an answer without content at any other time: pages kept for visitors hold neither."""
    numbers = rulebook.current().numbers
    if numbers.flood_challenge and flood.is_on(numbers):
        return JsonResponse(proofs.challenge())
    return HttpResponse(status=204)
