"""Writing the rows of comments, one or many: a comment's columns stand in three tables, two of them the libraries'.

Django saves such a model table by table, with a look-up and a set of signals for each, and cannot insert many at once.
"""

from functools import cache
from typing import Any

from django.db import connection, models
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment

from comments import paths
from comments.models import ThreadComment

BATCH = 1_000


def insert(comments: list[ThreadComment]) -> None:
    """Write the rows of comments that have none yet, and give each its key; those answered stand before, in the list or stored.

    A comment that starts a thread names itself as parent and thread, as the libraries want it; `parent_id`, `thread_id` and `root_id`
    of the others are taken from the list where they are 0 or None.
    """
    columns = [field.attname for field in Comment._meta.local_concrete_fields if not field.primary_key]
    bases = Comment.objects.bulk_create(
        [Comment(**{column: getattr(comment, column) for column in columns}) for comment in comments], batch_size=BATCH
    )
    keys = {comment.path: base.pk for base, comment in zip(bases, comments, strict=True)}
    for comment in comments:
        own = keys[comment.path]
        comment.pk = comment.id = comment.comment_ptr_id = own
        comment.parent_id = comment.parent_id or keys.get(comment.path[: -paths.WIDTH], own)
        comment.thread_id = comment.root_id = comment.root_id or keys[comment.path[: paths.WIDTH]]
        comment._state.adding = False  # noqa: SLF001 (what Django notes after its own INSERT)
    for model in (XtdComment, ThreadComment):
        _insert_local_columns(model, comments)


def _insert_local_columns(model: type[models.Model], comments: list[ThreadComment]) -> None:
    fields = model._meta.local_concrete_fields
    rows = [[field.get_db_prep_save(getattr(comment, field.attname), connection) for field in fields] for comment in comments]
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(_statement(model, connection.vendor), rows[0])
        else:
            cursor.executemany(_statement(model, connection.vendor), rows)


@cache
def _statement(model: Any, vendor: str) -> str:
    quote = connection.ops.quote_name
    fields = model._meta.local_concrete_fields
    names = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 (names of our own models)
