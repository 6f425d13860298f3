"""The shared cache: quicker pages when it answers, the same pages when it does not."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as NoAnswer

logger = logging.getLogger(__name__)

REST_SECONDS = 5
"""How long nobody asks a server that did not answer: one that takes calls in silence would hold up every question of a page."""

_resting_until: dict[str, float] = {}
"""Until when each server is left alone, known to every thread of the process."""


class ForgivingClient(RedisCacheClient):
    """A Redis that does not answer is an empty cache that keeps nothing, never an error of a page.

    What counts in it (`incr`) gets the ValueError of a key that is not there: there is no true number to give.
    """

    def get_client(self, key: str | None = None, *, write: bool = False) -> Any:
        """The way to the server, through which every question goes; closed while the server rests."""
        if time.monotonic() < _resting_until.get(self._servers[0], 0):
            raise _Resting("it did not answer a moment ago")
        return super().get_client(key, write=write)

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        return self._or(True, super().add, key, value, timeout)

    def get(self, key: str, default: Any) -> Any:
        return self._or(default, super().get, key, default)

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        self._or(None, super().set, key, value, timeout)

    def touch(self, key: str, timeout: int | None) -> bool:
        return self._or(False, super().touch, key, timeout)

    def delete(self, key: str) -> bool:
        return self._or(False, super().delete, key)

    def get_many(self, keys: list[str]) -> dict[str, Any]:
        return self._or({}, super().get_many, keys)

    def has_key(self, key: str) -> bool:
        return self._or(False, super().has_key, key)

    def incr(self, key: str, delta: int) -> int:
        try:
            return super().incr(key, delta)
        except RedisError as error:
            self._note(error)
            raise ValueError(f"The cache does not answer: {error}") from error

    def set_many(self, data: dict[str, Any], timeout: int | None) -> None:
        self._or(None, super().set_many, data, timeout)

    def delete_many(self, keys: list[str]) -> None:
        self._or(None, super().delete_many, keys)

    def clear(self) -> bool:
        return self._or(False, super().clear)

    def _or(self, otherwise: Any, ask: Callable[..., Any], *args: Any) -> Any:
        try:
            return ask(*args)
        except RedisError as error:
            self._note(error)
            return otherwise

    def _note(self, error: RedisError) -> None:
        if isinstance(error, _Resting):
            return
        logger.warning("The cache does not answer: %s", error)
        if isinstance(error, NoConnection | NoAnswer):
            _resting_until[self._servers[0]] = time.monotonic() + REST_SECONDS


class _Resting(RedisError):
    """Nobody asked the server, for it did not answer a moment ago."""


class ForgivingRedisCache(RedisCache):
    """Django's cache in Redis, with a client that forgives."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
