"""What becomes of a comment by the rules, before it is stored: refused, held for a moderator, or neither.

Whose comment it is decides which rules are asked. Moderators of the discussion are never asked for (`services.post` sees to that);
trusted authors are held for neither words, links nor being new, and refused as anybody is.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext

from comments import spam
from comments.models import AuthorTrust, BlockedSender, Discussion, Effect, SenderKind, ThreadComment, WordKind
from comments.origins import Origin
from comments.rows import Author
from comments.rules import akismet, flood, proofs, rulebook
from comments.rules.findings import Finding
from comments.rules.rulebook import Consulted
from comments.rules.seen import Seen, see
from comments.rules.wordlist import Hit
from comments.states import Moderation


@dataclass(frozen=True)
class Verdict:
    """What the rules say: a sentence for the author where they refuse, and what they found where they hold."""

    refusal: str = ""
    findings: list[Finding] = field(default_factory=list)


def verdict_on(
    discussion: Discussion,
    author: Author,
    html: str,
    origin: Origin | None = None,
    *,
    spam_score: int = ThreadComment.NOT_SCORED,
) -> Verdict:
    """What becomes of a comment whose sanitised HTML this is; counts it, where it could be part of a flood.

    `spam_score` is what `comments.spam` makes of its words, in per cent.
    """
    consulted = rulebook.consult(author.key, discussion.network_id)
    verdict = _verdict(discussion, author, html, origin or Origin(), consulted)
    if not verdict.refusal and not consulted.is_trusted and spam.holds_back(spam_score):
        verdict.findings.append(Finding("filter", str(spam_score)))
    if author.is_guest or verdict.refusal or verdict.findings:
        flood.note(consulted.book.numbers)
    return verdict


def _verdict(discussion: Discussion, author: Author, html: str, origin: Origin, consulted: Consulted) -> Verdict:
    seen = see(html, author.name if author.is_guest else "")
    hits = consulted.book.words.hits(seen)
    senders = consulted.book.senders.matches(author.email if author.is_guest else author.user.email, origin.ip)
    if refusal := _refusal_of_senders(senders) or _refusal_of_words(hits):
        return Verdict(refusal=refusal)
    of_author = [*_of_senders(senders), *_of_newcomer(author, consulted), *_of_flood(author, origin, consulted)]
    found = [*_of_text(seen, hits, consulted), *of_author, *_of_place(discussion, consulted)]
    return Verdict(findings=found or _of_akismet(discussion, author, seen, origin, consulted))


def verdict_on_words(author: Author, html: str, network_id: int | None) -> Verdict:
    """What the rules say of the words alone, which an author changes later."""
    consulted = rulebook.consult(author.key, network_id)
    seen = see(html)
    hits = consulted.book.words.hits(seen)
    return Verdict(refusal=_refusal_of_words(hits), findings=_of_text(seen, hits, consulted))


def _refusal_of_senders(senders: list[BlockedSender]) -> str:
    if all(sender.effect != Effect.REFUSE for sender in senders):
        return ""
    return gettext("Comments from your address are not taken here. If this is a mistake, write to the people of this site.")


def _of_senders(senders: list[BlockedSender]) -> list[Finding]:
    """Which kind of entry caught the sender; of a machine nothing is kept with the comment."""
    return [Finding(str(sender.kind), sender.value if sender.kind == SenderKind.DOMAIN else "", sender.pk) for sender in senders]


def _refusal_of_words(hits: list[Hit]) -> str:
    refused = [hit.entry for hit in hits if hit.refuses]
    words = ", ".join(gettext("“%(word)s”") % {"word": entry.text} for entry in refused if entry.kind == WordKind.WORD)
    if words:
        return gettext("This cannot be said here: %(words)s. Your text is kept: write it in other words.") % {"words": words}
    return gettext("Some of these words cannot be said here. Your text is kept: write it in other words.") if refused else ""


def _of_place(discussion: Discussion, consulted: Consulted) -> list[Finding]:
    """A space that is read before publication, and an author who is."""
    found = []
    if discussion.network_id in consulted.book.spaces and discussion.moderation == Moderation.AFTER:
        found.append(Finding("space"))
    if consulted.trust == AuthorTrust.WATCHED:
        found.append(Finding("watched"))
    return found


def _of_text(seen: Seen, hits: list[Hit], consulted: Consulted) -> list[Finding]:
    if consulted.is_trusted:
        return []
    limit = consulted.book.numbers.links_held
    links = [Finding("links", str(len(seen.links)))] if limit and len(seen.links) >= limit else []
    return [*(_of_hit(hit) for hit in hits if not hit.refuses), *links]


def _of_hit(hit: Hit) -> Finding:
    return Finding("pattern_slow" if hit.too_slow else str(hit.entry.kind), hit.entry.text, hit.entry.pk)


def _of_newcomer(author: Author, consulted: Consulted) -> list[Finding]:
    until = consulted.book.numbers.newcomer_until
    if not until or consulted.is_trusted or rulebook.has_published(author.key, until):
        return []
    return [Finding("newcomer")]


def _of_flood(author: Author, origin: Origin, consulted: Consulted) -> list[Finding]:
    """A guest of whom nothing was published yet, while the site is flooded, whose browser did not calculate."""
    numbers = consulted.book.numbers
    if not author.is_guest or consulted.is_trusted or not flood.is_on(numbers) or rulebook.has_published(author.key, 1):
        return []
    return [] if numbers.flood_challenge and proofs.is_solved(origin.proof) else [Finding("flood")]


def _of_akismet(discussion: Discussion, author: Author, seen: Seen, origin: Origin, consulted: Consulted) -> list[Finding]:
    """What another company thinks of somebody's first words, where no rule of ours holds them and the site chose to ask.

    What a network validated, or stood in a space before, is asked about by nobody.
    """
    if author.voice or not consulted.book.numbers.akismet or consulted.is_trusted or not akismet.is_asked_about(discussion):
        return []
    if rulebook.has_published(author.key, 1):
        return []
    return [Finding("akismet")] if akismet.takes_for_spam(author, seen.everything, origin) else []
