"""Writing the rows of comments, one or many: a comment's columns stand in three tables, two of them the libraries'.

Django saves such a model table by table, with a look-up and a set of signals for each, and cannot insert many at once.
"""

from django_comments.models import Comment
from django_comments_xtd.models import XtdComment

from comments import paths
from comments.models import ThreadComment
from networks.prepared import PreparedInsert

BATCH = 1_000

_BASE = PreparedInsert(Comment)
_FURTHER = [PreparedInsert(XtdComment), PreparedInsert(ThreadComment)]


def insert(comments: list[ThreadComment]) -> None:
    """Write the rows of comments that have none yet, and give each its key; those answered stand before, in the list or stored.

    A comment that starts a thread names itself as parent and thread, as the libraries want it; `parent_id`, `thread_id` and `root_id`
    of the others are taken from the list where they are 0 or None.
    """
    keys = _insert_bases(comments)
    for comment in comments:
        own = keys[comment.path]
        comment.pk = comment.id = comment.comment_ptr_id = own
        comment.parent_id = comment.parent_id or keys.get(comment.path[: -paths.WIDTH], own)
        comment.thread_id = comment.root_id = comment.root_id or keys[comment.path[: paths.WIDTH]]
    for further in _FURTHER:
        further.all(comments)


def _insert_bases(comments: list[ThreadComment]) -> dict[str, int]:
    """Write the rows of the table that gives comments their keys; return the keys, by the comments' paths."""
    if len(comments) == 1:
        _BASE.one(comments[0])
        return {comments[0].path: comments[0].id}
    columns = [field.attname for field in Comment._meta.local_concrete_fields if not field.primary_key]
    bases = Comment.objects.bulk_create(
        [Comment(**{column: getattr(comment, column) for column in columns}) for comment in comments], batch_size=BATCH
    )
    return {comment.path: base.pk for comment, base in zip(comments, bases, strict=True)}
