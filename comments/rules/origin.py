"""Where a comment comes from, as its request tells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """What the rules look at beside the comment and its author; nothing of it is stored."""

    ip: str = ""
    user_agent: str = ""
    referrer: str = ""
    proof: str = ""
    """What the browser calculated while the site is flooded (`comments.rules.proofs`)."""
