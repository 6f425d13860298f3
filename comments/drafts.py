"""What a browser calls the drafts that it keeps: a form says it, and so does the notice once the server has stored the text."""

from comments.models import Discussion, ThreadComment


def draft_of(discussion: Discussion, answered: int | None = None) -> str:
    """The draft of a comment: what it is about, be its discussion open yet or not, and the key of the comment it answers."""
    return f"{discussion.content_type_id}-{discussion.object_id}:{answered or 0}"


def draft_of_edit(comment: ThreadComment) -> str:
    """The draft of a change to a comment."""
    return f"edit:{comment.pk}"
