"""A small calculation that a browser does before it sends a guest's comment while the site is flooded: ALTCHA's, without its service.

A person does not notice it; who sends thousands of comments needs thousands of times as long. Each solution counts once.
"""

import logging
import secrets
import time
from typing import Any

from altcha import Payload, create_challenge, verify_solution
from django.core.cache import cache
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

ALGORITHM = "PBKDF2/SHA-256"
"""What every browser has of its own, and calculates beside the page."""
COST = 2_000
"""Rounds of one attempt: about a millisecond for a computer, three for a phone; the server pays for two attempts in all."""
ATTEMPTS = (200, 800)
"""The fewest and the most attempts that a solution takes: half a second on a computer, a second or two on a phone."""
LIFETIME = 15 * 60
"""Seconds within which a solution is accepted: a browser asks when the comment is sent, so that a slow one has time."""
LONGEST = 4_000
"""Characters of a solution; ours have about seven hundred."""


def challenge() -> dict[str, Any]:
    """Return a new calculation, signed, as ALTCHA writes it."""
    fewest, most = ATTEMPTS
    counter = fewest + secrets.randbelow(most - fewest)
    made = create_challenge(ALGORITHM, COST, counter=counter, expires_at=int(time.time()) + LIFETIME, hmac_secret=_secret())
    return made.to_dict()


def is_solved(solution: str) -> bool:
    """Whether a solution is right, in time and new; it counts no second time. A cache that does not answer lets none count."""
    if not solution or len(solution) > LONGEST or not verify_solution(solution, _secret()).verified:
        return False
    solved = Payload.from_base64(solution).challenge.parameters
    try:
        return bool(cache.add(f"comments:proof:{solved.nonce}", 1, LIFETIME + 60))
    except Exception:  # each cache backend raises errors of its own library
        logger.exception("The cache does not answer: a solution cannot be told from one sent before.")
        return False


def _secret() -> str:
    return salted_hmac("comments.proofs", "altcha").hexdigest()
