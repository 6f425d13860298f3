"""What a network says under an article in its own name: written by a member, validated inside the network, then posted."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from comments import audit, notifications, permissions
from comments.models import Contribution, Discussion, ThreadComment
from comments.origins import Origin
from comments.rows import Author
from comments.services.posting import DOUBLE_SUBMIT_WINDOW, post
from comments.services.refusals import Refused
from comments.services.sanctions import why_silenced
from comments.services.statuses import withdraw_of_network
from comments.services.turns import in_turn
from comments.states import Status
from comments.voices import TRANSITIONS, ContributionAct, ContributionKind, ContributionState, Voice
from networks.accounts import name_of
from networks.files import forget, shown_name
from networks.markup import clean_text, is_blank
from networks.models import Membership, Network, Role, Topic, Visibility
from networks.permissions import Standing, standing_of
from networks.services.locking import lock_network_of_key


class StaleContribution(Refused):
    """Something was done to a contribution since the person looked at it; `contribution` is as it stands now."""

    def __init__(self, contribution: Contribution) -> None:
        self.contribution = contribution
        super().__init__(_what_happened(contribution))


@dataclass(frozen=True)
class Told:
    """What a member writes: the kind, the article's discussion, the words, and the facts of a workshop."""

    kind: str
    discussion: Discussion
    text: str
    held_on: date | None = None
    people: int | None = None
    place: str = ""
    upload: Any = field(default=None, compare=False)
    """A file received (`networks.files.validate_file` has let it in); None leaves the one that is there."""
    without_file: bool = False

    @property
    def facts(self) -> dict[str, Any]:
        """The columns it fills; a position holds nothing of a workshop."""
        is_workshop = self.kind == ContributionKind.WORKSHOP
        about = {"held_on": self.held_on, "people": self.people, "place": self.place} if is_workshop else _NO_WORKSHOP
        return {"kind": self.kind, "discussion": self.discussion, "text": clean_text(self.text), **about}

    @property
    def file_name(self) -> str:
        """The name of the file received, as people see it."""
        return shown_name(self.upload.name) if self.upload and self.kind == ContributionKind.WORKSHOP else ""


_NO_WORKSHOP: dict[str, Any] = {"held_on": None, "people": None, "place": ""}


def places_to_speak(user: Any) -> QuerySet[Discussion]:
    """The discussions in which a network may speak through this person: open ones they read, of anything but topics."""
    topics = ContentType.objects.get_for_model(Topic)
    return Discussion.objects.visible_to(user).filter(mode="open", target_open=True).exclude(content_type=topics).order_by("title", "pk")


def why_not_speak(network: Network, discussion: Discussion | None, user: Any) -> str:
    """The sentence that says why a network cannot speak (in a discussion, where one is named) through this person; empty when it can."""
    if network.visibility == Visibility.SECRET:
        return gettext("A secret network does not speak in public: its name would tell that it exists.")
    if silenced := why_silenced(Author(user=user), network.pk):
        return silenced
    if discussion is None:
        return ""
    if discussion.target_model is Topic or not permissions.can_see_discussion(user, discussion):
        return gettext("Your network cannot speak there: choose an article that you read.")
    if not discussion.is_open():
        return gettext("The discussion of this article is closed: nothing can be added to it.")
    return ""


def draft(network: Network, *, by: Any, told: Told) -> Contribution:
    """Keep what a member writes for the network, for its author's eyes alone, and return it; sent twice, it is one.

    Raises Refused for who is no member or may not write now, for a secret network, and where nothing can be said.
    """
    with transaction.atomic():
        locked = lock_network_of_key(network.pk)
        standing = standing_of(by, locked)
        _require(standing.is_member)
        _refuse_because(why_not_speak(locked, told.discussion, by))
        _refuse_blank(told)
        since = timezone.now() - DOUBLE_SUBMIT_WINDOW
        twins = Contribution.objects.filter(network=locked, author=by, state=ContributionState.DRAFT, created_at__gte=since)
        if twin := twins.filter(file_name=told.file_name, **told.facts).first():
            return twin
        contribution = Contribution(network=locked, author=by, **told.facts)
        _keep_file(contribution, told)
        contribution.save()
        _record(contribution, "draft", by)
        return contribution


def rewrite(contribution: Contribution, *, by: Any, told: Told, seen: int) -> Contribution:
    """Replace what a contribution says: a draft again, whatever it was before; the words that stand already change nothing.

    `seen` is the version that was on the screen. Raises Refused for anybody but its author, StaleContribution where it moved meanwhile.
    """
    with transaction.atomic():
        current = _act_on(contribution, ContributionAct.REWRITE, by, seen)
        _refuse_because(why_not_speak(current.network, None, by))
        _refuse_blank(told)
        if all(getattr(current, name) == value for name, value in told.facts.items()) and not told.upload and not told.without_file:
            return current
        for name, value in told.facts.items():
            setattr(current, name, value)
        _keep_file(current, told)
        current.version += 1
        current.changed_at = timezone.now()
        return _move(current, ContributionAct.REWRITE, by)


def submit(contribution: Contribution, *, by: Any, seen: int) -> Contribution:
    """Ask the facilitators to validate. Raises Refused for anybody but its author, and where the network cannot speak now."""
    with transaction.atomic():
        current = _act_on(contribution, ContributionAct.SUBMIT, by, seen)
        _refuse_because(why_not_speak(current.network, current.discussion, by))
        current.submitted_at = timezone.now()
        submitted = _move(current, ContributionAct.SUBMIT, by)
        notifications.contribution_waits(submitted)
        return submitted


def send_back(contribution: Contribution, *, by: Any, words: str, seen: int) -> Contribution:
    """Send a contribution back to its author, with words. Raises Refused for who does not run the space, and without words."""
    with transaction.atomic():
        current = _act_on(contribution, ContributionAct.SEND_BACK, by, seen)
        words = clean_text(words)
        if is_blank(words):
            raise Refused(gettext("Say what should be changed."))
        current.words = words
        returned = _move(current, ContributionAct.SEND_BACK, by)
        notifications.contribution_decided(returned)
        return returned


def validate(contribution: Contribution, *, by: Any, seen: int, origin: Origin | None = None) -> Contribution:
    """Post a contribution under its article in the network's name, and return it with its comment.

    A facilitator's own words need another facilitator, where the network has one. What is posted is the version that `by` has
    `seen`. Raises Refused for anybody else and for what the article's discussion refuses; StaleContribution where it moved meanwhile.
    """
    with in_turn(), transaction.atomic():
        current = _act_on(contribution, ContributionAct.VALIDATE, by, seen)
        alone = current.author_id == by.pk
        if alone and has_other_facilitator(current.network, by):
            raise Refused(gettext("You wrote this yourself: another facilitator of the network validates it."))
        _refuse_because(why_not_speak(current.network, current.discussion, by))
        author = Author(user=by, language=get_language() or "", network_id=current.network_id, voice=Voice(current.kind))
        posted = post(current.discussion, author=author, text=current.text, origin=origin)
        if not posted.created:
            raise Refused(gettext("The network has said exactly this there already."))
        current.comment = posted.comment
        validated = _move(current, ContributionAct.VALIDATE, by, alone=alone, comment=posted.comment.pk, version=current.version)
        notifications.contribution_decided(validated)
        return validated


def withdraw(contribution: Contribution, *, by: Any, seen: int) -> Contribution:
    """Take a contribution back; what stands under the article becomes a line that says that something stood there.

    Its author may, until it is published, and who runs the space. Raises Refused for anybody else.
    """
    with in_turn(), transaction.atomic():
        current = _act_on(contribution, ContributionAct.WITHDRAW, by, seen)
        if current.comment_id is not None:
            comment = ThreadComment.objects.get(pk=current.comment_id)
            if comment.status != Status.REMOVED:
                withdraw_of_network(comment, by=by)
        return _move(current, ContributionAct.WITHDRAW, by)


def has_other_facilitator(network: Network, user: Any) -> bool:
    """Whether somebody else than this person could validate."""
    others = Membership.objects.filter(network=network, role=Role.FACILITATOR, user__is_active=True)
    return others.exclude(user=user.pk).exists()


def erase_contributions(user: Any) -> None:
    """Delete what somebody wrote for a network and nobody else has taken up; what the network said stays, without them."""
    Contribution.objects.filter(author=user, state__in=[ContributionState.DRAFT, ContributionState.RETURNED]).delete()
    Contribution.objects.filter(author=user).update(words="")


def _act_on(contribution: Contribution, act: ContributionAct, by: Any, seen: int) -> Contribution:
    """The contribution as it stands, locked with its network, where the person may do this to what they saw."""
    network = lock_network_of_key(contribution.network_id)
    found = Contribution.objects.select_for_update(no_key=True, of=("self",)).select_related("discussion", "discussion__content_type")
    current = found.get(pk=contribution.pk)
    current.network = network
    standing: Standing = standing_of(by, network)
    was_shown = standing.can_see_members and current.submitted_at is not None
    _require(was_shown or current.is_shown_to(standing))
    if current.version != seen or current.state not in TRANSITIONS[act].sources:
        raise StaleContribution(current)
    _require(current.allows(act, standing))
    return current


def _move(current: Contribution, act: ContributionAct, by: Any, **data: Any) -> Contribution:
    """The one writer of `state`: the table's target, who decided and when, one audit row."""
    previous, current.state = current.state, TRANSITIONS[act].target
    if act in {ContributionAct.SEND_BACK, ContributionAct.VALIDATE, ContributionAct.WITHDRAW}:
        current.decided_by, current.decided_at = by, timezone.now()
    if act in {ContributionAct.SUBMIT, ContributionAct.VALIDATE}:
        current.words = ""
    current.save()
    _record(current, act, by, **{"from": previous, "to": str(current.state)}, **data)
    return current


def _record(contribution: Contribution, act: str, by: Any, **data: Any) -> None:
    audit.record(contribution, f"comments.contribution_{act}", by=by, data=data)


def _what_happened(contribution: Contribution) -> str:
    """What was done meanwhile, in a sentence."""
    who = name_of(contribution.decided_by) if contribution.decided_by else gettext("somebody")
    when = date_format(timezone.localtime(contribution.decided_at or contribution.changed_at), "SHORT_DATETIME_FORMAT")
    sentences = {
        ContributionState.PUBLISHED: gettext("This contribution was validated meanwhile, by %(who)s (%(when)s)."),
        ContributionState.RETURNED: gettext("This contribution was sent back meanwhile, by %(who)s (%(when)s)."),
        ContributionState.WITHDRAWN: gettext("This contribution was withdrawn meanwhile, by %(who)s (%(when)s)."),
        ContributionState.SUBMITTED: gettext("This contribution was changed meanwhile: read it again before you decide."),
        ContributionState.DRAFT: gettext("The author is changing this contribution again: it waits for no validation now."),
    }
    return sentences[ContributionState(contribution.state)] % {"who": who, "when": when}


def _keep_file(contribution: Contribution, told: Told) -> None:
    """Store the file received and let go of the one before, once the change is certain."""
    if told.upload is None and not told.without_file and told.kind == ContributionKind.WORKSHOP:
        return
    forget(contribution.file)
    contribution.file, contribution.file_name = "", told.file_name
    if told.file_name:
        contribution.file = told.upload


def _require(allowed: bool) -> None:
    if not allowed:
        raise Refused(gettext("You may not do this in this space."))


def _refuse_because(why: str) -> None:
    if why:
        raise Refused(why)


def _refuse_blank(told: Told) -> None:
    if is_blank(clean_text(told.text)):
        raise Refused(gettext("Write something before sending."))
