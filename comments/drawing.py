"""The HTML of the comments of a page, drawn with stencils.

A page shows fifty comments that differ in a few words. Each small template of `comments/comment/` is rendered once for the page, with
slots where those words go, and filled for each comment: a tenth of the time that a loop in a template takes.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from comments.display import NOTHING, Row
from comments.spoken import Spoken
from networks.models import Network


class Stencil:
    """A template in which some variables, its slots, are filled again and again; what fills them is escaped as in any template."""

    def __init__(self, name: str, slots: str, **context: Any) -> None:
        marked = {slot: SafeString(f"\0{slot}\0") for slot in slots.split()}
        html = render_to_string(f"comments/comment/{name}.html", {**marked, **context}).strip()
        self._format = re.sub("\0(\\w+)\0", r"%(\1)s", html.replace("%", "%%"))

    def fill(self, **words: str) -> SafeString:
        """The HTML with these words in its slots."""
        return SafeString(self._format % {slot: word if isinstance(word, SafeString) else escape(word) for slot, word in words.items()})


class Drawing:
    """Draws the comments of one page for one person."""

    def __init__(
        self, *, post_url: str = "", sign_in_url: str = "", can_vote: bool = False, can_curate: bool = False, can_propose: bool = False
    ) -> None:
        self.post_url = post_url
        """Where a reply goes; empty where nobody replies."""
        self.sign_in_url = sign_in_url
        """The beginning of the address where visitors sign in in order to vote; empty where nobody votes."""
        self.can_vote = can_vote
        self.can_curate = can_curate
        self.can_propose = can_propose
        """Whether comments can be wished for on a public page: in a space, by its members."""
        self._marks: dict[str, SafeString] = {}
        self._badges: dict[int, SafeString] = {}

    def draw(self, rows: Iterable[Row], notices: dict[int, SafeString] | None = None) -> SafeString:
        """The items of a list of comments, those of nested lists in them; `notices` say at a comment what has just happened to it."""
        said = notices or {}
        return SafeString("".join(self._item(row, said.get(row.pk, NOTHING)) for row in rows))

    def _item(self, row: Row, notice: SafeString) -> str:
        opening = self._replies.fill(hide=row.hide_replies, show=row.show_replies, to_author=row.to_author) if row.opens else NOTHING
        closing = NOTHING if row.opens else f"</li>{row.closes}"
        return f'<li class="thread__item">{self._article(row, notice)}{opening}{closing}'

    def _article(self, row: Row, notice: SafeString) -> SafeString:
        if row.tombstone:
            return self._tombstone.fill(key=row.key, sentence=row.tombstone)
        return self._comment.fill(
            key=row.key,
            looks=row.looks,
            notice=notice,
            featured=self._mark("featured", shown=row.is_featured),
            author=row.author,
            role=self._role.fill(role=row.role) if row.role else NOTHING,
            network=self._badge(row.network) if row.network else NOTHING,
            permalink=row.permalink,
            moment=row.moment,
            when=row.when,
            marks=self._all_marks(row),
            answers=self._answers(row) if row.answers else NOTHING,
            spoken=self._spoken(row.spoken) if row.spoken else NOTHING,
            text=row.html,
            actions=self._actions(row),
        )

    def _spoken(self, spoken: Spoken) -> SafeString:
        if spoken.link:
            return self._spoken_with_file.fill(sentence=spoken.sentence, url=spoken.url, link=spoken.link)
        return (
            self._spoken_elsewhere.fill(sentence=spoken.sentence, url=spoken.url)
            if spoken.url
            else self._said.fill(sentence=spoken.sentence)
        )

    def _all_marks(self, row: Row) -> SafeString:
        edited = self._edited.fill(when=row.edited_when, moment=row.edited_moment) if row.edited_when else NOTHING
        return SafeString(
            edited + self._mark("new", shown=row.is_new) + self._mark("rephrase" if row.to_rephrase else "pending", shown=row.is_pending)
        )

    def _mark(self, mark: str, *, shown: bool) -> SafeString:
        if not shown:
            return NOTHING
        if mark not in self._marks:
            self._marks[mark] = SafeString(render_to_string("comments/comment/marks.html", {"mark": mark}).strip())
        return self._marks[mark]

    def _badge(self, network: Network) -> SafeString:
        if network.pk not in self._badges:
            self._badges[network.pk] = render_to_string("networks/network_badge.html", {"network": network})
        return self._badges[network.pk]

    def _answers(self, row: Row) -> SafeString:
        if not row.answers_url:
            return self._answers_nobody.fill(sentence=row.answers)
        return self._answers_somebody.fill(sentence=row.answers, permalink=row.answers_url)

    def _actions(self, row: Row) -> SafeString:
        reply = self._reply.fill(key=row.key, to_author=row.to_author) if self.post_url and row.takes_replies else NOTHING
        rephrase = self._rephrase.fill(permalink=row.permalink) if row.to_rephrase else NOTHING
        change = self._change.fill(key=row.key, permalink=row.permalink) if row.can_edit else NOTHING
        remove = self._remove.fill(key=row.key, permalink=row.permalink) if row.is_own else NOTHING
        curation = self._curation(row) if self.can_curate and row.takes_replies else NOTHING
        report = self._report.fill(permalink=row.permalink, of_author=row.of_author) if row.takes_replies and not row.is_own else NOTHING
        propose = self._propose.fill(permalink=row.permalink, of_author=row.of_author) if self._is_proposable(row) else NOTHING
        return SafeString(f"{self.useful(row)}{reply}{rephrase}{change}{remove}{propose}{report}{curation}")

    def _is_proposable(self, row: Row) -> bool:
        return self.can_propose and row.takes_replies and row.is_of_account

    def useful(self, row: Row) -> SafeString:
        """The vote of one comment: a button, for visitors the way to sign in, or how many there are where nobody votes any more."""
        if self.can_vote and row.takes_vote:
            value, pressed = ("0", "true") if row.is_useful_to_me else ("1", "false")
            return self._useful.fill(
                key=row.key, permalink=row.permalink, of_author=row.of_author, votes=self._votes(row), value=value, pressed=pressed
            )
        if self.sign_in_url and row.takes_vote:
            return self._useful_once_signed_in.fill(permalink=row.permalink, of_author=row.of_author, votes=self._votes(row))
        return self._useful_to_others.fill(votes=self._votes(row)) if row.useful_count else NOTHING

    def _votes(self, row: Row) -> SafeString:
        return self._count.fill(count=str(row.useful_count), sentence=row.useful_sentence) if row.useful_count else NOTHING

    def _curation(self, row: Row) -> SafeString:
        pin_value, pin_label = ("0", self._unpin) if row.is_pinned else ("1", self._pin)
        feature_value, feature_label = ("0", self._unfeature) if row.is_featured else ("1", self._feature)
        return self._pointing.fill(
            permalink=row.permalink,
            of_author=row.of_author,
            pin_value=pin_value,
            pin_label=pin_label,
            feature_value=feature_value,
            feature_label=feature_label,
        )

    @cached_property
    def _comment(self) -> Stencil:
        slots = "key looks notice featured author role network permalink moment when marks answers spoken text actions"
        return Stencil("article", slots)

    @cached_property
    def _tombstone(self) -> Stencil:
        return Stencil("tombstone", "key sentence")

    @cached_property
    def _role(self) -> Stencil:
        return Stencil("role", "role")

    @cached_property
    def _answers_somebody(self) -> Stencil:
        return Stencil("answers", "sentence permalink")

    @cached_property
    def _answers_nobody(self) -> Stencil:
        return Stencil("answers", "sentence")

    @cached_property
    def _said(self) -> Stencil:
        return Stencil("spoken", "sentence")

    @cached_property
    def _spoken_elsewhere(self) -> Stencil:
        return Stencil("spoken", "sentence url")

    @cached_property
    def _spoken_with_file(self) -> Stencil:
        return Stencil("spoken", "sentence url link")

    @cached_property
    def _propose(self) -> Stencil:
        return Stencil("propose", "permalink of_author")

    @cached_property
    def _reply(self) -> Stencil:
        return Stencil("reply", "key to_author", post_url=self.post_url)

    @cached_property
    def _report(self) -> Stencil:
        return Stencil("report", "permalink of_author")

    @cached_property
    def _rephrase(self) -> Stencil:
        return Stencil("rephrase", "permalink")

    @cached_property
    def _change(self) -> Stencil:
        return Stencil("change", "key permalink")

    @cached_property
    def _remove(self) -> Stencil:
        return Stencil("remove", "key permalink")

    @cached_property
    def _edited(self) -> Stencil:
        return Stencil("edited", "when moment")

    @cached_property
    def _replies(self) -> Stencil:
        return Stencil("replies", "hide show to_author")

    @cached_property
    def _useful(self) -> Stencil:
        return Stencil("useful", "key permalink of_author votes value pressed")

    @cached_property
    def _useful_once_signed_in(self) -> Stencil:
        return Stencil("useful_to_others", "permalink of_author votes", sign_in_url=self.sign_in_url)

    @cached_property
    def _useful_to_others(self) -> Stencil:
        return Stencil("useful_to_others", "votes")

    @cached_property
    def _count(self) -> Stencil:
        return Stencil("votes", "count sentence")

    @cached_property
    def _pointing(self) -> Stencil:
        return Stencil("curation", "permalink of_author pin_value pin_label feature_value feature_label")

    @cached_property
    def _pin(self) -> str:
        return gettext("Pin above the discussion")

    @cached_property
    def _unpin(self) -> str:
        return gettext("Unpin")

    @cached_property
    def _feature(self) -> str:
        return gettext("Feature at its place")

    @cached_property
    def _unfeature(self) -> str:
        return gettext("No longer feature")
