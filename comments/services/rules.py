"""The only writers of the rules: words, senders, standings, spaces and numbers, each act with its audit row."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from comments import audit, permissions
from comments.models import AuthorStanding, BlockedSender, ListedWord, ModerationSettings, SpaceModeration
from comments.services.refusals import Refused
from networks.models import Network

Rule = ListedWord | BlockedSender | AuthorStanding | SpaceModeration

TOLD = ("kind", "effect", "active", "expires_at", "trust", "network_id", "note")
"""What an audit row keeps of a rule, beside the words that name it."""


@transaction.atomic
def save_rule(rule: Rule, *, by: Any) -> Rule:
    """Write a rule, new or changed, and return it; raises Refused for who sets no rules there."""
    _authorise(by, rule)
    new = rule.pk is None
    if new:
        rule.created_by = by
    rule.save()
    audit.record(rule, "comments.rule_add" if new else "comments.rule_change", by=by, data=_told(rule))
    _another_edition()
    return rule


@transaction.atomic
def withdraw_rule(rule: Rule, *, by: Any) -> None:
    """Delete a rule; its audit rows stay. Raises Refused for who sets no rules there."""
    _authorise(by, rule)
    audit.record(rule, "comments.rule_withdraw", by=by, data=_told(rule))
    rule.delete()
    _another_edition()


@transaction.atomic
def import_words(words: Iterable[ListedWord], *, by: Any) -> int:
    """Add words that are not listed yet, an audit row for each, and return how many; raises Refused for who sets no rules."""
    added = [save_rule(word, by=by) for word in words]
    return len(added)


@transaction.atomic
def set_standing(
    author_key: str, trust: str, *, by: Any, name: str = "", network: Network | None = None, note: str = ""
) -> AuthorStanding | None:
    """Trust or watch an author (`comments.addresses.author_key`), everywhere or in one network; an empty `trust` ends it.

    `name` is what moderators read in the list. Raises Refused for who sets no rules there.
    """
    _in_turn()
    standing = AuthorStanding.objects.filter(author_key=author_key, network=network).first()
    standing = standing or AuthorStanding(author_key=author_key, network=network)
    if not trust:
        if standing.pk:
            withdraw_rule(standing, by=by)
        return None
    standing.trust, standing.note, standing.name = trust, note, (name or standing.name)[:50]
    save_rule(standing, by=by)
    return standing


@transaction.atomic
def read_first(network: Network, *, by: Any, wanted: bool = True, note: str = "") -> None:
    """Have the discussions of a network read before publication, or no longer; raises Refused for who does not moderate them."""
    _in_turn()
    space = SpaceModeration.objects.filter(network=network).first()
    if wanted and space is None:
        save_rule(SpaceModeration(network=network, note=note), by=by)
    elif space and not wanted:
        withdraw_rule(space, by=by)
    else:
        _authorise(by, space or SpaceModeration(network=network))


@transaction.atomic
def change_numbers(numbers: ModerationSettings, *, by: Any) -> ModerationSettings:
    """Write the numbers of the rules; raises Refused for who sets no rules on the whole site."""
    if not permissions.sets_rules(by):
        raise Refused(_not_yours())
    names = [field.name for field in ModerationSettings._meta.concrete_fields if field.editable and not field.primary_key]
    before = ModerationSettings.objects.filter(pk=ModerationSettings.ONLY).values(*names).first() or {}
    numbers.pk = ModerationSettings.ONLY
    numbers.edition = uuid.uuid4()
    numbers.save()
    changed = {name: getattr(numbers, name) for name in names if before.get(name) != getattr(numbers, name)}
    if changed:
        audit.record(numbers, "comments.rule_change", by=by, data=changed)
    return numbers


def _authorise(by: Any, rule: Rule) -> None:
    """Words and senders are the whole site's; a standing and a space may be one network's."""
    if not permissions.sets_rules(by, getattr(rule, "network_id", None)):
        raise Refused(_not_yours())


def _not_yours() -> str:
    return gettext("You cannot set this rule.")


def _told(rule: Rule) -> dict[str, Any]:
    told = {name: getattr(rule, name) for name in TOLD if hasattr(rule, name)}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in told.items() if value not in {"", None}}


def _in_turn() -> None:
    """Let who sets the same rule at the same time wait, and find it."""
    ModerationSettings.objects.get_or_create(pk=ModerationSettings.ONLY)
    ModerationSettings.objects.select_for_update().get(pk=ModerationSettings.ONLY)


def _another_edition() -> None:
    """Let every process read the rules anew, once this is committed."""
    ModerationSettings.objects.filter(pk=ModerationSettings.ONLY).update(edition=uuid.uuid4())
