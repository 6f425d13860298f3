"""The home of somebody with an account: what waits, what is new, where they left off; and nothing that is not theirs to read."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import services
from comments.models import ThreadComment
from comments.services import Author, Plan, discussion_of, mark_read, plan, post
from comments.states import Action, Status
from networks.models import AgendaDate, Membership, Network, Role
from networks.states import TopicState, Visibility
from tests.factories import JoinRequestFactory, MembershipFactory, NetworkFactory, TopicFactory, UserFactory, published_article


@pytest.fixture
def home_of(client):
    """`home_of(user)`: what their home says."""

    def home_of(user):
        client.force_login(user)
        answer = client.get(reverse("comments:home"))
        assert answer.status_code == 200
        return answer.text

    return home_of


def say(target, by, text="Un avis", parent=None):
    return post(discussion_of(target), author=Author(user=by), text=text, parent_id=parent and parent.pk, notify=False).comment


def test_a_visitor_signs_in_first(client):
    assert client.get(reverse("comments:home")).headers["Location"].startswith("/compte/login/")


def test_somebody_without_a_network_is_told_where_they_are(home_of, reader):
    page = home_of(reader)

    assert "Vous n’appartenez encore à aucun réseau." in page
    assert "une bonne journée pour lire" in page


def test_what_is_new_in_my_networks_stands_there_until_it_is_read(home_of, network, member):
    topic = TopicFactory(network=network, title="Nos dates")
    assert "Nos dates" in home_of(member)

    mark_read(discussion_of(topic), by=member)
    assert "Vous avez tout lu." in home_of(member)

    say(topic, MembershipFactory(network=network).user)
    assert "1 nouveau" in home_of(member)


def test_one_s_own_words_are_no_news(home_of, network, member):
    topic = TopicFactory(network=network, title="Nos dates")
    mark_read(discussion_of(topic), by=member)

    say(topic, member)

    assert "Vous avez tout lu." in home_of(member)


def test_several_networks_stand_together_the_latest_said_first(home_of, network, member):
    other = MembershipFactory(user=member, network__name="Autre réseau").network
    old, recent = TopicFactory(network=network, title="Ancien"), TopicFactory(network=other, title="Récent")
    TopicFactory(network=other, title="Archivé", state=TopicState.ARCHIVED)
    for topic in (old, recent):
        say(topic, MembershipFactory(network=topic.network).user)

    page = home_of(member)

    assert page.index("Récent") < page.index("Ancien")
    assert "Archivé" not in page


def test_a_membership_that_ends_takes_everything_of_the_network_away(home_of, network, member):
    topic = TopicFactory(network=network, title="Nos dates")
    mine = say(topic, member)
    say(topic, MembershipFactory(network=network, user__display_name="Ada").user, "Je réponds", parent=mine)
    mark_read(discussion_of(topic), by=member, until=timezone.now() - timedelta(days=1))
    now = timezone.now()
    AgendaDate.objects.create(network=network, title="Assemblée", starts_at=now, ends_at=now + timedelta(days=1))
    page = home_of(member)
    assert "Ada vous a répondu" in page
    assert "Assemblée" in page

    Membership.objects.filter(user=member).delete()

    for word in ["Nos dates", "Ada", "Je réponds", "Assemblée", network.name]:
        assert word not in home_of(member)


def test_answers_to_ones_comments_wait_and_nothing_deeper_older_or_hidden(home_of, reader, admin):
    article = published_article()
    mine = say(article, reader)
    ada = UserFactory(display_name="Ada")
    services.moderate(mine, Action.APPROVE, by=admin) if mine.status == Status.PENDING else None
    answers = [say(article, ada, text, parent=mine) for text in ("Réponse vue", "Réponse cachée")]
    for answer in answers:
        services.moderate(answer, Action.APPROVE, by=admin)
    services.moderate(ThreadComment.objects.get(pk=answers[1].pk), Action.HIDE, by=admin, reason="abuse")
    deeper = say(article, UserFactory(display_name="Bob"), "Plus loin", parent=answers[0])
    services.moderate(deeper, Action.APPROVE, by=admin)

    page = home_of(reader)

    assert "Réponse vue" in page
    assert "Réponse cachée" not in page
    assert "Plus loin" not in page
    ThreadComment.objects.update(changed_at=timezone.now() - timedelta(days=61))
    assert "Réponse vue" not in home_of(reader)


def test_what_a_moderator_asks_of_an_author_waits_at_their_home(home_of, network, member, admin):
    comment = say(TopicFactory(network=network, title="Nos dates"), member)
    services.moderate(comment, Action.REPHRASE, by=admin, reason="abuse")

    assert reverse("comments:rephrase", args=[comment.pk]) in home_of(member)
    assert reverse("comments:rephrase", args=[comment.pk]) not in home_of(MembershipFactory(network=network).user)


def test_ones_waiting_comments_are_counted(home_of, reader):
    say(published_article(), reader)

    assert "1 de vos commentaires est auprès de la modération." in home_of(reader)


@pytest.mark.parametrize(("role", "told"), [(Role.FACILITATOR, True), (Role.MEMBER, False), (Role.MODERATOR, False)])
def test_requests_to_join_wait_for_who_answers_them(home_of, network, role, told):
    JoinRequestFactory.create_batch(2, network=network)
    JoinRequestFactory(network=NetworkFactory())

    page = home_of(MembershipFactory(network=network, role=role).user)

    assert ("2 demandes pour rejoindre Ludo" in page) is told


def test_one_finds_again_what_one_read_last(home_of, reader):
    articles = [published_article(title, slug=title.lower()) for title in ("Premier", "Second")]
    for article in articles:
        mark_read(discussion_of(article), by=reader)

    page = home_of(reader)

    assert page.index("Second") < page.index("Premier")
    articles[1].unpublish()
    assert "Second" not in home_of(reader)


def test_a_public_topic_that_becomes_secret_is_no_place_to_go_back_to(home_of, reader):
    topic = TopicFactory(title="Ouvert à tous")
    mark_read(discussion_of(topic), by=reader)
    assert "Ouvert à tous" in home_of(reader)

    Network.objects.update(visibility=Visibility.SECRET)

    assert "Ouvert à tous" not in home_of(reader)


def test_a_home_costs_the_same_for_one_network_and_for_many(client, network, facilitator, admin, django_assert_max_num_queries):
    def fill(number):
        for count in range(number):
            mine = MembershipFactory(user=facilitator, role=Role.FACILITATOR).network
            JoinRequestFactory(network=mine)
            topic = TopicFactory(network=mine, author=UserFactory())
            comment = say(topic, facilitator, f"Avis {count}")
            say(topic, MembershipFactory(network=mine).user, "Réponse", parent=comment)
            mark_read(discussion_of(TopicFactory(network=mine)), by=facilitator)
            now = timezone.now()
            AgendaDate.objects.create(network=mine, title="Date", starts_at=now, ends_at=now + timedelta(days=1))

    now = timezone.now()
    chapter = published_article()
    plan(Plan("Vos priorités", now, now + timedelta(days=9), (chapter,)), by=admin)
    client.force_login(facilitator)
    address = reverse("comments:home")
    fill(1)
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    fill(8)

    with django_assert_max_num_queries(len(one)):
        client.get(address)


def test_an_article_that_was_withdrawn_is_not_named_where_it_waits(home_of, network, member, facilitator):
    article, topic = published_article("Le nom du chapitre"), TopicFactory(network=network)
    services.propose(say(topic, member), to=discussion_of(article), by=facilitator)
    assert "Le nom du chapitre" in home_of(member)

    article.unpublish()

    page = home_of(member)
    assert "Le nom du chapitre" not in page
    assert "Quelqu’un aimerait voir un de vos commentaires sous un article" in page


def test_a_topic_that_is_no_longer_ones_to_read_is_not_named_where_better_words_are_asked_for(home_of, network, member, admin):
    comment = say(TopicFactory(network=network, title="Nos dates"), member)
    services.moderate(comment, Action.REPHRASE, by=admin, reason="abuse")
    assert "Nos dates" in home_of(member)

    Membership.objects.filter(user=member).delete()

    page = home_of(member)
    assert "Nos dates" not in page
    assert "attend d’autres mots" in page


def test_a_home_full_of_everything_stays_within_twenty_queries(client, network, facilitator, member, admin, django_assert_max_num_queries):
    """Everything that may wait for one person at once."""
    chapter = published_article()
    now = timezone.now()
    plan(Plan("Vos priorités", now, now + timedelta(days=9), (chapter,)), by=admin)
    topic = TopicFactory(network=network, author=member)
    asked_for = say(topic, facilitator, "À montrer")
    say(topic, member, "Réponse", parent=asked_for)
    services.propose(asked_for, to=discussion_of(chapter), by=member)
    to_rephrase = say(topic, facilitator, "À redire")
    services.moderate(to_rephrase, Action.REPHRASE, by=admin, reason="abuse")
    mark_read(discussion_of(topic), by=facilitator)
    say(topic, member, "Du nouveau")
    JoinRequestFactory(network=network)
    waiting = services.draft(
        network, by=member, told=services.Told(kind="position", discussion=discussion_of(chapter), text="Nous demandons")
    )
    services.submit(waiting, by=member, seen=waiting.version)
    AgendaDate.objects.create(network=network, title="Date", starts_at=now, ends_at=now + timedelta(days=1))
    client.force_login(facilitator)
    client.get(reverse("comments:home"))

    with django_assert_max_num_queries(20):
        page = client.get(reverse("comments:home")).text

    for told in ("aimerait voir", "attend d’autres mots", "vous a répondu", "à valider", "demande", "Vos priorités", "Date"):
        assert told in page


def test_a_home_of_many_networks_shows_the_first_and_says_that_there_are_more(client, network, facilitator, monkeypatch):
    monkeypatch.setattr("comments.home.MOST_NETWORKS", 2)
    for _number in range(3):
        mine = MembershipFactory(user=facilitator, role=Role.FACILITATOR).network
        JoinRequestFactory(network=mine)
    client.force_login(facilitator)

    page = client.get(reverse("comments:home")).text

    assert page.count("home__network ") == 2
    assert "Tous mes réseaux" in page
    assert "D’autres de vos réseaux vous attendent" in page
