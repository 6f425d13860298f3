"""Previews of pages in the editor's own frame."""

from typing import Any

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse


class FramedPreview:
    """A page whose preview the editor may frame; to everybody else pages refuse to be framed."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Serve the preview with a policy that lets this site, and no other, put it in a frame."""
        response: Any = super().serve_preview(request, mode_name)
        response._csp_replace = {"frame-ancestors": [SELF]}  # noqa: SLF001 (what django-csp's decorators set)
        return response
