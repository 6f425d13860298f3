"""People who post at the same time are served one after the other, in the order in which they came.

An interpreter runs one thread at a time. A thread that holds the lock of a discussion would have to wait for all others of its process
at each of its statements, and everybody who wants the same lock, in other processes too, would wait with it. Threads that read go on.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

PATIENCE = 1.0
"""Seconds to wait for one's turn, before going on without it: whoever has it may wait for a lock that has nothing to do with us."""


class Queue:
    """A lock that is handed on in the order in which it was asked for, and that nobody waits for too long."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Wait for one's turn, and hand it on at the end; False where the wait was given up."""
        has_turn = self._enter()
        try:
            yield has_turn
        finally:
            if has_turn:
                self._leave()

    def _enter(self) -> bool:
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            called = threading.Event()
            self._waiting.append(called)
        try:
            if called.wait(self.patience):
                return True
        except BaseException:
            if not self._leave_the_line(called):
                self._leave()
            raise
        return not self._leave_the_line(called)

    def _leave_the_line(self, called: threading.Event) -> bool:
        """Wait no more; False where one was called meanwhile, and has the turn."""
        with self._guard:
            if called.is_set():
                return False
            self._waiting.remove(called)
            return True

    def _leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


_queue = Queue()

View = Callable[..., HttpResponseBase]


def one_post_at_a_time(view: View) -> View:
    """Have the POST requests of a view wait for each other in this process; stands above what reads the session."""

    @wraps(view)
    def queueing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        request.POST  # noqa: B018 (read to its end before the turn: whoever sends it slowly keeps nobody waiting)
        with _queue.turn():
            return view(request, *args, **kwargs)

    return queueing
