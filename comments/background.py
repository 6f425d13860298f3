"""Work done beside the requests, by a thread that lives while there is something to do."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import connections
from django.utils import timezone

logger = logging.getLogger(__name__)

LONGEST_SLEEP = 60 * 60
PAUSES = (60, 2 * 60, 5 * 60, 15 * 60)
"""Seconds of rest after work that failed once, twice, …"""


class TryLater(Exception):
    """Work cannot go on now, through no fault of its own; the message says why."""


class Background:
    """Does one kind of work in a thread of its own; asked for more meanwhile, the thread goes round once more.

    `work` returns the moment at which there will be something to do again (None: when somebody asks). Work that fails rests,
    longer each time, and whoever asks meanwhile starts nothing: a mail server that is down costs one attempt in a while, and
    not one for each comment. The thread of a dying process dies with it.
    """

    def __init__(self, work: Callable[[], datetime | None], *, name: str, pauses: Sequence[float] = PAUSES) -> None:
        self.work = work
        self.name = name
        self.pauses = pauses
        self._lock = threading.Lock()
        self._asked = False
        self._running = False
        self._failures = 0
        self._alarm: threading.Timer | None = None

    def ask(self) -> None:
        """Have the work done soon."""
        with self._lock:
            self._asked = True
            if self._running or self._failures:
                return
            self._running = True
        self._start()

    def _start(self) -> None:
        threading.Thread(target=self._go_round, name=self.name, daemon=True).start()

    def _wake(self) -> None:
        """Start although somebody rests: the alarm rang."""
        with self._lock:
            if self._running:
                return
            self._running = True
        self._start()

    def _go_round(self) -> None:
        while True:
            with self._lock:
                self._asked = False
            seconds = self._round()
            with self._lock:
                if self._asked and not self._failures:
                    continue
                self._running = False
                self._set_alarm(seconds)
                return

    def _round(self) -> float | None:
        """Work once; return how many seconds to sleep, None for until somebody asks."""
        try:
            moment = self.work()
        except Exception as error:
            logger.warning("%s: %s", self.name, error, exc_info=None if isinstance(error, TryLater) else error)
            self._failures += 1
            return self.pauses[min(self._failures, len(self.pauses)) - 1]
        finally:
            connections.close_all()
        self._failures = 0
        if moment is None:
            return None
        return min(max(1.0, (moment - timezone.now()).total_seconds()), LONGEST_SLEEP)

    def _set_alarm(self, seconds: float | None) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if seconds is not None:
            self._alarm = threading.Timer(seconds, self._wake)
            self._alarm.daemon = True
            self._alarm.start()
