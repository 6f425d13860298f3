"""Taking turns to write on SQLite, which lets one connection write at a time and has the others look again every now and then.

Under load whoever comes last may look in vain for a second. A lock of the operating system on a file beside the database wakes one waiter
after the other, across threads and processes, and is left with the process that dies. PostgreSQL queues by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

try:
    import fcntl
except ImportError:  # Windows: SQLite's own way of waiting remains
    fcntl = None  # type: ignore[assignment]


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for one's turn, and keep it until the transaction inside is over; inside another transaction, go on at once."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or fcntl is None or connection.in_atomic_block or ":memory:" in name or "mode=memory" in name:
        yield
        return
    with Path(f"{name}-turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
