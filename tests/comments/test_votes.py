"""The vote that says “useful”: one for each person, taken back as easily as given, never for one's own words."""

import re

import pytest

from comments import integrity, services
from comments.models import Discussion, ThreadComment
from comments.services import Refused
from comments.states import Mode, Status
from tests.factories import TopicFactory, UserFactory


@pytest.fixture
def vote(client):
    """`vote(comment, useful="1")`: what the button sends."""

    def vote(comment, useful="1", **headers):
        return client.post(f"/commentaires/{comment.pk}/utile/", {"useful": useful, "next": "/guide/?tri=utiles"}, headers=headers)

    return vote


def votes_of(comment):
    return ThreadComment.objects.get(pk=comment.pk).useful_count


def test_a_vote_is_counted_once_and_taken_back(say, reader, member):
    comment = say()

    for _again in range(2):
        services.mark_useful(comment, by=reader)
    services.mark_useful(comment, by=member)
    assert votes_of(comment) == 2

    for _again in range(2):
        services.mark_useful(comment, by=reader, useful=False)
    assert votes_of(comment) == 1


def test_a_vote_is_a_change_that_readers_see(discussion, say, reader):
    comment = say()
    before = Discussion.objects.get().version

    services.mark_useful(comment, by=reader)

    assert Discussion.objects.get().version == before + 1


@pytest.mark.parametrize("status", [Status.PENDING, Status.HIDDEN, Status.REMOVED, Status.REJECTED, Status.SPAM])
def test_a_vote_for_what_is_not_published_is_refused(say, reader, status):
    comment = say(to=status)

    with pytest.raises(Refused):
        services.mark_useful(comment, by=reader)
    assert votes_of(comment) == 0


def test_a_vote_for_ones_own_comment_is_refused(say, reader):
    with pytest.raises(Refused):
        services.mark_useful(say(by=reader), by=reader)


def test_a_vote_in_a_closed_discussion_is_refused(say, reader):
    comment = say()
    Discussion.objects.update(mode=Mode.READ_ONLY)

    with pytest.raises(Refused):
        services.mark_useful(comment, by=reader)


def test_a_vote_from_a_closed_account_is_refused(say, reader):
    comment = say()
    reader.is_active = False

    with pytest.raises(Refused):
        services.mark_useful(comment, by=reader)


def test_removing_a_comment_takes_its_votes_along(say, reader, member):
    comment = say(by=member)
    services.mark_useful(comment, by=reader)

    services.remove(comment, by=member)

    assert votes_of(comment) == 0


def test_the_button_votes_and_leads_back_to_the_comment_on_the_same_page(client, vote, say, reader):
    comment = say()
    client.force_login(reader)

    answer = vote(comment)

    assert (answer.status_code, answer.url) == (302, f"/guide/?tri=utiles#c{comment.pk}")
    assert votes_of(comment) == 1
    assert vote(comment, "0").status_code == 302
    assert votes_of(comment) == 0


def test_the_button_never_leads_to_another_site(client, say, reader):
    comment = say()
    client.force_login(reader)

    for address in ["https://example.com/", "//example.com/", "javascript:alert(1)", ""]:
        answer = client.post(f"/commentaires/{comment.pk}/utile/", {"useful": "1", "next": address})
        assert answer.url == f"/commentaires/{comment.pk}/"


def test_in_place_the_button_comes_back_as_it_stands(client, vote, say, reader):
    comment = say()
    client.force_login(reader)

    given = vote(comment, HX_Request="true").text
    assert f'id="utile-{comment.pk}"' in given
    assert 'value="0" aria-pressed="true"' in given
    assert ">1</b>" in given

    taken = vote(comment, "0", HX_Request="true").text
    assert 'value="1" aria-pressed="false"' in taken
    assert "</b>" not in taken


def test_a_second_tab_that_asks_for_the_same_changes_nothing(client, vote, say, reader):
    comment = say()
    client.force_login(reader)

    vote(comment)
    vote(comment)

    assert votes_of(comment) == 1


def test_a_refused_vote_says_why_with_and_without_htmx(client, vote, say, reader):
    comment = say(by=reader)
    client.force_login(reader)

    in_place = vote(comment, HX_Request="true")
    assert "Vous ne pouvez pas voter" in in_place.text
    assert 'role="alert"' in in_place.text
    vote(comment)
    assert "Vous ne pouvez pas voter" in client.get(comment.discussion.target.get_url()).text


def test_visitors_are_led_to_sign_in(client, vote, say):
    comment = say()

    assert vote(comment).url.startswith("/compte/login/?next=")
    assert vote(comment, HX_Request="true").headers["HX-Redirect"].startswith("/compte/login/?next=")
    assert votes_of(comment) == 0


def test_a_vote_is_not_cast_by_following_a_link(client, say, reader):
    client.force_login(reader)

    assert client.get(f"/commentaires/{say().pk}/utile/").status_code == 405


def test_a_comment_of_a_space_one_cannot_read_takes_no_vote(client, vote, member, reader, network):
    topic = services.discussion_of(TopicFactory(network=network))
    comment = services.post(topic, author=services.Author(user=member), text="Entre nous").comment
    client.force_login(reader)

    assert vote(comment).status_code == 404
    assert votes_of(comment) == 0


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM])
def test_a_comment_that_was_never_public_answers_as_none(client, vote, say, reader, status):
    comment = say(to=status)
    client.force_login(reader)

    assert vote(comment).status_code == 404


def test_each_person_sees_their_own_votes_and_the_number_of_all(page_of, say, reader, member):
    comment, own = say(), say(by=member)
    services.mark_useful(comment, by=reader)

    assert f'id="utile-{comment.pk}"' in page_of(reader).text
    assert pressed(page_of(reader), comment) == "true"
    assert pressed(page_of(member), comment) == "false"
    assert f'id="utile-{own.pk}"' not in page_of(member).text
    visitor = page_of().text
    assert "aria-pressed" not in visitor.split('id="commentaires"')[1]
    assert f"next=/commentaires/{comment.pk}/" in visitor
    assert "1 personne le dit" in visitor


def test_where_nobody_votes_any_more_the_count_stays(page_of, say, reader, member):
    comment = say()
    services.mark_useful(comment, by=reader)
    Discussion.objects.update(mode=Mode.READ_ONLY)

    for user in (None, member):
        text = page_of(user).text
        assert f'id="utile-{comment.pk}"' not in text
        assert "1 personne le dit" in text


def pressed(response, comment):
    return re.search(rf'id="utile-{comment.pk}"[^>]* aria-pressed="(\w+)"', response.text)[1]


@pytest.mark.parametrize("mode", [Mode.OPEN, Mode.READ_ONLY])
def test_who_leaves_the_site_takes_their_votes_along(discussion, say, reader, mode):
    comment = say("Avis")
    services.mark_useful(comment, by=reader)
    services.mark_useful(comment, by=UserFactory())
    discussion.mode = mode
    version = services.configure(discussion, discussion).version

    reader.delete()

    comment.refresh_from_db()
    discussion.refresh_from_db()
    assert comment.useful_count == 1
    assert discussion.version > version
    assert list(integrity.check()) == []


@pytest.mark.parametrize("page", ["nulle-part", "?tri=utiles", "https://example.org/"])
def test_a_page_that_is_none_of_ours_leads_to_the_comment(client, say, reader, page):
    comment = say("Avis")
    client.force_login(reader)

    answer = client.post(f"/commentaires/{comment.pk}/utile/", {"useful": "1", "next": page})

    assert answer.url == comment.get_absolute_url()
