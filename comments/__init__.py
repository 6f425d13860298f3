"""Discussions under anything; also the app that COMMENTS_APP names to django-contrib-comments."""

from typing import Any


def get_model() -> Any:
    """The comment model, for django-contrib-comments' own helpers."""
    from comments.models import ThreadComment

    return ThreadComment


def get_form() -> Any:
    """The comment form, for django-contrib-comments' own helpers."""
    from comments.forms import CommentForm

    return CommentForm
