"""The shared cache: quicker pages when it answers, the same pages when it does not."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingClient(RedisCacheClient):
    """A Redis that does not answer is an empty cache that keeps nothing, never an error of a page.

    What counts in it (`incr`) gets the ValueError of a key that is not there: there is no true number to give.
    """

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        return _or(True, super().add, key, value, timeout)

    def get(self, key: str, default: Any) -> Any:
        return _or(default, super().get, key, default)

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        _or(None, super().set, key, value, timeout)

    def touch(self, key: str, timeout: int | None) -> bool:
        return _or(False, super().touch, key, timeout)

    def delete(self, key: str) -> bool:
        return _or(False, super().delete, key)

    def get_many(self, keys: list[str]) -> dict[str, Any]:
        return _or({}, super().get_many, keys)

    def has_key(self, key: str) -> bool:
        return _or(False, super().has_key, key)

    def incr(self, key: str, delta: int) -> int:
        try:
            return super().incr(key, delta)
        except RedisError as error:
            raise ValueError(f"The cache does not answer: {error}") from error

    def set_many(self, data: dict[str, Any], timeout: int | None) -> None:
        _or(None, super().set_many, data, timeout)

    def delete_many(self, keys: list[str]) -> None:
        _or(None, super().delete_many, keys)

    def clear(self) -> bool:
        return _or(False, super().clear)


class ForgivingRedisCache(RedisCache):
    """Django's cache in Redis, with a client that forgives."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient


def _or(otherwise: Any, ask: Callable[..., Any], *args: Any) -> Any:
    try:
        return ask(*args)
    except RedisError as error:
        logger.warning("The cache does not answer: %s", error)
        return otherwise
