"""The language of the interface."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class ChosenLanguageMiddleware:
    """Speak the language the person chose (kept in a cookie), else the site's own.

    A view or a signal handler that changes the choice sets `request.chosen_language`.
    The browser's Accept-Language is not consulted: see docs/decisions/0002-the-interface-language-is-chosen.md.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        request.chosen_language = None
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if request.chosen_language:
            _keep(response, request.chosen_language)
        return response


def _keep(response: HttpResponse, language: str) -> None:
    """Set the cookie as Django's own language view does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
