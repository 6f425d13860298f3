"""What the index missed while it failed is written with the next things that are: nobody has to notice, or to run a command.

Nothing is noted down when something is missed, for the note might fail too: what is published and has no entry as new as
itself was missed. A process looks for such things after its first write to the index, and after a write that follows a
failure; it writes a few at a time, so that nobody waits for all of them, and goes on with the next write.
"""

import time

from django.db import transaction

from search.sources import SOURCES

AT_ONCE = 100
PAUSE_SECONDS = 60
"""How long a process leaves an index in peace that fails for some things and not for others."""

_behind = True
_not_before = 0.0


def something_was_missed() -> None:
    """The index has failed: look for what it lacks once it answers again."""
    global _behind  # noqa: PLW0603 (what this process knows)
    _behind = True


def something_was_written() -> None:
    """The index answers: once this is committed, write what it missed before."""
    if _behind and time.monotonic() >= _not_before:
        transaction.on_commit(catch_up, robust=True)


def catch_up() -> None:
    """Write some of what the index misses or holds out of date; one thing that cannot be written does not keep the others away."""
    from search import indexing

    global _behind, _not_before
    _behind, _not_before = False, time.monotonic() + PAUSE_SECONDS
    left = AT_ONCE
    for source in SOURCES:
        missed = list(source.with_what_is_read(source.outdated().order_by("pk"))[:left])
        for thing in missed:
            indexing.index(thing)
        left -= len(missed)
    if not left and not _behind:
        _behind, _not_before = True, 0.0
