"""A comment of a space that is wished for under an article: its author alone says yes, to the words as they stand."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comments import personal_data, services
from comments.models import Discussion, OutgoingMail, PublicProposal, ThreadComment
from comments.services import Author, Refused, StaleProposal
from comments.states import Action, Moderation, Status
from comments.voices import PROPOSAL_TIME, ProposalState
from networks.models import Membership, Visibility
from tests.comments.races import assert_sound
from tests.factories import MembershipFactory, TopicGuestFactory


@pytest.fixture
def asked(said, article, facilitator):
    """A proposal that waits for its author."""
    return services.propose(said, to=article, by=facilitator, words="Cela mérite d’être lu.")


def test_a_yes_posts_the_words_in_their_authors_name(asked, said, article, member):
    accepted = services.accept(asked, by=member, seen=said.standing)

    posted = ThreadComment.objects.get(discussion=article)
    assert accepted.posted == posted
    assert (posted.user, posted.comment, posted.status, posted.voice) == (member, "Une *idée* forte.", Status.PUBLISHED, "echo")
    assert ThreadComment.objects.get(pk=said.pk).status == Status.PUBLISHED
    rows = ModelLogEntry.objects.filter(object_id=str(asked.pk), action__contains="propos").order_by("pk")
    assert [row.action for row in rows] == ["comments.propose", "comments.proposal_accepted"]
    assert_sound()


def test_ones_own_comment_needs_no_second_yes(said, article, member):
    made = services.propose(said, to=article, by=member)

    assert (made.state, made.posted.user) == (ProposalState.ACCEPTED, member)
    assert not OutgoingMail.objects.filter(kind__startswith="proposal").exists()


def test_the_same_wish_is_one_while_it_waits(asked, said, article, facilitator):
    assert services.propose(said, to=article, by=facilitator) == asked
    assert OutgoingMail.objects.filter(kind="proposal_made").count() == 1


@pytest.mark.parametrize("who", ["facilitator", "reader", "admin", "moderator"])
def test_nobody_else_says_yes_or_no(asked, said, request, who):
    person = request.getfixturevalue(who)

    with pytest.raises(Refused):
        services.accept(asked, by=person, seen=said.standing)
    with pytest.raises(Refused):
        services.decline(asked, by=person)


@pytest.mark.parametrize("who", ["reader", "admin", "moderator", "other_moderator"])
def test_only_members_of_the_network_propose(said, article, request, who):
    with pytest.raises(Refused):
        services.propose(said, to=article, by=request.getfixturevalue(who))


def test_the_article_is_read_and_open_and_no_topic(said, article, facilitator, topic):
    with pytest.raises(Refused, match="Choisissez un article"):
        services.propose(said, to=topic, by=facilitator)
    Discussion.objects.filter(pk=article.pk).update(mode="read_only")
    article.refresh_from_db()
    with pytest.raises(Refused, match="Choisissez un article"):
        services.propose(said, to=article, by=facilitator)


def test_what_stands_under_an_article_or_is_nobodys_is_not_proposed(said, article, topic, facilitator, published, admin):
    public = services.post(article, author=Author(user=facilitator), text="Déjà public", notify=False).comment
    with pytest.raises(Refused):
        services.propose(public, to=article, by=facilitator)
    hidden = services.moderate(said, Action.HIDE, by=admin, reason="off_topic")
    with pytest.raises(Refused, match="ne peut pas être proposé"):
        services.propose(hidden, to=article, by=facilitator)


@pytest.mark.parametrize("author", ["a guest of the topic", "somebody who left"])
def test_what_was_written_by_who_is_no_member_is_not_proposed(said, article, topic, facilitator, member, reader, author):
    if author == "somebody who left":
        Membership.objects.filter(user=member).delete()
    else:
        TopicGuestFactory(topic=topic.target, user=reader)
        said = services.post(topic, author=Author(user=reader), text="Vu d’ailleurs", notify=False).comment

    with pytest.raises(Refused, match="n’appartient pas au réseau"):
        services.propose(said, to=article, by=facilitator)

    assert not PublicProposal.objects.exists()


def test_words_that_changed_are_asked_about_again(asked, said, member, article):
    services.edit(said, by=member, text="Une tout autre idée.")

    with pytest.raises(StaleProposal):
        services.accept(asked, by=member, seen=said.standing)

    changed = ThreadComment.objects.get(pk=said.pk)
    services.accept(asked, by=member, seen=changed.standing)
    assert ThreadComment.objects.get(discussion=article).comment == "Une tout autre idée."


def _hide_comment(said, article, topic, member, admin):
    services.moderate(said, Action.HIDE, by=admin, reason="off_topic")


def _end_membership(said, article, topic, member, admin):
    Membership.objects.filter(user=member).delete()


def _end_membership_of_public_space(said, article, topic, member, admin):
    type(topic.target.network).objects.update(visibility=Visibility.PUBLIC)
    Membership.objects.filter(user=member).delete()


def _hide_topic(said, article, topic, member, admin):
    Discussion.objects.filter(pk=topic.pk).update(mode="hidden")


def _close_article(said, article, topic, member, admin):
    Discussion.objects.filter(pk=article.pk).update(closes_at=timezone.now() - timedelta(hours=1))


def _withdraw_article(said, article, topic, member, admin):
    article.target.unpublish()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_hide_comment, "n’est plus affiché dans l’espace"),
        (_end_membership, "ne vous est plus accessible"),
        (_end_membership_of_public_space, "n’appartenez plus au réseau"),
        (_hide_topic, "ne vous est plus accessible"),
        (_close_article, "est fermée"),
        (_withdraw_article, "L’article n’est plus là"),
    ],
)
def test_what_changed_meanwhile_is_said_and_nothing_is_posted(client, asked, said, article, topic, member, admin, change, sentence):
    change(said, article, topic, member, admin)
    current = ThreadComment.objects.get(pk=said.pk)
    client.force_login(member)

    with pytest.raises(Refused, match=sentence):
        services.accept(asked, by=member, seen=current.standing)
    page = client.get(asked.get_absolute_url())

    assert sentence in page.text
    assert 'value="accept"' not in page.text
    assert not ThreadComment.objects.filter(discussion=article).exists()


def test_silence_is_no_consent(asked, said, member, article, facilitator):
    PublicProposal.objects.update(created_at=timezone.now() - PROPOSAL_TIME)

    with pytest.raises(Refused, match="sans réponse à temps"):
        services.accept(asked, by=member, seen=said.standing)
    again = services.propose(said, to=article, by=facilitator)

    assert again != asked
    assert PublicProposal.objects.get(pk=asked.pk).state == ProposalState.LAPSED


def test_a_no_says_no_more_than_no(client, asked, member, facilitator, colleague):
    services.decline(asked, by=member)

    client.force_login(facilitator)
    mine = client.get("/reseaux/ludotheques/contributions/").text
    assert "refusée" in mine
    client.force_login(colleague)
    assert "refusée" not in client.get("/reseaux/ludotheques/contributions/").text
    with pytest.raises(Refused, match="refusée"):
        services.decline(asked, by=member)


def test_who_was_told_no_does_not_ask_again_and_others_are_not_told(asked, said, article, member, facilitator, colleague):
    services.decline(asked, by=member)

    with pytest.raises(Refused, match="a dit non"):
        services.propose(said, to=article, by=facilitator)

    assert OutgoingMail.objects.filter(kind="proposal_made").count() == 1
    assert services.propose(said, to=article, by=colleague).state == ProposalState.WAITING
    services.decline(PublicProposal.objects.last(), by=member)
    assert services.propose(said, to=article, by=member).posted, "one’s own mind may change"


def test_who_proposed_takes_it_back(client, asked, said, member, facilitator):
    client.force_login(member)
    assert client.post(f"/propositions/{asked.pk}/retirer/").status_code == 404
    client.force_login(facilitator)

    client.post(f"/propositions/{asked.pk}/retirer/")

    assert PublicProposal.objects.get().state == ProposalState.WITHDRAWN
    with pytest.raises(Refused, match="retirée"):
        services.accept(asked, by=member, seen=said.standing)


def test_an_accepted_comment_is_read_first_where_moderators_read_first(asked, said, member, article):
    Discussion.objects.filter(pk=article.pk).update(moderation=Moderation.BEFORE)

    assert services.accept(asked, by=member, seen=said.standing).posted.status == Status.PENDING


def test_the_page_of_consent_shows_what_would_appear_and_posts_it(client, asked, said, member, facilitator):
    client.force_login(member)
    page = client.get(asked.get_absolute_url())
    assert "<em>idée</em> forte." in page.text
    assert "Cela mérite d’être lu." in page.text
    assert "Associations et pouvoirs publics" in page.text
    assert "Tout le monde le lit" in page.text

    answer = client.post(asked.get_absolute_url(), {"answer": "accept", "seen": said.standing}, follow=True)

    assert "Cette proposition est close : acceptée." in answer.text
    assert PublicProposal.objects.get().posted.user == member


def test_the_page_asks_again_where_the_words_changed(client, asked, said, member):
    client.force_login(member)
    services.edit(said, by=member, text="D’autres mots.")

    answer = client.post(asked.get_absolute_url(), {"answer": "accept", "seen": said.standing})

    assert answer.status_code == 409
    assert "relisez ce qui paraîtrait" in answer.text
    assert "D’autres mots." in answer.text
    assert PublicProposal.objects.get().state == ProposalState.WAITING


def test_the_page_is_the_authors_alone(client, asked, facilitator):
    assert client.get(asked.get_absolute_url()).status_code == 302
    client.force_login(facilitator)
    assert client.get(asked.get_absolute_url()).status_code == 404
    assert client.post(asked.get_absolute_url(), {"answer": "accept"}).status_code == 404


def test_proposing_on_the_page(client, said, article, facilitator, member, reader):
    address = f"/commentaires/{said.pk}/proposer/"
    assert client.get(address).status_code == 302
    client.force_login(reader)
    assert client.get(address).status_code == 404
    client.force_login(facilitator)
    assert "La personne qui l’a écrit lit votre proposition" in client.get(address).text
    refused = client.post(address, {"discussion": "", "words": "Un mot gentil"})
    assert refused.status_code == 422
    assert "Un mot gentil" in refused.text

    client.post(address, {"discussion": article.pk, "words": "Un mot gentil"})

    assert PublicProposal.objects.get().words == "Un mot gentil"
    client.force_login(member)
    assert "C’est votre propre commentaire" in client.get(address).text


def test_an_account_that_closes_leaves_no_proposal(asked, said, member, facilitator):
    held = personal_data.export(member)["proposals"], personal_data.export(facilitator)["proposals"]
    assert [(len(each), each[0]["asked_by_me"]) for each in held] == [(1, False), (1, True)]

    personal_data.erase(facilitator)
    assert PublicProposal.objects.get().words == ""
    personal_data.erase(member)

    assert not PublicProposal.objects.exists()


def test_a_secret_space_is_not_told_of(client, asked, said, member, network):
    services.accept(asked, by=member, seen=said.standing)
    network.visibility = Visibility.SECRET
    network.save()
    outsider = MembershipFactory().user
    client.force_login(outsider)

    page = client.get(asked.discussion.target.get_url()).text

    assert "Une <em>idée</em> forte." in page
    assert "D’abord écrit" not in page
