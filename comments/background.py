"""One short-lived thread that does what waits: a second request while it runs makes it go round once more."""

import threading
from collections.abc import Callable
from datetime import datetime

from django.db import connections
from django.utils import timezone

LONGEST_SLEEP = 60 * 60

_lock = threading.Lock()
_wanted = False
_running = False
_alarm: threading.Timer | None = None


def run(work: Callable[[], object], *, then_at: Callable[[], datetime | None]) -> None:
    """Do `work` in a thread of its own, and again at the moment `then_at` names; the thread of a dying process dies with it."""
    global _wanted, _running  # noqa: PLW0603 (one thread for the process)
    with _lock:
        _wanted = True
        if _running:
            return
        _running = True
    threading.Thread(target=_rounds, args=(work, then_at), name="palabre-mail", daemon=True).start()


def _rounds(work: Callable[[], object], then_at: Callable[[], datetime | None]) -> None:
    try:
        while _take_round():
            work()
        _set_alarm(work, then_at)
    finally:
        connections.close_all()


def _take_round() -> bool:
    global _wanted, _running
    with _lock:
        _running, _wanted = _wanted, False
        return _running


def _set_alarm(work: Callable[[], object], then_at: Callable[[], datetime | None]) -> None:
    global _alarm  # noqa: PLW0603
    moment = then_at()
    if moment is None:
        return
    seconds = min(max(1.0, (moment - timezone.now()).total_seconds()), LONGEST_SLEEP)
    with _lock:
        if _alarm is not None:
            _alarm.cancel()
        _alarm = threading.Timer(seconds, run, args=(work,), kwargs={"then_at": then_at})
        _alarm.daemon = True
        _alarm.start()
