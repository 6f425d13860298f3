"""The page about the spam filter, and what the queue shows of it."""

import pytest
from django.urls import reverse

from comments import services
from comments.models import SpamFilter
from comments.services import Author
from comments.spam import weights
from comments.states import Status
from tests.comments.spam_corpus import HAM, SPAM

ADDRESS = "/admin/spam-filter/"
CASINO = "CASINO EN LIGNE, bonus de bienvenue, jouez vite https://casino-royal.example/jeu"


@pytest.fixture
def trained(say, article):
    """A filter that has learnt thirty comments of each kind."""
    for ham, bad in zip(HAM[:30], SPAM[:30], strict=True):
        say(article, ham, Status.PUBLISHED)
        say(article, bad, Status.SPAM)
    services.learn_decisions()
    weights.forget()
    return SpamFilter.objects.get()


@pytest.fixture
def believed(trained, say, article):
    """Figures as after many decisions, two of them foretold wrongly."""
    alarm, missed = say(article, "Un avis mal jugé", Status.PUBLISHED), say(article, "Une réclame discrète", Status.SPAM)
    row = {"caught": 58, "wrong": 1, "missed": 2, "precision": 98.3, "recall": 96.7}
    trained.report = {
        **trained.report,
        "foretold": {"ham": 80, "spam": 60},
        "rows": [{**row, "threshold": 50}, {**row, "threshold": 90}, {**row, "threshold": 99, "precision": None}],
        "false_alarms": [[alarm.pk, 91], [999_999, 90]],
        "missed": [[missed.pk, 4]],
    }
    trained.save(update_fields=["report"])
    return trained


@pytest.mark.parametrize("who", ["admin", "moderator"])
def test_the_page_shows_how_good_it_is_and_where_it_was_wrong(client, request, who, believed):
    client.force_login(request.getfixturevalue(who))

    page = client.get(ADDRESS)

    assert page.status_code == 200
    assert "98,3 %" in page.text
    assert "Un avis mal jugé" in page.text
    assert "Une réclame discrète" in page.text
    assert "« bonus »" in page.text
    assert "<polyline" in page.text
    assert "trop peu pour en juger" not in page.text


def test_too_little_to_judge_is_said_and_nothing_is_drawn(client, moderator, trained):
    client.force_login(moderator)

    page = client.get(ADDRESS)

    assert "trop peu pour en juger" in page.text
    assert "<polyline" not in page.text


def test_a_site_that_decided_nothing_yet_has_its_page_too(client, admin):
    client.force_login(admin)

    assert "Il n’a encore rien appris" in client.get(ADDRESS).text


@pytest.mark.parametrize("who", ["reader", "member", "facilitator", "editor", "network_moderator", "other_moderator"])
def test_nobody_else_sees_it(client, request, who, believed):
    client.force_login(request.getfixturevalue(who))

    assert client.get(ADDRESS).status_code in {302, 403}
    assert client.post(ADDRESS, {"may_hold": "on", "threshold": "90"}).status_code in {302, 403}
    assert not SpamFilter.objects.get().may_hold


def test_an_administrator_lets_it_hold(client, admin, believed):
    client.force_login(admin)

    answer = client.post(ADDRESS, {"may_hold": "on", "threshold": "90"})

    assert answer.status_code == 302
    found = SpamFilter.objects.get()
    assert (found.may_hold, found.threshold) == (True, 90)
    assert "checked" in client.get(ADDRESS).text


def test_a_global_moderator_reads_and_does_not_decide(client, moderator, believed):
    client.force_login(moderator)

    assert 'name="threshold"' not in client.get(ADDRESS).text
    client.post(ADDRESS, {"may_hold": "on", "threshold": "90"})
    assert not SpamFilter.objects.get().may_hold


@pytest.mark.parametrize("threshold", ["", "49", "100", "beaucoup"])
def test_a_threshold_that_means_nothing_is_said_at_its_field(client, admin, believed, threshold):
    client.force_login(admin)

    page = client.post(ADDRESS, {"may_hold": "on", "threshold": threshold})

    assert page.context["form"].errors["threshold"]
    assert threshold in page.text
    assert not SpamFilter.objects.get().may_hold


def test_letting_it_hold_too_early_is_refused_in_a_sentence(client, admin, trained):
    client.force_login(admin)

    page = client.post(ADDRESS, {"may_hold": "on", "threshold": "90"})

    assert "Personne ne sait encore" in page.text
    assert not SpamFilter.objects.get().may_hold


def test_the_page_costs_the_same_whatever_the_sites_past(client, admin, trained, say, article, django_assert_num_queries):
    client.force_login(admin)
    client.get(ADDRESS)
    with django_assert_num_queries(100, exact=False) as few:
        client.get(ADDRESS)
    for number, text in enumerate([*HAM[30:], *SPAM[30:]]):
        say(article, text, Status.PUBLISHED if number < 15 else Status.SPAM)
    services.learn_decisions()
    trained.refresh_from_db()
    wrong = [[pk, 80] for pk in article_comments(article)[:15]]
    trained.report = {**trained.report, "false_alarms": wrong, "missed": wrong[::-1]}
    trained.save(update_fields=["report"])

    with django_assert_num_queries(len(few)):
        client.get(ADDRESS)


def article_comments(article):
    return list(services.discussion_of(article).comments.values_list("pk", flat=True))


def test_a_card_shows_the_score_and_the_words_behind_it(client, moderator, network_moderator, trained, say, topic):
    say(topic, CASINO)

    for person in [moderator, network_moderator]:
        client.force_login(person)
        page = client.get(reverse("moderation:index"))
        assert "Filtre antispam" in page.text
        assert "un lien vers casino-royal.example" in page.text


def test_a_card_shows_nothing_while_too_little_was_learnt(client, moderator, say, article):
    say(article, CASINO, author=Author(name="Ève", email="eve@example.org", proven=True))
    client.force_login(moderator)

    assert "Filtre antispam" not in client.get(reverse("moderation:index")).text.partition('class="moderation-card"')[2]


def test_the_queue_asks_no_more_for_many_scores_than_for_one(client, moderator, trained, say, article, django_assert_num_queries):
    client.force_login(moderator)
    say(article, CASINO)
    client.get(reverse("moderation:index"))
    with django_assert_num_queries(100, exact=False) as few:
        client.get(reverse("moderation:index"))
    for number in range(8):
        say(article, f"{CASINO}{number}")

    with django_assert_num_queries(len(few)):
        client.get(reverse("moderation:index"))
