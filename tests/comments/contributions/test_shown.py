"""How readers see what a network says, and what was first written in a space: under which name, with which mark, and what leads where."""

import pytest

from comments import services
from comments.models import Discussion, ThreadComment
from comments.services import Author
from comments.states import Action, Status
from networks.models import Visibility
from tests.factories import MembershipFactory, NetworkFactory


@pytest.fixture
def seen(client, article):
    """`seen(user)`: the article's page."""

    def seen(user=None):
        client.logout()
        if user:
            client.force_login(user)
        return client.get(article.target.get_url()).text

    return seen


def test_a_position_shows_the_network_its_badge_and_its_mark_and_no_person(seen, published, member, facilitator, network):
    published()

    for person in (None, member, facilitator):
        page = seen(person)
        assert f">{network.name}</h3>" in page
        assert "network-badge" in page
        assert "Position de la tête de réseau" in page
        section = page.partition('id="commentaires"')[2].partition('class="discussion__form"')[0]
        assert "Membre" not in section
        assert facilitator.display_name not in section


def test_a_workshop_says_when_where_and_how_many_and_offers_its_file(client, seen, published, workshop, article):
    comment = published(workshop).comment

    page = seen()
    answer = client.get(f"/commentaires/{comment.pk}/fichier/")

    assert "Contribution d’un atelier (12 mars 2026, Rennes, 23 personnes)" in page
    assert f'href="/commentaires/{comment.pk}/fichier/"' in page
    assert "Compte rendu.pdf" in page
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 les notes"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Compte rendu.pdf"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_file_goes_where_the_comment_goes(client, published, workshop, article, admin):
    comment = published(workshop).comment
    address = f"/commentaires/{comment.pk}/fichier/"

    services.moderate(comment, Action.HIDE, by=admin, reason="off_topic")
    assert client.get(address).status_code == 404
    services.moderate(ThreadComment.objects.get(), Action.RESTORE, by=admin)
    assert client.get(address).status_code == 200
    Discussion.objects.filter(pk=article.pk).update(mode="hidden")
    assert client.get(address).status_code == 404
    assert client.get("/commentaires/999999/fichier/").status_code == 404


def test_a_network_that_became_secret_has_no_name_for_strangers(client, seen, published, workshop, network, member, reader):
    comment = published(workshop).comment
    client.get(f"/commentaires/{comment.pk}/")
    network.visibility = Visibility.SECRET
    network.save()

    for person in (None, reader):
        page = seen(person)
        assert network.name not in page
        assert ">Un réseau</h3>" in page
        assert "Contribution d’un atelier" in page
    assert f">{network.name}</h3>" in seen(member)
    assert ThreadComment.objects.get().author_name == "Un réseau"
    assert client.get(f"/commentaires/{comment.pk}/fichier/").status_code == 200


def test_a_network_that_is_gone_leaves_its_words_without_a_name(seen, published, network):
    published()
    network.delete()

    assert ">Un réseau</h3>" in seen()
    assert ThreadComment.objects.get().status == Status.PUBLISHED


def test_search_names_the_network(client, published, network):
    published()

    page = client.get("/recherche/?q=pluriannuel").text

    assert network.name in page
    assert "Membre" not in page


def test_replies_go_to_the_network(client, article, published, reader, network):
    comment = published().comment
    client.force_login(reader)

    assert f"Répondre à {network.name}" in client.get(f"/discussions/{article.pk}/commenter/?reply_to={comment.pk}").text


def test_no_action_of_an_author_is_offered_or_taken(client, published, facilitator, member):
    comment = published().comment

    for person in (facilitator, member):
        client.force_login(person)
        assert client.get(f"/commentaires/{comment.pk}/modifier/").status_code == 404
        assert client.get(f"/commentaires/{comment.pk}/supprimer/").status_code == 404


def test_moderators_see_the_mark_on_the_card_and_who_validated_in_the_history(client, published, moderator, facilitator, network):
    comment = published().comment
    client.force_login(moderator)

    queue = client.get("/admin/moderation/?status=all").text
    card = client.get(f"/admin/moderation/inspect/{comment.pk}/")
    author = client.get(f"/admin/moderation/author/{comment.pk}/")

    assert "Position de la tête de réseau" in queue
    assert network.name in card.text
    assert "Position de la tête de réseau" in card.text
    assert facilitator.display_name in card.text
    assert author.status_code == 200


def test_a_page_of_contributions_costs_one_query_more_whatever_their_number(
    client, django_assert_num_queries, article, published, told, reader, workshop
):
    client.force_login(reader)
    services.post(article, author=Author(user=reader), text="Un avis", notify=False)
    url = article.target.get_url()

    def asked():
        client.get(url)
        with django_assert_num_queries(1000, exact=False) as queries:
            client.get(url)
        return len(queries)

    without = asked()
    published()
    one = asked()
    for number in range(3):
        published(told(f"Et aussi {number}"))
    published(workshop)

    assert one <= without + 1
    assert asked() == one


def test_a_visitors_kept_page_shows_what_was_just_validated(client, article, submitted, facilitator, network):
    url = article.target.get_url()
    client.get(url)
    assert network.name not in client.get(url).text.partition('id="commentaires"')[2]
    waiting = submitted()

    services.validate(waiting, by=facilitator, seen=waiting.version)

    assert "Position de la tête de réseau" in client.get(url).text


@pytest.mark.parametrize(
    ("visibility", "told_to_visitors", "leads_visitors"), [("public", True, True), ("members", True, False), ("secret", False, False)]
)
def test_an_echo_says_where_it_was_written_to_those_who_may_know(
    seen, said, article, network, member, visibility, told_to_visitors, leads_visitors
):
    posted = services.propose(said, to=article, by=member).posted
    network.visibility = visibility
    network.save()
    sentence, link = f"D’abord écrit dans l’espace de {network.name}", f'<a href="/commentaires/{said.pk}/">'

    visitor = seen()
    section = visitor.partition('id="commentaires"')[2]
    assert posted.author_name in visitor
    assert (sentence in visitor) == told_to_visitors
    assert (network.name in section) == told_to_visitors
    assert (link in visitor) == leads_visitors
    assert sentence in seen(member)
    assert link in seen(member)


def test_echoes_cost_no_query_each(client, django_assert_num_queries, article, topic, network, member, reader):
    def echo(text):
        mine = services.post(topic, author=Author(user=member), text=text, notify=False).comment
        services.propose(mine, to=article, by=member)

    def asked():
        client.force_login(reader)
        client.get(article.target.get_url())
        with django_assert_num_queries(1000, exact=False) as queries:
            client.get(article.target.get_url())
        return len(queries)

    echo("Un")
    one = asked()
    for number in range(4):
        echo(f"Encore {number}")

    assert asked() == one


def test_a_comment_menu_offers_to_propose_to_members_of_the_network_alone(client, said, topic, member, network, moderator):
    other = MembershipFactory(network=NetworkFactory()).user
    network.visibility = Visibility.PUBLIC
    network.save()
    url, offer = topic.target.get_absolute_url(), f'href="/commentaires/{said.pk}/proposer/"'

    client.force_login(member)
    assert offer in client.get(url).text
    for person in (other, moderator):
        client.force_login(person)
        assert offer not in client.get(url).text
