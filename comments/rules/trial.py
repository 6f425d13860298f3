"""What a word or a pattern would have caught, before it is saved."""

import time
from dataclasses import dataclass, field
from typing import Any

from comments.models import ListedWord, ThreadComment
from comments.rules.seen import see
from comments.rules.wordlist import WordList

TRIED = 1_000
"""The comments that a trial looks at, the newest of those the moderator decides about."""
TRIAL_SECONDS = 5.0
"""How long a trial takes at most: somebody looks at the page meanwhile."""


@dataclass
class Trial:
    """What a trial found: how many comments it came to look at, and those that would have been caught."""

    looked_at: int = 0
    caught: list[ThreadComment] = field(default_factory=list)
    was_cut: bool = False
    """Whether time ran out before the last comment."""


def try_on_last_comments(word: ListedWord, user: Any) -> Trial:
    """Look for an entry, be it saved or not, in the last comments that a person moderates; writes nothing."""
    listed, trial, until = WordList([word]), Trial(), time.monotonic() + TRIAL_SECONDS
    comments = ThreadComment.objects.moderatable_by(user).exclude(html="").select_related("discussion", "user").order_by("-pk")
    for comment in comments[:TRIED].iterator(chunk_size=200):
        if time.monotonic() > until:
            trial.was_cut = True
            break
        trial.looked_at += 1
        if listed.hits(see(comment.html, "" if comment.user_id else comment.user_name)):
            trial.caught.append(comment)
    return trial
