"""The materialised path of a comment in its discussion.

Each level is the comment's number in its discussion, in base 36, padded to five digits. The first digit never is Z, so that
every descendant of a path lies below `path + "Z"`; this leaves 58,786,559 comments to a discussion.
Digits and upper-case ASCII letters sort alike on every database and collation, so that `ORDER BY path` reads a
discussion in its order, thread after thread, and `path > k` pages it by key.
"""

WIDTH = 5
MAX_DEPTH = 24
MAX_LENGTH = WIDTH * (MAX_DEPTH + 1)
MAX_SEQUENCE = 35 * 36 ** (WIDTH - 1) - 1

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def segment(sequence: int) -> str:
    """The path segment of the comment number `sequence` (1 or more); raises ValueError past MAX_SEQUENCE."""
    if not 1 <= sequence <= MAX_SEQUENCE:
        raise ValueError(f"A discussion numbers its comments from 1 to {MAX_SEQUENCE}, not {sequence}.")
    digits = ""
    while sequence:
        sequence, digit = divmod(sequence, 36)
        digits = _DIGITS[digit] + digits
    return digits.rjust(WIDTH, "0")


def child_path(parent_path: str, sequence: int) -> str:
    """The path of comment number `sequence` below `parent_path` (an empty string for a root)."""
    return parent_path + segment(sequence)


def depth_of(path: str) -> int:
    """How deep a path lies: 0 for a root."""
    return len(path) // WIDTH - 1


def ancestor_paths(path: str) -> list[str]:
    """The paths of all ancestors, the root's first."""
    return [path[:end] for end in range(WIDTH, len(path), WIDTH)]


def is_path(text: str) -> bool:
    """Whether a text from outside (an `after=` parameter) has the shape of a path."""
    return 0 < len(text) <= MAX_LENGTH and len(text) % WIDTH == 0 and all(character in _DIGITS for character in text)


def last_descendant_bound(path: str) -> str:
    """An exclusive upper bound of the paths below `path`: descendants satisfy `path < p < bound`."""
    return path + "Z"
