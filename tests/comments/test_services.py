"""Writing comments: what is stored, what is counted, what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import paths, services
from comments.models import Discussion, ThreadComment
from comments.services import Author, Refused, StaleDecision
from comments.states import Action, Mode, Moderation, Posters, Status
from tests.factories import TopicFactory, UserFactory, published_article


@pytest.fixture
def discussion(db):
    return services.discussion_of(published_article())


@pytest.fixture
def approve(discussion, moderator):
    return lambda comment: services.moderate(comment, Action.APPROVE, by=moderator)


def test_a_readers_comment_waits_for_a_moderator(discussion, reader):
    posted = services.post(discussion, author=Author(user=reader), text="Bonjour **à tous**")

    discussion.refresh_from_db()
    assert posted.created
    assert posted.comment.status == Status.PENDING
    assert posted.comment.html == "<p>Bonjour <strong>à tous</strong></p>\n"
    assert (discussion.sequence, discussion.pending_count, discussion.published_count) == (1, 1, 0)


def test_a_guests_comment_is_stored_before_the_address_is_proven(discussion, moderator):
    guest = Author(name="Ève", email="eve@example.org")
    comment = services.post(discussion, author=guest, text="Bonjour").comment

    assert comment.status == Status.AWAITING_EMAIL
    assert services.prove_email(comment).status == Status.PENDING
    with pytest.raises(StaleDecision):
        services.prove_email(comment)


def test_replies_follow_their_parent_whatever_the_order_of_arrival(discussion, reader, approve):
    def add(text, parent=None):
        comment = services.post(discussion, author=Author(user=reader), text=text, parent_id=parent and parent.pk).comment
        return approve(comment)

    first = add("1")
    second = add("2")
    add("1.1", first)
    add("2.1", second)
    deep = add("1.2", first)
    add("1.2.1", deep)

    shown = ThreadComment.objects.filter(discussion=discussion).order_by("path").values_list("comment", flat=True)
    assert list(shown) == ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]
    first.refresh_from_db()
    assert first.published_descendants == 3


def test_a_double_submit_is_one_comment(discussion, reader):
    first = services.post(discussion, author=Author(user=reader), text="Une seule fois")
    second = services.post(discussion, author=Author(user=reader), text="Une seule fois")

    assert second.comment.pk == first.comment.pk
    assert not second.created
    assert ThreadComment.objects.count() == 1


@pytest.mark.parametrize("meanwhile", ["the parent is hidden", "the discussion is closed"])
def test_a_reply_sent_again_is_found_whatever_happened_meanwhile(discussion, reader, moderator, approve, meanwhile):
    parent = approve(services.post(discussion, author=Author(user=UserFactory()), text="Parent").comment)
    first = services.post(discussion, author=Author(user=reader), text="Réponse", parent_id=parent.pk)
    if meanwhile == "the parent is hidden":
        services.moderate(parent, Action.HIDE, by=moderator, reason="off_topic")
    else:
        Discussion.objects.filter(pk=discussion.pk).update(mode=Mode.READ_ONLY)

    again = services.post(discussion, author=Author(user=reader), text="Réponse", parent_id=parent.pk)

    assert (again.comment.pk, again.created) == (first.comment.pk, False)
    with pytest.raises(Refused):
        services.post(discussion, author=Author(user=reader), text="Autre réponse", parent_id=parent.pk)


@pytest.mark.parametrize("meanwhile", ["the discussion is closed", "only members take part", "the parent is hidden"])
def test_a_text_sent_again_is_published_only_where_it_may_be(discussion, moderator, approve, meanwhile):
    discussion.moderation = Moderation.AFTER
    discussion.save()
    parent = services.post(discussion, author=Author(user=UserFactory()), text="Parent").comment
    guest = {"name": "Ève", "email": "eve@example.org"}
    waits = services.post(discussion, author=Author(**guest), text="Réponse", parent_id=parent.pk).comment
    if meanwhile == "the parent is hidden":
        services.moderate(parent, Action.HIDE, by=moderator, reason="off_topic")
    elif meanwhile == "the discussion is closed":
        Discussion.objects.filter(pk=discussion.pk).update(mode=Mode.READ_ONLY)
    else:
        Discussion.objects.filter(pk=discussion.pk).update(posters=Posters.MEMBERS)

    again = services.post(discussion, author=Author(**guest, proven=True), text="Réponse", parent_id=parent.pk)

    assert (again.comment.pk, again.created, again.comment.status) == (waits.pk, False, Status.AWAITING_EMAIL)


@pytest.fixture
def deepest(discussion):
    """A comment as deep as comments may lie, and the one above it."""
    comment = above = None
    for number in range(paths.MAX_DEPTH + 1):
        above, comment = (
            comment,
            services.add_as_found(
                discussion,
                author=Author(name="Ève", email="eve@example.org"),
                text=f"Au fond {number}",
                parent_id=comment and comment.pk,
                status=Status.PUBLISHED,
                submitted_at=timezone.now(),
            ),
        )
    return above, comment


def test_at_the_deepest_what_is_answered_must_be_there_and_the_one_above_need_not(discussion, deepest, reader, moderator):
    above, comment = deepest
    services.moderate(above, Action.HIDE, by=moderator, reason="off_topic")

    reply = services.post(discussion, author=Author(user=reader), text="Réponse", parent_id=comment.pk).comment
    assert reply.parent_id == above.pk

    services.moderate(comment, Action.HIDE, by=moderator, reason="off_topic")
    with pytest.raises(Refused):
        services.post(discussion, author=Author(user=reader), text="Autre réponse", parent_id=comment.pk)


def test_hiding_a_parent_leaves_its_replies_under_a_tombstone(discussion, reader, moderator, approve):
    parent = approve(services.post(discussion, author=Author(user=reader), text="Parent").comment)
    reply = approve(services.post(discussion, author=Author(user=reader), text="Réponse", parent_id=parent.pk).comment)

    hidden = services.moderate(parent, Action.HIDE, by=moderator, reason="off_topic")

    reply.refresh_from_db()
    assert (hidden.status, hidden.shown) == (Status.HIDDEN, True)
    assert reply.status == Status.PUBLISHED
    services.moderate(reply, Action.HIDE, by=moderator, reason="off_topic")
    hidden.refresh_from_db()
    assert not hidden.shown


def test_a_reply_to_another_discussion_is_refused(discussion, reader, approve):
    foreign = approve(
        services.post(services.discussion_of(published_article("Autre")), author=Author(user=reader), text="Ailleurs").comment
    )

    with pytest.raises(Refused):
        services.post(discussion, author=Author(user=reader), text="Réponse", parent_id=foreign.pk)
    assert Discussion.objects.get(pk=discussion.pk).sequence == 0


def test_a_topics_discussion_is_its_networks(reader):
    topic = TopicFactory()

    discussion = Discussion.objects.for_target(topic).get()

    assert discussion.network == topic.network
    with pytest.raises(Refused):
        services.post(discussion, author=Author(user=reader), text="Je ne suis pas membre")


def test_looking_for_a_double_submit_walks_no_whole_discussion(discussion, reader):
    with CaptureQueriesContext(connection) as captured:
        services.post(discussion, author=Author(user=reader), text="Une fois")

    (lookup,) = [query["sql"] for query in captured if "fingerprint" in query["sql"] and query["sql"].startswith("SELECT")]
    assert "ORDER BY" not in lookup
