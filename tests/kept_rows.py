"""The rows that migrations wrote: kept apart when tests begin, put back after each test with real transactions."""

import sqlite3
from collections.abc import Callable

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper


def keep() -> Callable[[], None]:
    """Keep the rows of every table; return what puts them back, and them alone."""
    return {"sqlite": _keep_on_sqlite, "postgresql": _keep_on_postgresql}[connection.vendor]()


def _keep_on_sqlite() -> Callable[[], None]:
    """A copy of the whole file, in memory."""
    kept = sqlite3.connect(":memory:")
    connection.ensure_connection()
    connection.connection.backup(kept)

    def put_back() -> None:
        connection.ensure_connection()
        kept.backup(connection.connection)

    return put_back


def _keep_on_postgresql() -> Callable[[], None]:
    """Copies of the tables that hold rows, in a schema of their own. Deleting a few rows costs less than emptying every table's files."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with transaction.atomic(), connection.cursor() as cursor:
        kept = _filled(cursor, tables)
        cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE")
        cursor.execute("CREATE SCHEMA kept")
        for table in kept:
            cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE "{table}"')

    def put_back() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in _filled(cursor, tables):
                cursor.execute(f'DELETE FROM "{table}"')
            for table in kept:
                cursor.execute(f'INSERT INTO "{table}" TABLE kept."{table}"')

    return put_back


def _filled(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (TABLE \"{table}\")" for table in tables))
    return [table for (table,) in cursor.fetchall()]
