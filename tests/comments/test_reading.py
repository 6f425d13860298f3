"""A discussion as its readers see it: what is on a page, in what order, and what never is."""

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from comments import services
from comments.models import Discussion, PageDiscussionSettings, ThreadComment
from comments.reading import PAGE_SIZE, read_page
from comments.states import Mode, Posters, Status
from comments.visitors import pages
from tests.comments.conftest import shown_ids
from tests.factories import MembershipFactory, NetworkFactory, published_article


def test_an_article_without_comment_invites_to_write_one(page_of):
    response = page_of()

    assert 'id="commentaires"' in response.text
    assert "Soyez la première personne" in response.text
    assert "Laisser un commentaire" in response.text


def test_a_page_never_opens_its_discussion_by_being_read(client, discussion):
    target = discussion.target
    discussion.delete()

    response = client.get(target.get_url())

    assert 'action="/discussions/commenter/"' in response.text
    assert not Discussion.objects.exists()


def test_a_comment_shows_author_date_permalink_and_reply(page_of, say, network):
    author = MembershipFactory(network=network, user__display_name="Camille").user
    comment = say("Très **utile**", by=author, network=network)

    text = page_of().text

    for expected in [
        "Camille",
        "Ludo",
        "<time",
        f'href="/commentaires/{comment.pk}/"',
        "Très <strong>utile</strong>",
        f"reply_to={comment.pk}",
    ]:
        assert expected in text


@pytest.mark.parametrize("who", [None, "reader", "moderator"])
def test_the_number_of_queries_does_not_grow_with_the_comments(page_of, say, django_assert_num_queries, request, who, network):
    user = request.getfixturevalue(who) if who else None
    first = say("Premier", network=network)
    page_of(user)
    pages.forget_all()
    with django_assert_num_queries(100, exact=False) as few:
        page_of(user)

    parent = first
    for number in range(30):
        parent = say(f"Avis {number}", parent=parent if number % 3 else None, network=NetworkFactory())
    pages.forget_all()
    with django_assert_num_queries(100, exact=False) as many:
        response = page_of(user)

    assert len(shown_ids(response)) == 31
    assert len(many) == len(few)


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM, Status.HIDDEN, Status.REMOVED])
def test_what_is_not_published_is_in_no_page(page_of, say, reader, moderator, status):
    say("Un secret bien gardé", to=status)

    for user in (None, reader, moderator):
        assert "secret bien gardé" not in page_of(user).text


@pytest.mark.parametrize(("status", "sentence"), [(Status.HIDDEN, "masqué"), (Status.REMOVED, "supprimé")])
def test_a_tombstone_keeps_the_replies_and_says_nothing_else(page_of, say, status, sentence):
    author = MembershipFactory(user__display_name="Nom à taire").user
    parent = say("Des mots à taire", by=author)
    reply = say("Une réponse", parent=parent)
    if status == Status.REMOVED:
        services.remove(parent, by=author)
    else:
        services.moderate(parent, "hide", by=MembershipFactory(user__is_superuser=True).user, reason="off_topic")

    response = page_of()

    assert shown_ids(response) == [parent.pk, reply.pk]
    assert f"Ce commentaire a été {sentence}" in response.text
    assert "à taire" not in response.text


def test_only_its_author_sees_a_pending_comment_at_its_place(page_of, say, reader, member):
    parent = say("Parent")
    say("Un autre")
    mine = say("J’attends", parent=parent, by=reader, to=Status.PENDING)

    assert shown_ids(page_of(reader))[1] == mine.pk
    assert "en attente de modération" in page_of(reader).text
    assert "J’attends" not in page_of(member).text
    assert "J’attends" not in page_of().text


def test_the_badge_of_a_secret_network_is_shown_to_its_members_only(page_of, say, other_network, other_moderator, reader):
    say("Un avis", by=other_moderator, network=other_network)

    assert "Jardins" in page_of(other_moderator).text
    assert "Jardins" not in page_of(reader).text
    assert "Jardins" not in page_of().text


def test_pages_follow_each_other_by_key_and_back(page_of, crowd):
    comments = [comment.pk for comment in crowd(PAGE_SIZE * 2 + 5)]

    first = page_of()
    key = re.search(r'after=(\w+)#commentaires" rel="next"', first.text)[1]
    second = page_of(after=key)
    third = page_of(after=re.search(r'after=(\w+)#commentaires" rel="next"', second.text)[1])
    back = page_of(before=re.search(r'before=(\w+)#commentaires" rel="prev"', third.text)[1])

    assert [*shown_ids(first), *shown_ids(second), *shown_ids(third)] == comments
    assert shown_ids(back) == shown_ids(second)
    assert 'rel="prev"' not in first.text.split('id="commentaires"')[1]
    assert 'rel="next"' not in third.text.split('id="commentaires"')[1]


@pytest.mark.parametrize("key", ["", "nonsense", "0", "'; DROP TABLE", "00001" * 60, "\x00", "é", "zzzzz", "-1"])
@pytest.mark.parametrize("name", ["after", "before"])
def test_nonsense_for_a_key_gives_the_first_page(page_of, say, name, key):
    comment = say()

    response = page_of(**{name: key})

    assert response.status_code == 200
    assert shown_ids(response) == [comment.pk]


def test_a_key_past_the_end_gives_the_first_page(page_of, say):
    comment = say()

    assert shown_ids(page_of(after="YZZZZ")) == [comment.pk]


def test_a_page_that_begins_in_a_thread_says_which(page_of, crowd, discussion):
    comments = crowd(PAGE_SIZE - 2, depth=4)
    key = ThreadComment.objects.order_by("path")[PAGE_SIZE - 1].path

    response = page_of(after=key)

    assert shown_ids(response) == [comment.pk for comment in comments[PAGE_SIZE:]]
    assert "Suite du fil, en réponse à" in response.text
    assert comments[PAGE_SIZE - 1].user.display_name in response.text


def test_replies_nest_as_lists_down_to_a_level_and_then_say_whom_they_answer(discussion, crowd, reader):
    comments = crowd(1, depth=8)

    rows = read_page(discussion, reader).rows

    assert [row.level for row in rows] == [0, 1, 2, 3, 4, 4, 4, 4, 4]
    assert [row.answers for row in rows[:5]] == [""] * 5
    assert [row.answers for row in rows[5:]] == [f"en réponse à {comment.user.display_name}" for comment in comments[4:8]]
    assert sum(row.opens for row in rows) == sum(row.closes.count("</details>") for row in rows) == 4


def test_a_hidden_discussion_leaves_nothing_on_its_page(page_of, discussion, say):
    say("Un avis")
    Discussion.objects.update(mode=Mode.HIDDEN)

    text = page_of().text

    assert 'id="commentaires"' not in text
    assert "Un avis" not in text


def test_a_closed_discussion_says_since_when_and_offers_no_form(page_of, discussion, say):
    say("Un avis")
    Discussion.objects.update(closes_at=timezone.now() - timedelta(days=1))

    text = page_of().text

    assert "Cette discussion est close depuis le" in text
    assert "Un avis" in text
    assert "<textarea" not in text
    assert "reply_to" not in text


def test_a_discussion_for_accounts_invites_to_sign_in_and_come_back(page_of, discussion):
    Discussion.objects.update(posters=Posters.ACCOUNTS)

    text = page_of().text

    assert "Connectez-vous pour participer" in text
    assert f"next={discussion.target.get_url()}%23commentaires" in text
    assert "<textarea" not in text


def test_publishing_a_page_applies_what_its_editor_decided(client, discussion):
    article = discussion.target
    article.discussion_settings = [PageDiscussionSettings(invitation="Qu’en pensez-vous ?", posters=Posters.EVERYONE)]
    article.save_revision().publish()

    assert "Qu’en pensez-vous ?" in client.get(article.get_url()).text


def test_counts_come_from_the_counters_in_one_query(discussion, say, django_assert_num_queries):
    say("Un")
    say("Deux")
    articles = [discussion.target, published_article("Autre")]
    template = Template(
        "{% load comments_tags %}{% comment_counts articles as counts %}{% for a in articles %}{{ counts|for_object:a }} {% endfor %}"
    )

    with django_assert_num_queries(1):
        text = template.render(Context({"articles": articles}))

    assert text.split() == ["2", "0"]
    assert Template("{% load comments_tags %}{% comment_count a %}").render(Context({"a": discussion.target})) == "2"


def test_the_tag_writes_nothing_without_a_request_or_for_a_model_that_carries_no_discussion(rf, reader, discussion):
    template = Template("{% load comments_tags %}{% discussion obj %}")
    request = rf.get("/")
    request.user = reader

    assert template.render(Context({"obj": reader, "request": request})) == ""
    assert template.render(Context({"obj": discussion.target})) == ""
