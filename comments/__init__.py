"""Discussions: comments, their moderation and the notices they cause.

django-comments finds the model and the form of the comments app here (the COMMENTS_APP setting).
"""


def get_model() -> type:
    """The comment model, as django-comments asks for it."""
    from comments.models import ThreadComment

    return ThreadComment


def get_form() -> type:
    """The comment form, as django-comments asks for it."""
    from comments.forms import CommentForm

    return CommentForm
