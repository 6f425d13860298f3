"""The one question of every visitor, put to the database in as few steps as there are.

Between PostgreSQL and us, Python's driver takes longer to put this question than the server takes to answer it. Libpq's own function, which
psycopg offers for such cases (`Connection.pgconn`), asks by a plan that the server keeps for the connection, and costs half as much.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from networks.cursors import keeps_plans, rows_of

Row = tuple[int, int]

_COMMAND_OK, _TUPLES_OK, _IDLE = 1, 2, 0
"""What libpq calls a command that was done, one that brings rows, and a connection outside of transactions."""


def versions_of(statement: str, keys: list[int]) -> list[Row]:
    """Return the rows, of two whole numbers, that a statement with a mark (`%s`) for each key brings; raises Django's database errors."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.connection is not None and keeps_plans(database):
        with database.wrap_database_errors:
            rows = _by_plan(database.connection, statement, keys)
        if rows is not None:
            return rows
    return [(int(key), int(number)) for key, number in rows_of(statement, keys)]


def _by_plan(raw: Any, statement: str, keys: list[int]) -> list[Row] | None:
    """The rows; None where the connection is busy with a transaction, or broken: asked in the ordinary way it says how."""
    libpq = raw.pgconn
    if libpq.transaction_status != _IDLE:
        return None
    name, values = b"palabre_versions_%d" % len(keys), [b"%d" % key for key in keys]
    known = raw.__dict__.setdefault("_palabre_plans", set())
    if name in known:
        answer = libpq.exec_prepared(name, values)
        if answer.status == _TUPLES_OK:
            return _read(answer)
    # Not asked yet, or forgotten: the driver drops every plan of a connection whose transaction was rolled back.
    if libpq.prepare(name, _numbered(statement, len(keys))).status != _COMMAND_OK:
        return None
    known.add(name)
    answer = libpq.exec_prepared(name, values)
    return _read(answer) if answer.status == _TUPLES_OK else None


def _read(answer: Any) -> list[Row]:
    value = answer.get_value
    return [(int(value(row, 0)), int(value(row, 1))) for row in range(answer.ntuples)]


def _numbered(statement: str, marks: int) -> bytes:
    for number in range(1, marks + 1):
        statement = statement.replace("%s", f"${number}", 1)
    return statement.encode()
