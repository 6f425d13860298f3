"""Each decision leaves one row to count; what nobody decided, and what was undone, leaves none."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from comments import services
from comments.models import Handled, ThreadComment
from comments.services import Author
from comments.services.statuses import hold_reported
from comments.states import Action, Moderation, ReportKind, Status
from tests.factories import TopicFactory, UserFactory


@pytest.fixture
def waiting(discussion, reader):
    return services.post(discussion, author=Author(user=reader), text="Un avis").comment


def test_a_decision_tells_what_by_whom_and_how_long_it_waited(waiting, moderator):
    ThreadComment.objects.update(changed_at=timezone.now() - timedelta(hours=2))

    services.moderate(waiting, Action.APPROVE, by=moderator)

    handled = Handled.objects.get()
    assert (handled.kind, handled.by, handled.network) == ("approve", moderator, None)
    assert 7195 <= handled.waited <= 7210
    assert handled.day == timezone.localdate().toordinal()


def test_a_decision_in_a_space_belongs_to_its_network(network, member, network_moderator):
    discussion = services.discussion_of(TopicFactory(network=network))
    said = services.post(discussion, author=Author(user=member), text="Un avis").comment

    services.moderate(said, Action.HIDE, by=network_moderator, reason="abuse")

    assert Handled.objects.get().network == network
    assert Handled.objects.get().waited is None


def test_what_is_published_at_once_or_removed_by_its_author_is_no_decision(discussion, reader):
    discussion.moderation = Moderation.AFTER
    discussion.save()
    guest = services.post(discussion, author=Author(name="Ève", email="eve@example.org"), text="D’une invitée").comment
    services.prove_email(guest)
    services.remove(services.post(discussion, author=Author(user=reader), text="Un avis").comment, by=reader)

    assert not Handled.objects.exists()


def test_an_undone_decision_is_in_no_figure(waiting, moderator):
    approved = services.moderate(waiting, Action.APPROVE, by=moderator)
    hidden = services.moderate(approved, Action.HIDE, by=moderator, reason="abuse")
    services.undo(hidden, by=moderator)

    assert [handled.kind for handled in Handled.objects.all()] == ["approve"]


def test_a_dismissed_report_and_a_rule_that_takes_back_are_decisions(waiting, moderator):
    published = services.moderate(waiting, Action.APPROVE, by=UserFactory(is_superuser=True))
    services.report(published, by=services.Reporter(key="x"), kind=ReportKind.ABUSE)
    services.dismiss_reports(published, by=moderator)
    hold_reported(published)

    assert [(handled.kind, handled.by) for handled in Handled.objects.order_by("pk")][1:] == [("dismiss", moderator), ("hold", None)]
    assert Handled.objects.get(kind="dismiss").waited == 0


def test_the_decisions_of_before_are_found_in_the_histories(waiting, discussion, reader, moderator):
    migration = importlib.import_module("comments.migrations.0011_decisions_of_before")
    gone = UserFactory(is_superuser=True)
    services.moderate(waiting, Action.APPROVE, by=moderator)
    other = services.post(discussion, author=Author(user=reader), text="Un autre").comment
    services.moderate(other, Action.SPAM, by=gone)
    hold_reported(ThreadComment.objects.get(pk=waiting.pk, status=Status.PUBLISHED))
    lived = list(Handled.objects.order_by("pk").values_list("comment", "kind", "by", "network", "day"))
    Handled.objects.all().delete()
    gone_key = gone.pk
    gone.delete()

    migration.write_decisions(apps, None)

    written = list(Handled.objects.order_by("pk").values_list("comment", "kind", "by", "network", "day"))
    assert written == [tuple(None if value == gone_key and place == 2 else value for place, value in enumerate(row)) for row in lived]
    assert Handled.objects.get(kind="approve").waited is not None
