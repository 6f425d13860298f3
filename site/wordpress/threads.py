"""Sorts the comments of an article so that parents come before replies, whatever a WordPress wrote of their threads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from wordpress.records import Comment, Item, digest

Warn = Callable[[Comment, str], None]


@dataclass(frozen=True)
class Placed:
    """A comment with what names it and its parent's name (empty for the start of a thread)."""

    key: str
    comment: Comment
    parent: str


def keyed(comments: Iterable[Comment], item: Item, warn: Warn) -> dict[str, Comment]:
    """Comments by what names them: their number, or a digest where it is missing or another's; true twins are one."""
    found: dict[str, Comment] = {}
    for comment in comments:
        number = comment.comment_id.strip()
        own = "h" + digest(item.key, comment.author, comment.date, comment.date_gmt, comment.content)[:39]
        key = number if number and number != "0" and len(number) <= 40 else own
        twin = found.get(key)
        if twin and (twin.author, twin.date, twin.content) != (comment.author, comment.date, comment.content):
            warn(comment, f"has the number {key} of another comment: imported beside it")
            key = own
        found.setdefault(key, comment)
    return found


def in_thread_order(comments: dict[str, Comment], known: Iterable[str], moment: Callable[[Comment], datetime], warn: Warn) -> list[Placed]:
    """Each comment after its parent and otherwise by date; `known` are the keys of comments imported before.

    A parent that is not there, or a thread that bites its tail, makes a comment start a thread.
    """
    parents = _parents(comments, set(known), warn)
    placed: dict[str, Placed] = {}
    for start in sorted(comments, key=lambda key: moment(comments[key])):
        chain: list[str] = []
        key = start
        while key in comments and key not in placed and key not in chain:
            chain.append(key)
            key = parents[key]
        if key in chain:
            warn(comments[key], "answers itself, through others: it starts a thread")
            parents[key] = ""
            chain.remove(key)
            chain.append(key)
        for link in reversed(chain):
            placed[link] = Placed(link, comments[link], parents[link])
    return list(placed.values())


def _parents(comments: dict[str, Comment], known: set[str], warn: Warn) -> dict[str, str]:
    parents = {}
    for key, comment in comments.items():
        parent = comment.parent.strip()
        if parent in {"", "0"} or parent in comments or parent in known:
            parents[key] = "" if parent == "0" else parent
            continue
        warn(comment, f"answers the comment {parent}, which is no comment of this article: it starts a thread")
        parents[key] = ""
    return parents
