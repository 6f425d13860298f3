"""How participation goes on: what is counted in which part of a time, for whom, and what it costs."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import services
from comments.figures.participation import Speaker, participation
from comments.figures.periods import Period
from comments.models import ThreadComment
from comments.services import Author, Plan, discussion_of, post
from comments.states import Action
from comments.voices import Voice
from networks.models import Network, Role
from tests.factories import MembershipFactory, NetworkFactory, TopicFactory, published_article

ADDRESS = "/participation/evolution/"
WEEK = Period.ending_today(7)


def say(target, network, *, days_ago=0, by=None, voice=""):
    author = by or MembershipFactory(network=network).user
    comment = post(
        discussion_of(target), author=Author(user=author, network_id=network and network.pk), text="Un avis", notify=False
    ).comment
    moment = timezone.now() - timedelta(days=days_ago)
    ThreadComment.objects.filter(pk=comment.pk).update(submit_date=moment, voice=voice)
    return comment


def test_what_is_published_under_chapters_is_counted_by_day_and_by_speaker(network, chapter, reader, facilitator):
    say(chapter, network)
    say(chapter, network, days_ago=2)
    say(chapter, network, days_ago=2, voice=Voice.POSITION)
    say(chapter, network, days_ago=3, voice=Voice.WORKSHOP)
    say(chapter, None, days_ago=2, by=reader)
    say(chapter, network, days_ago=30)

    found = participation(facilitator, WEEK)

    assert found.public[Speaker.MEMBER] == [0, 0, 0, 0, 1, 0, 1]
    assert found.public[Speaker.POSITION] == [0, 0, 0, 0, 1, 0, 0]
    assert found.public[Speaker.WORKSHOP] == [0, 0, 0, 1, 0, 0, 0]
    assert found.public[Speaker.PERSON] == [0, 0, 0, 0, 1, 0, 0]
    assert found.networks == [0, 0, 0, 1, 1, 0, 1]


def test_what_is_hidden_or_waits_counts_for_nothing(network, chapter, facilitator, admin):
    services.moderate(ThreadComment.objects.get(pk=say(chapter, network).pk), Action.HIDE, by=admin, reason="abuse")

    assert sum(participation(facilitator, WEEK).public[Speaker.MEMBER]) == 0


def test_what_is_said_in_a_space_counts_for_who_reads_it_alone(network, chapter, facilitator, editor):
    say(TopicFactory(network=network, chapter=chapter), network)
    say(TopicFactory(network=network), network)

    assert (sum(participation(facilitator, WEEK).inside[True]), sum(participation(facilitator, WEEK).inside[False])) == (1, 1)
    assert sum(participation(editor, WEEK).inside[True]) == 0
    Network.objects.update(visibility="public")
    assert sum(participation(editor, WEEK).inside[True]) == 1


def test_a_secret_network_is_nobody_in_particular_for_who_may_not_know_it(other_network, chapter, facilitator, other_moderator):
    say(chapter, other_network)

    for user, sees in [(facilitator, False), (other_moderator, True)]:
        found = participation(user, WEEK)
        assert sum(found.public[Speaker.MEMBER]) == sees
        assert sum(found.public[Speaker.PERSON]) == (not sees)
        assert sum(found.networks) == sees


def test_it_narrows_to_a_network_and_to_a_consultation(network, chapter, facilitator, admin):
    elsewhere, other = published_article("Ailleurs"), NetworkFactory(visibility="public")
    say(chapter, network, days_ago=1)
    say(chapter, other, days_ago=1)
    discussion_of(elsewhere).__class__.objects.update(moderation="after")
    say(elsewhere, network, days_ago=1)
    say(TopicFactory(network=network, chapter=chapter), network)
    say(TopicFactory(network=network, chapter=elsewhere), network)
    now = timezone.now()
    during = services.plan(Plan("Vos priorités", now - timedelta(days=3), now + timedelta(days=9), (chapter,)), by=admin)

    assert sum(participation(facilitator, WEEK).public[Speaker.MEMBER]) == 3
    assert sum(participation(facilitator, WEEK, network=network).public[Speaker.MEMBER]) == 2
    assert sum(participation(facilitator, WEEK, network=network, during=during).public[Speaker.MEMBER]) == 1
    assert sum(participation(facilitator, WEEK, network=network, during=during).inside[True]) == 1


@pytest.mark.parametrize(("person", "status"), [("facilitator", 200), ("editor", 200), ("member", 403), ("reader", 403), (None, 302)])
def test_it_is_for_who_steers(request, client, person, status, network):
    if person:
        client.force_login(request.getfixturevalue(person))

    assert client.get(ADDRESS).status_code == status


def test_the_page_draws_tells_the_numbers_and_gives_them_away(client, network, chapter, facilitator):
    say(chapter, network)
    client.force_login(facilitator)

    page = client.get(ADDRESS, {"period": "7", "network": network.pk}).text
    rows = list(csv.reader(io.StringIO(client.get(ADDRESS, {"period": "7", "format": "csv"}).text.lstrip("\ufeff")), delimiter=";"))

    assert "<rect" in page
    assert "Publiés sous les chapitres" in page
    assert len(rows) == 8
    assert rows[-1][4] == "1"


def test_a_consultation_gives_its_own_time(client, chapter, facilitator, admin):
    now = timezone.now()
    during = services.plan(Plan("Vos priorités", now - timedelta(days=3), now + timedelta(days=9), (chapter,)), by=admin)
    client.force_login(facilitator)

    answer = client.get(ADDRESS, {"consultation": during.pk})

    assert answer.context["found"].period == Period(timezone.localdate() - timedelta(days=3), timezone.localdate())
    assert "Vos priorités" in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        {"period": "dates", "from": "9999-12-31", "to": "0001-01-01"},
        {"period": "dates", "from": "1000-01-01", "to": "3000-01-01"},
        {"network": "9" * 30},
        {"network": "\x00"},
        {"consultation": "x"},
        {"consultation": "99999999999999999999"},
        {"period": "-1"},
    ],
)
def test_nonsense_is_said_at_the_form(client, facilitator, asked):
    client.force_login(facilitator)

    assert client.get(ADDRESS, asked).status_code == 200
    assert client.get(ADDRESS, {**asked, "format": "csv"}).status_code == 200
    assert client.get("/participation/", asked).status_code == 200


def test_a_network_that_one_may_not_know_is_not_offered(client, facilitator, other_network):
    client.force_login(facilitator)

    page = client.get(ADDRESS, {"network": other_network.pk}).text

    assert other_network.name not in page


def test_it_costs_the_same_for_few_and_for_many(client, network, chapter, facilitator, admin):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(ADDRESS, {"period": "365"})
        return len(asked)

    say(chapter, network)
    client.force_login(facilitator)
    client.get(ADDRESS)
    few = cost()
    for number in range(6):
        other = MembershipFactory(user=facilitator, role=Role.FACILITATOR).network
        page = published_article(f"Chapitre {number}")
        say(page, other)
        say(TopicFactory(network=other, chapter=page), other)
        now = timezone.now()
        services.plan(Plan(f"N° {number}", now, now + timedelta(days=9), (page,)), by=admin)

    assert cost() == few <= 20
