"""Whether more comments that could be a robot's arrive than people write: counted in the cache, with nothing about anybody.

Two windows are counted, this one and the last; of the last as much is added as of it lies within the time that is looked at.
"""

import logging
import time

from django.core.cache import cache

from comments.models import ModerationSettings

logger = logging.getLogger(__name__)


def note(numbers: ModerationSettings) -> None:
    """Count one suspect comment: a guest's, or one that a rule holds or refuses."""
    if not numbers.flood_posts:
        return
    window, _elapsed = _now(numbers)
    try:
        if not cache.add(_key(numbers, window), 1, 2 * _length(numbers)):
            cache.incr(_key(numbers, window))
    except Exception:  # each cache backend raises errors of its own library
        logger.exception("The cache does not answer: floods are not counted.")


def is_on(numbers: ModerationSettings) -> bool:
    """Whether the site is flooded now; a cache that does not answer knows of no flood."""
    if not numbers.flood_posts:
        return False
    window, elapsed = _now(numbers)
    keys = _key(numbers, window), _key(numbers, window - 1)
    try:
        counted = cache.get_many(keys)
    except Exception:  # see above
        logger.exception("The cache does not answer: no flood is seen.")
        return False
    return counted.get(keys[0], 0) + counted.get(keys[1], 0) * (1 - elapsed) >= numbers.flood_posts


def _length(numbers: ModerationSettings) -> int:
    return numbers.flood_minutes * 60


def _now(numbers: ModerationSettings) -> tuple[int, float]:
    """The number of this window, and how much of it is over."""
    window, elapsed = divmod(time.time(), _length(numbers))
    return int(window), elapsed / _length(numbers)


def _key(numbers: ModerationSettings, window: int) -> str:
    return f"comments:flood:{numbers.flood_minutes}:{window}"
