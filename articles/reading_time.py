"""How long an article takes to read."""

import math

from wagtail.blocks import StreamValue

WORDS_A_MINUTE = 200
"""A calm reader of French; studies of silent reading find between 195 and 240."""


def reading_minutes(introduction: str, body: StreamValue) -> int:
    """Whole minutes, rounded up, one at least, for the words an article shows or unfolds."""
    passages = [introduction, *body.stream_block.get_searchable_content(body)]
    words = sum(len(str(passage).split()) for passage in passages)
    return max(1, math.ceil(words / WORDS_A_MINUTE))
