"""What a discussion does, said again with dicts and lists that know nothing of paths, counters or locks.

`test_model` does the same things to this and to the product, and compares.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

DEEPEST = 24
MOST_PINNED = 3
MODERATOR = "mod"
ACCOUNTS = {"ana", "ben", MODERATOR}
MOVES = {
    "prove_email": ({"awaiting_email"}, "pending"),
    "approve": ({"pending", "rephrasing"}, "published"),
    "reject": ({"pending", "rephrasing"}, "rejected"),
    "spam": ({"pending", "published", "rephrasing"}, "spam"),
    "hide": ({"published"}, "hidden"),
    "rephrase": ({"pending", "published", "hidden"}, "rephrasing"),
    "restore": ({"hidden", "rejected", "spam"}, "published"),
    "remove": ({"awaiting_email", "pending", "published", "rejected", "spam", "hidden", "rephrasing"}, "removed"),
}
DECIDED = {"rejected", "spam", "hidden", "rephrasing"}
NEED_REASON = {"reject", "hide", "rephrase"}
READ_BY_OTHERS = {"pending", "published", "hidden", "rephrasing"}


class RefusedError(Exception):
    """The rules say no."""


class StaleError(RefusedError):
    """Somebody was quicker."""


@dataclass(eq=False)
class Said:
    """A comment; its key is the product's."""

    author: str
    text: str
    status: str
    above: "Said | None" = None
    key: int = 0
    replies: list["Said"] = field(default_factory=list)
    votes: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    earlier_texts: int = 0
    minutes_old: int = 0
    edited: bool = False
    rephrased: bool = False
    stood: str = ""
    """Where it stood before a moderator's decision that nothing followed."""
    marks_then: set[str] = field(default_factory=set)
    """The marks it had then, which undoing gives back."""

    @property
    def standing(self) -> str:
        """What a moderator who looks at it sees: words that were changed are others than those seen before."""
        return f"{self.status}, changed" if self.edited else self.status

    @property
    def was_decided(self) -> bool:
        """Whether a moderator restricted it: somebody else than its author decides what becomes of it then."""
        return self.status in DECIDED or (self.status == "pending" and self.rephrased)

    @property
    def depth(self) -> int:
        return 0 if self.above is None else self.above.depth + 1

    @property
    def is_published(self) -> bool:
        return self.status == "published"

    def below(self) -> Iterator["Said"]:
        """Everything that answers it, as read from top to bottom."""
        for reply in self.replies:
            yield reply
            yield from reply.below()

    @property
    def published_below(self) -> int:
        return sum(said.is_published for said in self.below())

    @property
    def is_shown(self) -> bool:
        return self.is_published or self.published_below > 0


@dataclass
class Talk:
    """One discussion."""

    roots: list[Said] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=lambda: {"mode": "open", "posters": "everyone", "moderation": "before"})
    acts: int = 0
    publications: int = 0

    def everything(self) -> Iterator[Said]:
        """All that was ever said, from top to bottom."""
        for root in self.roots:
            yield root
            yield from root.below()

    def page(self, reader: str) -> list[tuple[int, str]]:
        """What a person reads: the keys, and what stands there."""
        return [(said.key, self._stands(said, reader)) for said in self.everything() if self._stands(said, reader)]

    def _stands(self, said: Said, reader: str) -> str:
        if said.is_published:
            return said.text
        if said.status in {"pending", "rephrasing"} and said.author == reader:
            return "waiting: " + said.text
        return "tombstone" if said.is_shown else ""

    def looks(self) -> list:
        """All that any visitor could see of it."""
        said = [
            (said.key, said.status, said.text, said.earlier_texts, len(said.votes), sorted(said.marks)) if said.is_published
            else (said.key, said.status)
            for said in self.everything()
            if said.is_shown
        ]  # fmt: skip
        return [said, dict(self.settings)]

    # Acts -----------------------------------------------------------------------------------------------------------

    def post(self, author: str, text: str, above: Said | None, *, proven: bool = False) -> tuple[Said, bool]:
        """Say something; the same again within a day is the same comment, unless nobody knows that it is the same person."""
        self._refuse_unless(self.is_open and (author in ACCOUNTS or self.settings["posters"] == "everyone"))
        self._refuse_unless(above is None or above.is_published)
        above = self._near_enough(above)
        unproven = author not in ACCOUNTS and not proven
        if twin := self._twin(author, text, above, among={"awaiting_email"} if unproven else MOVES["remove"][0]):
            if not unproven and twin.status == "awaiting_email":
                self.prove(twin)
            return twin, False
        if unproven:
            status = "awaiting_email"
        else:
            status = "published" if self.settings["moderation"] == "after" or author == MODERATOR else "pending"
        return self._add(Said(author, text, status, above)), True

    def import_(self, author: str, text: str, above: Said | None, status: str) -> Said:
        """Bring in something that was said elsewhere."""
        return self._add(Said("" if status == "removed" else author, "" if status == "removed" else text, status, self._near_enough(above)))

    def _add(self, said: Said) -> Said:
        (said.above.replies if said.above else self.roots).append(said)
        self.acts += 1
        self.publications += said.is_published
        return said

    def _near_enough(self, above: Said | None) -> Said | None:
        return above.above if above and above.depth >= DEEPEST else above

    def _twin(self, author: str, text: str, above: Said | None, *, among: set[str]) -> Said | None:
        beside = above.replies if above else self.roots
        same = [
            said for said in beside
            if (said.author, said.text) == (author, text) and said.minutes_old < 24 * 60 and said.status in among
        ]  # fmt: skip
        return same[-1] if same else None

    def decide(self, said: Said, action: str, *, by: str, reason: str = "", seen: str | None = None) -> None:
        """A moderator's decision; moderators too remove nothing but their own."""
        self._stale_unless(said.status in MOVES[action][0] and seen in {None, said.standing})
        self._refuse_unless(action != "prove_email" and by == (said.author if action == "remove" else MODERATOR))
        self._refuse_unless(action == "remove" or by != said.author or not said.was_decided)
        self._refuse_unless(bool(reason) or action not in NEED_REASON)
        before, marked = said.status, set(said.marks)
        self._move(said, action)
        said.stood, said.marks_then = (before, marked) if action != "remove" else ("", set())

    def undo(self, said: Said, *, by: str) -> None:
        """A moderator takes back what they have just decided."""
        self._refuse_unless(by == MODERATOR and bool(said.stood))
        marked = said.marks_then
        self._stand(said, said.stood)
        if "pinned" in marked and sum("pinned" in other.marks for other in self.everything()) >= MOST_PINNED:
            marked = marked - {"pinned"}
        said.marks |= marked

    def rephrase(self, said: Said, text: str) -> None:
        """An author finds the words that a moderator asked for."""
        self._stale_unless(said.status == "rephrasing")
        self._refuse_unless(text != said.text)
        said.text, said.edited, said.rephrased = text, True, True
        said.earlier_texts += 1
        self._stand(said, "pending")

    def prove(self, said: Said) -> None:
        """A guest follows the link."""
        self._stale_unless(said.status == "awaiting_email")
        self._move(said, "prove_email")
        if self.settings["moderation"] == "after":
            self._move(said, "approve")

    def remove(self, said: Said, *, by: str) -> None:
        """An author takes a comment back."""
        self._stale_unless(said.status != "removed")
        self._refuse_unless(said.author == by)
        self._move(said, "remove")

    def withdraw_votes(self, who: str) -> None:
        """Somebody leaves the site: none of their votes counts any more, wherever they were given."""
        for said in self.everything():
            said.votes.discard(who)

    def purge(self) -> int:
        """A week has passed since these guests were asked for their address."""
        late = [said for said in self.everything() if said.status == "awaiting_email" and said.minutes_old > 7 * 24 * 60]
        for said in late:
            self._move(said, "remove")
        return len(late)

    def _move(self, said: Said, action: str) -> None:
        self._stand(said, MOVES[action][1])

    def _stand(self, said: Said, status: str) -> None:
        said.status, said.stood = status, ""
        self.acts += 1
        self.publications += said.is_published
        if not said.is_published:
            said.marks = set()
        if said.status == "removed":
            said.author = said.text = ""
            said.votes, said.earlier_texts, said.edited = set(), 0, False

    def edit(self, said: Said, text: str, *, by: str) -> None:
        """An author finds better words; the same words change nothing, and are not refused."""
        if said.author == by and said.text == text:
            return
        unread = said.status == "pending" or (said.is_published and (by == MODERATOR or self.settings["moderation"] == "after"))
        answered = any(reply.status in READ_BY_OTHERS for reply in said.below())
        self._refuse_unless(said.author == by and unread and self.is_open and said.minutes_old <= 15 and not answered)
        said.text, said.edited = text, True
        said.earlier_texts += 1
        self.acts += 1

    def vote(self, said: Said, *, by: str, useful: bool) -> None:
        """A reader calls a comment useful, or no longer."""
        self._refuse_unless(by in ACCOUNTS and by != said.author and said.is_published and self.is_open)
        (said.votes.add if useful else said.votes.discard)(by)

    def mark(self, said: Said, name: str, wanted: bool, *, by: str) -> None:
        """An editor points readers to a comment, or no longer."""
        self._refuse_unless(said.is_published and by == MODERATOR)
        if wanted == (name in said.marks):
            return
        pinned = sum("pinned" in other.marks for other in self.everything())
        self._refuse_unless(name != "pinned" or not wanted or pinned < MOST_PINNED)
        (said.marks.add if wanted else said.marks.discard)(name)
        self.acts += 1

    def configure(self, settings: dict[str, str]) -> None:
        """An editor decides how people talk here."""
        self.acts += self.settings != settings
        self.settings = dict(settings)

    @property
    def is_open(self) -> bool:
        return self.settings["mode"] == "open"

    @staticmethod
    def _refuse_unless(allowed: bool) -> None:
        if not allowed:
            raise RefusedError

    @staticmethod
    def _stale_unless(fresh: bool) -> None:
        if not fresh:
            raise StaleError
