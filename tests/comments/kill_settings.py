"""The settings of `make run` for a server that eight clients write to as fast as they can."""

from config.settings.dev import *  # noqa: F403 (settings modules extend each other)

COMMENTS_MINIMUM_SECONDS = 0
COMMENTS_RATE_LIMITS = {kind: [(1_000_000, 60)] for kind in ("guest", "account")}
