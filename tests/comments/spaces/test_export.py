"""What a facilitator takes away of a space: all that is published, nobody's name, nothing that was hidden."""

import csv
import io
import json

import pytest
from django.urls import reverse

from comments import services
from comments.models import ThreadComment
from comments.services import Author, discussion_of, post
from comments.spaces import export
from comments.states import Action, Status
from networks.models import Membership
from tests.factories import MembershipFactory, TopicFactory, published_article


@pytest.fixture
def colleague(network):
    return MembershipFactory(network=network, user__display_name="Zénobie Secrète", user__email="zenobie@example.org").user


@pytest.fixture
def talk(network, member, colleague, admin):
    """A topic with an answer, a hidden comment, a waiting one, and a removed one above an answer."""
    topic = TopicFactory(network=network, title="=Nos dates", author=member, chapter=published_article("Qui influence ?"), text="Et vous ?")
    discussion = discussion_of(topic)

    def say(text, by, parent=None):
        return post(
            discussion, author=Author(user=by, network_id=network.pk), text=text, parent_id=parent and parent.pk, notify=False
        ).comment

    first = say("Le **douze**", colleague)
    say("D’accord", member, first)
    services.moderate(say("Parole cachée", colleague), Action.HIDE, by=admin, reason="abuse")
    gone = say("Parole retirée", member)
    say("Réponse au vide", colleague, gone)
    services.remove(ThreadComment.objects.get(pk=gone.pk), by=member)
    services.add_as_found(
        discussion, author=Author(user=colleague), text="Parole en attente", status=Status.PENDING, submitted_at=topic.created_at
    )
    return topic


@pytest.fixture
def take(client, network):
    """`take(form, user)`: what the export answers somebody, and its text."""

    def take(form, user):
        client.force_login(user)
        answer = client.get(reverse("comments:space_export", args=[network.slug]), {"format": form} if form else {})
        return answer, (answer.getvalue().decode() if answer.streaming else answer.text)

    return take


def test_the_spreadsheet_holds_each_published_comment_in_its_place(take, talk, facilitator):
    answer, text = take("csv", facilitator)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))

    assert answer["Content-Disposition"].startswith('attachment; filename="ludotheques-')
    assert rows[0][:4] == ["Sujet", "Chapitre", "Numéro", "Répond au commentaire"]
    assert [(row[2], row[3], row[7]) for row in rows[1:]] == [
        ("", "", "Et vous ?"),
        ("1", "", "Le **douze**"),
        ("1.1", "1", "D’accord"),
        ("2", "", "(n’est plus là)"),
        ("2.1", "2", "Réponse au vide"),
    ]
    assert {row[0] for row in rows[1:]} == {"'=Nos dates"}, "no spreadsheet runs it"
    assert rows[1][1] == "Qui influence ?"


@pytest.mark.parametrize("form", ["csv", "json", "html"])
def test_nobody_is_named_and_nothing_hidden_is_there(take, talk, facilitator, form):
    _answer, text = take(form, facilitator)

    for word in ["Zénobie", "zenobie@", "Membre", "membre@", "cachée", "retirée", "en attente"]:
        assert word not in text.replace("Membres", "").replace("membres", ""), word


def test_the_same_person_has_one_number_and_another_another(take, talk, facilitator):
    topic = json.loads(take("json", facilitator)[1])["topics"][0]

    assert [comment["person"] for comment in topic["comments"]] == ["Personne 2", "Personne 1", "", "Personne 2"]
    assert topic["person"] == "Personne 1"


def test_json_is_whole_for_several_topics_and_for_none(take, network, talk, facilitator):
    TopicFactory(network=network)
    assert json.loads(take("json", facilitator)[1])["topics"][0]["title"] == "=Nos dates"

    network.topics.all().delete()

    assert json.loads(take("json", facilitator)[1])["topics"] == []


def test_the_page_to_print_shows_the_words_as_they_look(take, talk, facilitator):
    _answer, text = take("html", facilitator)

    assert "<strong>douze</strong>" in text
    assert "Réponse au vide" in text


def test_a_page_to_print_that_would_be_too_long_says_that_it_stops(take, talk, facilitator, monkeypatch):
    assert "s’arrête" not in take("html", facilitator)[1]
    monkeypatch.setattr("comments.views.space_export.MOST_ON_A_PAGE", 2)

    _answer, text = take("html", facilitator)

    assert "s’arrête" in text
    assert "Réponse au vide" not in text
    assert export.MOST_ON_A_PAGE == 2_000


def test_a_chapter_the_facilitator_may_not_read_is_not_named(take, talk, facilitator):
    page = talk.chapter
    page.unpublish()

    assert "Qui influence" not in take("json", facilitator)[1]


@pytest.mark.parametrize("form", ["", "csv", "json", "html"])
@pytest.mark.parametrize("person", ["member", "network_moderator", "reader", "other_moderator"])
def test_only_who_runs_the_space_takes_it_away(take, request, talk, person, form):
    answer, text = take(form, request.getfixturevalue(person))

    assert answer.status_code == 403
    assert "Nos dates" not in text


def test_a_facilitator_whose_membership_ends_takes_nothing_more(take, talk, facilitator):
    assert take("csv", facilitator)[0].status_code == 200

    Membership.objects.filter(user=facilitator).delete()

    assert take("csv", facilitator)[0].status_code == 403


def test_a_discussion_hidden_as_a_whole_is_not_there(take, talk, facilitator):
    discussion = discussion_of(talk)
    discussion.mode = "hidden"
    discussion.save()

    assert json.loads(take("json", facilitator)[1])["topics"][0]["comments"] == []


def test_nonsense_shows_the_choice(take, talk, facilitator):
    assert "?format=csv" in take("x\x00", facilitator)[1]


def test_the_cost_of_a_topic_does_not_grow_with_what_was_said(network, talk, facilitator, member, django_assert_num_queries):
    list(export.SpaceExport(network, facilitator).topics())
    with django_assert_num_queries(5) as few:
        list(export.SpaceExport(network, facilitator).topics())
    for number in range(20):
        post(discussion_of(talk), author=Author(user=member), text=f"Encore {number}", notify=False)

    with django_assert_num_queries(len(few)):
        list(export.SpaceExport(network, facilitator).topics())
