"""A rule holds from the moment in which it is saved, whoever kept the earlier ones; what was never committed holds nowhere."""

import pytest
from django.db import transaction

from comments import services
from comments.models import ListedWord, ModerationSettings
from comments.rules import rulebook
from comments.services import Author
from comments.states import Status
from tests.comments.races import assert_sound, together
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(afterwards):
    return [UserFactory() for _number in range(8)]


def post(discussion, number, user):
    return services.post(discussion, author=Author(user=user), text=f"Au casino {number}", notify=False).comment


def test_every_thread_reads_a_rule_with_its_next_post(afterwards, people, admin):
    before = together(lambda user: post(afterwards, 1, user), people)
    services.save_rule(ListedWord(text="casino"), by=admin)
    after = together(lambda user: post(afterwards, 2, user), people)

    assert {comment.status for comment in before} == {Status.PUBLISHED}
    assert {comment.status for comment in after} == {Status.PENDING}
    assert_sound()


def test_a_process_that_kept_another_edition_reads_the_rules_anew(afterwards, people, admin):
    services.save_rule(ListedWord(text="casino"), by=admin)
    old = rulebook.current()
    services.withdraw_rule(ListedWord.objects.get(), by=admin)
    rulebook.current()
    rulebook._kept["book"] = old

    assert post(afterwards, 1, people[0]).status == Status.PUBLISHED


def test_a_rule_that_was_never_committed_holds_nowhere(afterwards, people, admin):
    edition = ModerationSettings.objects.get().edition
    with transaction.atomic():
        services.save_rule(ListedWord(text="casino"), by=admin)
        transaction.set_rollback(True)

    assert ModerationSettings.objects.get().edition == edition
    assert post(afterwards, 1, people[0]).status == Status.PUBLISHED


def test_two_who_save_at_once_both_hold(afterwards, people, admin):
    words = [f"mot{number}" for number in range(8)]

    together(lambda word: services.save_rule(ListedWord(text=word), by=admin), words)

    for word, user in zip(words, people, strict=True):
        assert services.post(afterwards, author=Author(user=user), text=f"Un {word}", notify=False).comment.status == Status.PENDING


def test_without_the_row_of_numbers_the_rules_hold_as_they_come(afterwards, people, admin):
    ModerationSettings.objects.all().delete()
    ListedWord.objects.create(text="casino")

    assert post(afterwards, 1, people[0]).status == Status.PENDING
    assert services.change_numbers(ModerationSettings(links_held=3), by=admin).pk == ModerationSettings.ONLY
