"""How the statements of `networks.prepared` are put to the database: in as few steps as each allows."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, InterfaceError, NotSupportedError, OperationalError, connection, connections

Answer = TypeVar("Answer")


def asking_first(ask: Callable[[], Answer]) -> Answer:
    """Ask the first question of a request, and return its answer.

    It stands for Django's own check of a connection that was kept (CONN_HEALTH_CHECKS): one that the server dropped is opened anew.
    """
    connection.health_check_done = True
    try:
        return ask()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return ask()


def rows_of(statement: str, values: Sequence[Any]) -> list[Any]:
    """Return the rows that a statement finds.

    A table that was changed meanwhile may make a plan useless, which PostgreSQL says each time it is asked: all plans of the connection
    are dropped then, and it is asked anew; within a transaction, which is lost, its end drops them.
    """
    try:
        return _fetched(statement, values)
    except NotSupportedError:
        if connection.in_atomic_block or not keeps_plans(connection):
            raise
        with connection.cursor() as plain:
            plain.execute("DEALLOCATE ALL")
        return _fetched(statement, values)


def _fetched(statement: str, values: Sequence[Any]) -> list[Any]:
    with cursor() as asked:
        asked.execute(statement, values)
        return asked.fetchall()


def cursor() -> Any:
    """A cursor of Django's, that works out each statement once; on PostgreSQL, the server keeps a plan for it."""
    database = connections[DEFAULT_DB_ALIAS]
    plain = database.cursor()
    if database.vendor == "sqlite":
        plain.cursor.convert_query = _with_question_marks
    elif keeps_plans(database):
        from psycopg import Cursor

        database.connection.prepare_threshold = 0
        plain.cursor = Cursor(database.connection)  # this one alone: Django's other cursors go on as they are
    return plain


def keeps_plans(database: Any) -> bool:
    """Whether the server keeps a plan for our statements, for as long as it keeps the connection: where that is PostgreSQL.

    Where connections are pooled by transaction the server cannot keep anything of ours: the setting that Django's documentation asks
    for there (DISABLE_SERVER_SIDE_CURSORS) is taken as the sign of it. Nor is a plan kept while queries are logged: the
    driver does not tell what it asked by a plan.
    """
    if database.vendor != "postgresql" or database.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS") or database.queries_logged:
        return False
    if database.settings_dict["OPTIONS"].get("server_side_binding"):
        return False  # a site that asks for it says itself what is kept, for all cursors
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    return is_psycopg3


@lru_cache(maxsize=500)
def _with_question_marks(statement: str, *, param_names: None = None) -> str:
    """A statement with its marks as SQLite takes them; Django looks for them with a regular expression each time."""
    return statement.replace("%%", "\0").replace("%s", "?").replace("\0", "%")
