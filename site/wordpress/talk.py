"""Brings the comments of an article in, with their threads, statuses and dates."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext, override

from articles.models import ArticlePage
from comments import services
from comments.models import Discussion, ThreadComment
from comments.services import Author
from comments.states import Status
from networks.markup import MAX_LENGTH, clean_text
from wordpress.comment_html import comment_html
from wordpress.ledger import Ledger
from wordpress.models import Imported
from wordpress.people import People, valid_email
from wordpress.records import Comment, Item, digest, read_date
from wordpress.report import Report
from wordpress.threads import in_thread_order, keyed
from wordpress.words import plain

STATUSES = {
    "1": Status.PUBLISHED,
    "approve": Status.PUBLISHED,
    "approved": Status.PUBLISHED,
    "0": Status.PENDING,
    "hold": Status.PENDING,
    "": Status.PENDING,
    "spam": Status.SPAM,
    # A moderator took it off: it stays unread by readers, and its words stay for moderators.
    "trash": Status.REJECTED,
    "post-trashed": Status.REJECTED,
}


class Talk:
    """Brings comments in, parents before replies."""

    def __init__(self, ledger: Ledger, report: Report, people: People, now: datetime) -> None:
        self.ledger, self.report, self.people, self.now = ledger, report, people, now
        self.zone = ZoneInfo(settings.TIME_ZONE)

    def bring_in(self, page: ArticlePage, item: Item) -> None:
        """Add the article's comments that are not here yet."""
        people_say = self._without_pings(item)
        if not people_say:
            return
        discussion = services.discussion_of(page)
        comments = keyed(people_say, item, self._warn)
        self.report.count("comments", "read", len(people_say))
        if twins := len(people_say) - len(comments):
            self.report.skip("comments", "the same comment stands twice in the file", twins)
        known = self.ledger.comments(item.key, {*comments, *(comment.parent.strip() for comment in comments.values())})
        ids = {key: int(row.object_id) for key, row in known.items()}
        made: dict[str, tuple[ThreadComment, str]] = {}
        for placed in in_thread_order(comments, known, self._moment, self._warn):
            if placed.key in known:
                self._unchanged(known[placed.key], placed.comment)
            else:
                added = self._add(discussion, placed.comment, ids.get(placed.parent))
                ids[placed.key] = added.pk
                made[placed.key] = (added, self._fingerprint(placed.comment))
        self.ledger.note_comments(item.key, made)
        self._say_how_they_stand([ids[key] for key in comments])

    def leave_out(self, item: Item, why: str) -> None:
        """Count the comments of something that carries no discussion here."""
        if people_say := self._without_pings(item):
            self.report.count("comments", "read", len(people_say))
            self.report.skip("comments", why, len(people_say))
            self.report.warn(f"has {len(people_say)} comments: {why}", line=item.line, about=f"{item.post_type} {item.key}")

    def _without_pings(self, item: Item) -> list[Comment]:
        pings = [comment for comment in item.comments if comment.is_ping]
        if pings:
            self.report.count("pings", "read", len(pings))
            self.report.skip("pings", "pingbacks and trackbacks are other sites' software, nobody's words", len(pings))
        return [comment for comment in item.comments if not comment.is_ping]

    def _add(self, discussion: Discussion, comment: Comment, parent_id: int | None) -> ThreadComment:
        status = STATUSES.get(comment.approved.strip().lower())
        if status is None:
            status = Status.PENDING
            self._warn(comment, f"has the status “{comment.approved}”, which is not known here: it waits for a moderator")
        if len(clean_text(comment.content)) > MAX_LENGTH:
            self._warn(comment, f"is longer than {MAX_LENGTH:,} characters: kept whole for moderators, its beginning is shown")
        made = services.add_as_found(
            discussion,
            author=self._author(comment),
            text=comment.content,
            html=comment_html(comment.content),
            parent_id=parent_id,
            status=status,
            submitted_at=self._moment(comment),
        )
        self.report.count("comments", "made")
        return made

    def _say_how_they_stand(self, ids: list[int]) -> None:
        for start in range(0, len(ids), 500):
            found = ThreadComment.objects.filter(pk__in=ids[start : start + 500]).order_by("pk")
            for status in found.values_list("status", flat=True):
                self.report.detail("comments", status)

    def _unchanged(self, row: Imported, comment: Comment) -> None:
        if row.fingerprint == self._fingerprint(comment):
            self.report.count("comments", "unchanged")
            return
        self.report.skip("comments", "changed in WordPress since it was imported: moderators decide here now")
        self._warn(comment, "has changed in WordPress since it was imported: left as it is here")

    def _author(self, comment: Comment) -> Author:
        """Nobody asked for mails where they wrote: none are told of replies here."""
        if account := self.people.account_numbered(comment.user_id.strip()):
            return Author(user=account, wants_mail=False)
        with override(settings.LANGUAGE_CODE):
            return Author(
                name=plain(comment.author)[:50] or gettext("Anonymous"), email=valid_email(comment.author_email), wants_mail=False
            )

    def _moment(self, comment: Comment) -> datetime:
        return read_date(comment.date_gmt, UTC) or read_date(comment.date, self.zone) or self.now

    @staticmethod
    def _fingerprint(comment: Comment) -> str:
        return digest(comment.content, comment.approved, comment.author)

    def _warn(self, comment: Comment, sentence: str) -> None:
        self.report.warn(sentence, line=comment.line, about=f"comment {comment.comment_id or '(no number)'}")
