"""What readers see of consultations: under the article, on their pages, at home."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments import services
from comments.models import Consultation, Discussion
from tests.comments.consultations.conftest import DAY
from tests.factories import NetworkFactory, TopicFactory, published_article

LIST = "/consultations/"


def test_the_article_says_that_it_is_consulted_about_and_until_when(client, planned, chapter):
    consultation = planned()

    page = client.get(chapter.get_url()).text

    assert consultation.get_absolute_url() in page
    assert "Vos priorités" in page
    assert "Votre commentaire" in page


def test_before_it_opens_the_article_says_when_instead_of_the_form(client, planned, chapter):
    consultation = planned(opens=2, closes=9)

    page = client.get(chapter.get_url()).text

    assert "Votre commentaire" not in page
    assert "Cette discussion ouvrira le" in page
    assert consultation.get_absolute_url() in page


def test_once_it_is_over_what_was_said_stays_and_the_article_says_so(client, planned, say, chapter, network):
    planned()
    say(chapter, network)
    Consultation.objects.update(opens_at=timezone.now() - 9 * DAY, closes_at=timezone.now())
    Discussion.objects.update(consulted_until=timezone.now())

    page = client.get(chapter.get_url()).text

    assert "Notre avis" in page
    assert "Cette discussion est close depuis le" in page
    assert "Votre commentaire" not in page
    assert LIST not in page


def test_a_visitor_s_kept_page_ends_when_the_consultation_opens(client, planned, chapter):
    consultation = planned(opens=2, closes=9)
    assert "Votre commentaire" not in client.get(chapter.get_url()).text

    moment = timezone.now() - DAY
    Consultation.objects.filter(pk=consultation.pk).update(opens_at=moment)
    Discussion.objects.filter(consultation=consultation).update(consulted_from=moment, consulted_until=consultation.closes_at)
    services.replan(consultation, _same(Consultation.objects.get(), chapter), by=consultation.planned_by)

    assert "Votre commentaire" in client.get(chapter.get_url()).text


def _same(consultation, chapter):
    return services.Plan(consultation.title, consultation.opens_at, consultation.closes_at, (chapter,), remind_days=1)


def test_the_list_tells_what_is_under_way_to_come_and_over(client, planned, other_chapter):
    planned(title="En ce moment")
    planned(title="Bientôt", opens=5, closes=9, chapters=(other_chapter,))
    for number in range(25):
        past = planned(title=f"Passée {number}", chapters=(published_article(f"Chapitre {number}"),))
        Consultation.objects.filter(pk=past.pk).update(opens_at=timezone.now() - 9 * DAY, closes_at=timezone.now() - DAY)

    first = client.get(LIST).text
    key = Consultation.objects.get(title="Passée 5").pk
    second = client.get(LIST, {"after": key}).text

    assert "En ce moment" in first
    assert "Bientôt" in first
    assert f"?after={key}" in first
    assert "Passée 5" in first
    assert "Passée 4<" not in first
    assert "Passée 4<" in second
    assert "En ce moment" not in second


def test_an_empty_list_says_so(client, db):
    assert "Aucune consultation" in client.get(LIST).text


def test_one_page_tells_how_much_was_said_and_by_how_many_networks(client, planned, say, chapter, network):
    consultation = planned()
    say(chapter, network)
    say(chapter, network)
    say(chapter, NetworkFactory(visibility="members"))

    page = client.get(consultation.get_absolute_url()).text

    assert "3 commentaires" in page
    assert "2 réseaux se sont exprimés" in page
    assert "<strong>tout</strong>" in page
    assert "Qui parle" not in page


def test_a_secret_network_is_not_even_counted_for_who_may_not_know_it(client, planned, say, chapter, other_network, other_moderator):
    consultation = planned()
    say(chapter, other_network)

    assert "réseau s’est exprimé" not in client.get(consultation.get_absolute_url()).text
    client.force_login(other_moderator)
    assert "1 réseau s’est exprimé" in client.get(consultation.get_absolute_url()).text


def test_members_see_whether_their_networks_have_spoken(client, planned, say, chapter, network, member):
    consultation = planned()
    client.force_login(member)
    assert "pas encore exprimé" in client.get(consultation.get_absolute_url()).text

    say(chapter, network)
    assert "s’est exprimé" in client.get(consultation.get_absolute_url()).text


def test_one_about_chapters_that_a_person_may_not_read_is_not_there_for_them(client, planned, chapter, admin):
    consultation = planned()
    chapter.unpublish()

    assert client.get(consultation.get_absolute_url()).status_code == 404
    assert "Vos priorités" not in client.get(LIST).text
    assert client.get("/consultations/99999/").status_code == 404


def test_the_home_tells_facilitators_which_of_their_networks_was_not_heard(client, planned, say, chapter, network, facilitator, reader):
    planned()
    client.force_login(reader)
    assert "Vos priorités" in client.get(reverse("comments:home")).text
    client.force_login(facilitator)
    assert "pas encore été entendu" in client.get(reverse("comments:home")).text

    say(chapter, network)
    assert "pas encore été entendu" not in client.get(reverse("comments:home")).text


@pytest.mark.parametrize("address", ["list", "one", "home"])
def test_pages_cost_the_same_for_few_and_for_many(client, planned, say, facilitator, network, address, django_assert_max_num_queries):
    consultation = planned()
    url = {"list": LIST, "one": consultation.get_absolute_url(), "home": reverse("comments:home")}[address]
    client.force_login(facilitator)
    TopicFactory(network=network)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    number = len(few)

    chapters = [published_article(f"Chapitre {number}") for number in range(8)]
    services.replan(consultation, _about(consultation, chapters), by=consultation.planned_by)
    for each, chapter in enumerate(chapters):
        say(chapter, NetworkFactory())
        planned(title=f"Autre {each}", chapters=(published_article(f"Autre {each}"),))
        TopicFactory(network=network)
    client.get(url)
    assert number <= 20
    with django_assert_max_num_queries(number):
        client.get(url)


def _about(consultation, chapters):
    return services.Plan(consultation.title, consultation.opens_at, consultation.closes_at, tuple(chapters), remind_days=7)
