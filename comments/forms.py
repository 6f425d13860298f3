"""The form of a comment."""

from django_comments.forms import CommentSecurityForm


class CommentForm(CommentSecurityForm):
    """What a comment asks of its author."""
