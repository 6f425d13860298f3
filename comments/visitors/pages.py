"""Pages kept for visitors: what is the same for everybody is computed once, and checked to be still true each time it is served.

A page is kept in the process that computed it, and in the shared cache for the others; either may be absent. What is kept carries
the versions that it was computed from (`comments.visitors.freshness`): it is served as long as the database names the same ones.
"""

import gzip
import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.core.cache import DEFAULT_CACHE_ALIAS, cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.http.response import ResponseHeaders

from comments.visitors import freshness
from comments.visitors.freshness import Versions

logger = logging.getLogger(__name__)

MEMORY = 32 * 1024 * 1024
"""How many bytes of pages one process keeps."""
SHARED_LIFETIME = 24 * 60 * 60
LONGEST_WAIT = 5.0
"""Seconds to wait for another process that computes the same page, before computing it too."""


@dataclass(frozen=True)
class KeptPage:
    """The answer that every visitor gets, plain and compressed, and what it was computed from."""

    body: bytes
    compressed: bytes
    headers: ResponseHeaders
    etag: str
    versions: Versions
    until: float | None
    """When it ends by itself (seconds since the epoch): a discussion that closes at a moment."""

    @property
    def size(self) -> int:
        return len(self.body) + len(self.compressed)

    def is_true(self) -> bool:
        """Whether the database names the versions that the page was computed from."""
        if self.until is not None and time.time() >= self.until:
            return False
        return freshness.current(key for key in self.versions if key != freshness.CONTENT) == self.versions


@dataclass
class Dependencies:
    """What a page that is being computed was computed from so far."""

    versions: Versions
    until: float | None = None


_computed: ContextVar[Dependencies | None] = ContextVar("page being computed", default=None)


@contextmanager
def computing() -> Iterator[Dependencies]:
    """Collect what a page is computed from; the version of everything is read first, so that what changes meanwhile makes it old."""
    dependencies = Dependencies(freshness.current([]))
    token = _computed.set(dependencies)
    try:
        yield dependencies
    finally:
        _computed.reset(token)


def depends_on(discussion: int, version: int, *, until: float | None = None) -> None:
    """Note that the page being computed shows something of a discussion as it was at a version, and until when that holds."""
    known = _computed.get()
    if known is not None:
        known.versions[discussion] = min(version, known.versions.get(discussion, version))
        known.until = min(filter(None, [known.until, until]), default=None)


def keep(key: str, known: Dependencies, body: bytes, headers: ResponseHeaders) -> KeptPage:
    """Keep an answer under its key, with what it depends on, and return it; any cache may keep it too, and ask whether it is still true."""
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = ResponseHeaders({**headers, "ETag": etag, "Cache-Control": "public, no-cache", "Vary": "Cookie, Accept-Encoding"})
    headers.pop("Content-Length", None)
    page = KeptPage(
        body=body,
        compressed=gzip.compress(body, compresslevel=6, mtime=0),
        headers=headers,
        etag=etag,
        versions=known.versions,
        until=known.until,
    )
    _here.put(key, page)
    if _is_shared():
        _ask(cache.set, _shared_key(key), page, SHARED_LIFETIME)
    return page


def find_here(key: str) -> KeptPage | None:
    """Return the page that this process keeps under a key, if it is still true."""
    page = _here.get(key)
    return page if page is not None and page.is_true() else None


def find(key: str) -> KeptPage | None:
    """Return the page kept under a key, if it is still true: this process's, else the shared cache's."""
    if page := find_here(key):
        return page
    page = _ask(cache.get, _shared_key(key)) if _is_shared() else None
    if not isinstance(page, KeptPage) or not page.is_true():
        return None
    _here.put(key, page)
    return page


@contextmanager
def alone(key: str) -> Iterator[None]:
    """Have one thread of one process at a time compute a page; the others wait, then find it kept."""
    with _here.turn(key):
        mine = not _is_shared() or _take_turn(key)
        try:
            yield
        finally:
            if mine and _is_shared():
                _ask(cache.delete, _turn_key(key))


def forget_all() -> None:
    """Empty this process's memory."""
    _here.clear()


def size_here() -> int:
    """How many bytes of pages this process keeps."""
    return _here.size


def turns_here() -> int:
    """How many pages are being computed, or waited for, in this process."""
    return len(_here.turns)


def _take_turn(key: str) -> bool:
    """Wait until no other process computes the page, or until it has kept it; False where the wait was in vain."""
    ends = time.monotonic() + LONGEST_WAIT
    while _ask(cache.add, _turn_key(key), 1, LONGEST_WAIT) is False:
        if time.monotonic() > ends:
            return False
        time.sleep(0.01)
    return True


def _shared_key(key: str) -> str:
    return f"comments:visitors:{hashlib.sha256(key.encode()).hexdigest()}"


def _turn_key(key: str) -> str:
    return f"{_shared_key(key)}:turn"


def _ask(act: Callable[..., Any], *args: Any) -> Any:
    """What the shared cache answers, None where it does not: pages are then computed by each process for itself."""
    try:
        return act(*args)
    except Exception:  # each cache backend raises errors of its own library
        logger.exception("The cache does not answer: this process keeps its pages for itself.")
        return None


def _is_shared() -> bool:
    """Whether the cache is more than this process's own memory, where the pages are already."""
    return not isinstance(caches[DEFAULT_CACHE_ALIAS], LocMemCache)


class _Memory:
    """The pages of one process, the least recently served leaving first."""

    def __init__(self) -> None:
        self.pages: OrderedDict[str, KeptPage] = OrderedDict()
        self.size = 0
        self.lock = threading.Lock()
        self.turns: dict[str, tuple[threading.Lock, int]] = {}

    def get(self, key: str) -> KeptPage | None:
        with self.lock:
            page = self.pages.get(key)
            if page is not None:
                self.pages.move_to_end(key)
            return page

    def put(self, key: str, page: KeptPage) -> None:
        with self.lock:
            if former := self.pages.pop(key, None):
                self.size -= former.size
            self.pages[key] = page
            self.size += page.size
            while self.size > MEMORY and len(self.pages) > 1:
                self.size -= self.pages.popitem(last=False)[1].size

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.size = 0

    @contextmanager
    def turn(self, key: str) -> Iterator[None]:
        """Hold the key's own lock, which exists as long as somebody waits for it."""
        with self.lock:
            lock, waiting = self.turns.get(key, (threading.Lock(), 0))
            self.turns[key] = (lock, waiting + 1)
        try:
            with lock:
                yield
        finally:
            with self.lock:
                lock, waiting = self.turns[key]
                if waiting == 1:
                    del self.turns[key]
                else:
                    self.turns[key] = (lock, waiting - 1)


_here = _Memory()
