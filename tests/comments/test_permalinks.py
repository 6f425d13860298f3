"""The permanent address of a comment always lands: on the right page, at the right place, whatever became of the comment."""

import re

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from comments import bulk, generation, services
from comments.models import ThreadComment
from comments.reading import PAGE_SIZE, key_of_page_with
from comments.states import Action, Status
from tests.comments.conftest import shown_ids
from tests.factories import TopicFactory, UserFactory


@pytest.mark.parametrize("position", [0, 10, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 20, -1])
def test_the_permanent_address_leads_to_the_page_that_holds_the_comment(client, crowd, position):
    comment = crowd(PAGE_SIZE * 2, depth=3)[position]

    redirected = client.get(f"/commentaires/{comment.pk}/")

    assert redirected.status_code == 302
    assert redirected.url.endswith(f"#c{comment.pk}")
    assert comment.pk in shown_ids(client.get(redirected.url))


def test_the_permanent_address_shows_the_thread_from_its_start(client, crowd):
    *_rest, root, first, _second, last = crowd(PAGE_SIZE * 2, depth=3)

    shown = shown_ids(client.get(f"/commentaires/{last.pk}/", follow=True))

    assert shown[:2] == [root.pk, first.pk]


def test_the_permanent_address_costs_the_same_in_any_discussion(crowd, django_assert_num_queries):
    comments = crowd(PAGE_SIZE + 10)

    for comment in (comments[0], comments[-1]):
        with django_assert_num_queries(1):
            key_of_page_with(comment)


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM])
def test_a_comment_that_was_never_public_has_no_permanent_address(client, say, reader, status):
    comment = say("Un secret", to=status)
    client.force_login(reader)

    assert client.get(f"/commentaires/{comment.pk}/").status_code == 404
    assert "secret" not in client.get(f"/commentaires/{comment.pk}/").text


def test_a_comment_of_a_space_one_cannot_read_has_no_permanent_address(client, member, reader, network):
    topic = TopicFactory(network=network)
    comment = services.post(services.discussion_of(topic), author=services.Author(user=member), text="Entre nous").comment

    client.force_login(reader)
    assert client.get(f"/commentaires/{comment.pk}/").status_code == 404
    client.force_login(member)
    assert client.get(f"/commentaires/{comment.pk}/").status_code == 302


def test_a_page_behind_a_password_opens_its_discussion_with_the_password(client, discussion, say):
    comment = say("Derrière la porte")
    article = discussion.target
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="password", password="sésame")
    assert client.get(f"/commentaires/{comment.pk}/").status_code == 404

    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{article.pk}/", {"password": "sésame", "return_url": article.get_url()}
    )

    assert client.get(f"/commentaires/{comment.pk}/").status_code == 302
    assert client.get(f"/discussions/{discussion.pk}/commenter/").status_code == 200
    assert "Derrière la porte" in client.get(article.get_url()).text


@pytest.mark.parametrize(("status", "sentence"), [(Status.HIDDEN, "masqué par la modération"), (Status.REMOVED, "supprimé par son auteur")])
def test_a_comment_that_is_shown_no_more_is_explained_at_its_place(client, say, status, sentence):
    before, gone, after = say("Avant"), say("Un secret", to=status), say("Après")

    redirected = client.get(f"/commentaires/{gone.pk}/")
    page = client.get(redirected.url)

    assert redirected.url.endswith(f"#c{gone.pk}")
    assert shown_ids(page) == [before.pk, gone.pk, after.pk]
    assert sentence in page.text
    assert "Un secret" not in page.text
    assert shown_ids(client.get(redirected.url.partition("?")[0])) == [before.pk, after.pk]


def test_a_comment_that_is_shown_no_more_is_explained_deep_in_a_discussion(client, crowd, say, discussion):
    crowd(PAGE_SIZE + 3)
    gone = say("Un secret", to=Status.HIDDEN)
    crowd(PAGE_SIZE + 3)

    page = client.get(f"/commentaires/{gone.pk}/", follow=True)

    assert gone.pk in shown_ids(page)


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM])
def test_nothing_is_said_of_what_was_never_public_whatever_the_address_asks(page_of, say, status):
    secret = say("Un secret", to=status)

    assert shown_ids(page_of(commentaire=secret.pk)) == []


def test_a_page_says_nothing_of_a_hidden_comment_of_another_discussion(page_of, say, member, network):
    topic = services.discussion_of(TopicFactory(network=network))
    hidden = services.post(topic, author=services.Author(user=member), text="Ailleurs", notify=False).comment
    services.moderate(hidden, Action.HIDE, by=UserFactory(is_superuser=True), reason="off_topic")

    assert shown_ids(page_of(commentaire=hidden.pk)) == []


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "\x00", "١"])
def test_nonsense_for_a_sought_comment_is_ignored(page_of, say, key):
    comment = say()

    assert shown_ids(page_of(commentaire=key)) == [comment.pk]


def test_an_edited_comment_keeps_its_address(client, say, discussion, reader):
    discussion.moderation = "after"
    discussion.save()
    comment = services.post(discussion, author=services.Author(user=reader), text="Avant", notify=False).comment
    services.edit(comment, by=reader, text="Après")

    page = client.get(f"/commentaires/{comment.pk}/", follow=True)

    assert shown_ids(page) == [comment.pk]
    assert "modifié" in page.text


def test_one_that_answers_a_hidden_comment_keeps_its_address(client, say):
    hidden = say("Un secret")
    reply = say("Une réponse", parent=hidden)
    services.moderate(hidden, Action.HIDE, by=UserFactory(is_superuser=True), reason="off_topic")

    assert shown_ids(client.get(f"/commentaires/{reply.pk}/", follow=True)) == [hidden.pk, reply.pk]
    assert shown_ids(client.get(f"/commentaires/{hidden.pk}/", follow=True)) == [hidden.pk, reply.pk]


def test_any_comment_of_a_large_discussion_is_found_in_the_same_queries(client, discussion, django_assert_num_queries):
    for drafts in generation.drafts(2_000, seed=3, until=timezone.now(), mixed=True):
        bulk.load(discussion, drafts)
    public = ThreadComment.objects.filter(discussion=discussion, status__in=[Status.PUBLISHED, Status.HIDDEN, Status.REMOVED])
    counts = set()
    client.get(discussion.target.get_url())

    for comment in [*public.order_by("path")[:500:50], *public.order_by("-path")[:500:50], *public.order_by("-depth", "-path")[:20]]:
        with django_assert_num_queries(100, exact=False) as asked:
            redirected = client.get(f"/commentaires/{comment.pk}/")
        counts.add(len(asked))
        page = client.get(redirected.url)
        assert comment.pk in shown_ids(page)
        assert re.search(rf'id="c{comment.pk}"', page.text)

    assert len(counts) == 1
