"""Whose a comment is: one key on both databases, kept with the comment and gone with it."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from comments import bulk, services
from comments.addresses import author_key, fold
from comments.models import ThreadComment
from comments.services import Author
from comments.states import Action, Status
from tests.factories import UserFactory

ADDRESSES = ["Eve@Example.org", "eve@example.org", "İris@example.org", "ÉVE@exemple.fr", "ıris@example.org", "ILSE@example.org"]


def keys():
    return list(ThreadComment.objects.order_by("pk").values_list("author_key", flat=True))


@pytest.mark.parametrize(("address", "folded"), [("Eve@EXAMPLE.org", "eve@example.org"), ("É@İ.fr", "É@İ.fr"), ("", "")])
def test_only_ascii_letters_are_folded(address, folded):
    assert fold(address) == folded


def test_somebody_of_whom_nothing_is_known_is_nobody():
    assert author_key(None, "") == ""
    assert Author(name="Anonyme").key == ""


def test_a_comment_says_whose_it_is_however_it_was_written(discussion, reader):
    services.post(discussion, author=Author(user=reader), text="Un avis")
    services.post(discussion, author=Author(name="Ève", email="Eve@Example.org"), text="Un avis")
    bulk.load(discussion, [bulk.Draft(Author(name="Ève", email="EVE@example.org"), "Encore", timezone.now())])

    assert keys() == [f"user:{reader.pk}", "guest:eve@example.org", "guest:eve@example.org"]


def test_a_removed_comment_is_nobodys(discussion, reader):
    comment = services.post(discussion, author=Author(user=reader), text="Un avis").comment

    services.remove(comment, by=reader)

    assert keys() == [""]


def test_the_migration_finds_the_keys_that_are_written_today(discussion, reader):
    migration = import_module("comments.migrations.0006_author_keys")
    for address in ADDRESSES:
        services.post(discussion, author=Author(name="Ève", email=address), text="Un avis", notify=False)
    services.post(discussion, author=Author(user=reader), text="Un avis")
    written = keys()
    ThreadComment.objects.update(author_key="")

    migration.say_whose_they_are(apps, SimpleNamespace(connection=connection))

    assert keys() == written


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_rule_for_one_and_the_rule_for_many_agree_on_addresses(discussion, address, rf):
    from comments.guests import ProvenGuest
    from comments.permissions import is_author

    for other in ADDRESSES:
        services.post(discussion, author=Author(name="Ève", email=other), text=f"De {other}", notify=False)
    comment = ThreadComment.objects.get(comment=f"De {address}")
    guest = ProvenGuest(services.remember_guest(comment))

    written = set(ThreadComment.objects.written_by(guest))

    assert comment in written
    assert written == {said for said in ThreadComment.objects.select_related("user") if is_author(guest, said)}


def test_their_comments_are_those_of_the_same_address_and_of_nobody_else(discussion, admin):
    one, again = Author(name="Ève", email="EVE@example.org"), Author(name="É", email="eve@example.org")
    told = [one, again, Author(user=UserFactory()), Author(name="?")]
    found = [
        services.add_as_found(discussion, author=author, text="Un avis", status=Status.PUBLISHED, submitted_at=timezone.now())
        for author in [*told, Author(name="Autre")]
    ]

    assert set(ThreadComment.objects.by_the_author_of(found[0])) == set(found[:2])
    assert list(ThreadComment.objects.by_the_author_of(found[2])) == [found[2]]
    assert list(ThreadComment.objects.by_the_author_of(found[3])) == [found[3]]


def test_the_record_of_a_guest_reaches_back_as_far_as_the_archive(discussion, admin, django_assert_max_num_queries):
    from comments.admin_views.cards import cards_of, with_relations

    guest = Author(name="Ève", email="Eve@example.org", proven=True)
    first = services.post(discussion, author=guest, text="Un avis", notify=False).comment
    services.moderate(first, Action.APPROVE, by=admin)
    second = services.post(discussion, author=Author(name="Ève", email="eve@EXAMPLE.org", proven=True), text="Encore", notify=False).comment

    with django_assert_max_num_queries(5):
        (card,) = cards_of(list(with_relations(ThreadComment.objects.filter(pk=second.pk), admin)), admin)

    assert (card.record.published, card.record.refused) == (1, 0)
