"""Writes at the same time, over real threads and connections of their own: none lost, none twice, all shown."""

import random
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from comments import services
from comments.models import Discussion, ThreadComment
from comments.services import Author, StaleDecision
from comments.states import Action, Moderation, Status
from tests.factories import UserFactory, published_article

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 8


@pytest.fixture
def discussion():
    discussion = services.discussion_of(published_article())
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.AFTER)
    return Discussion.objects.get(pk=discussion.pk)


@pytest.fixture
def writers():
    return [UserFactory() for _ in range(WORKERS)]


def together(act, arguments):
    """Call `act` with each argument in a thread and on a connection of its own; return the results in order."""

    def in_thread(argument):
        try:
            return act(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(in_thread, arguments))


def assert_all_stand(discussion, expected):
    """Every comment that was acknowledged is stored once, shown, counted and in its place."""
    discussion.refresh_from_db()
    comments = ThreadComment.objects.filter(discussion=discussion)
    assert comments.shown().count() == expected
    assert comments.values("path").distinct().count() == expected
    assert (discussion.published_count, discussion.sequence) == (expected, expected)
    call_command("check_threads", stdout=StringIO())


def test_replies_to_one_parent_all_stand(discussion, writers):
    parent = services.post(discussion, author=Author(user=writers[0]), text="Parent").comment

    def reply(argument):
        writer, number = argument
        return services.post(discussion, author=Author(user=writer), text=f"Réponse {number}", parent_id=parent.pk).comment.pk

    keys = together(reply, [(writer, number) for writer in writers for number in range(50)])

    assert len(set(keys)) == 400
    assert_all_stand(discussion, 401)
    parent.refresh_from_db()
    assert parent.published_descendants == 400


def test_replies_at_random_depth_of_one_thread_all_stand(discussion, writers):
    root = services.post(discussion, author=Author(user=writers[0]), text="Racine").comment
    known = [root.pk]

    def reply(argument):
        writer, number = argument
        chance = random.Random(number)
        stored = services.post(discussion, author=Author(user=writer), text=f"Réponse {number}", parent_id=chance.choice(known))
        known.append(stored.comment.pk)
        return stored.comment.pk

    keys = together(reply, [(writer, number + 1_000 * index) for index, writer in enumerate(writers) for number in range(40)])

    assert len(set(keys)) == 320
    assert_all_stand(discussion, 321)
    assert not ThreadComment.objects.exclude(root_id=root.pk).exists()


def test_one_text_sent_eight_times_at_once_is_one_comment(discussion, writers):
    def post(_):
        return services.post(discussion, author=Author(user=writers[0]), text="Une seule fois").comment.pk

    keys = together(post, range(WORKERS))

    assert len(set(keys)) == 1
    assert_all_stand(discussion, 1)


def test_of_two_moderators_deciding_at_once_the_second_is_told(discussion, writers, moderator, admin):
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.BEFORE)
    waiting = [services.post(discussion, author=Author(user=writers[0]), text=f"En attente {n}").comment for n in range(10)]

    def decide(argument):
        comment, by, action = argument
        try:
            services.moderate(comment, action, by=by, reason="off_topic", seen_status=Status.PENDING)
        except StaleDecision:
            return 0
        return 1

    decisions = [(comment, by, action) for comment in waiting for by, action in ((moderator, Action.APPROVE), (admin, Action.REJECT))]
    decided = together(decide, decisions)

    assert sum(decided) == 10
    discussion.refresh_from_db()
    assert discussion.pending_count == 0
    assert discussion.published_count == ThreadComment.objects.filter(status=Status.PUBLISHED).count()
    call_command("check_threads", stdout=StringIO())


def test_a_post_into_a_discussion_being_closed_is_stored_or_refused(discussion, writers):
    def act(number):
        if number == 20:
            closed = Discussion.objects.get(pk=discussion.pk)
            closed.mode = "read_only"
            services.configure(discussion, closed)
            return 0
        try:
            services.post(discussion, author=Author(user=writers[number % WORKERS]), text=f"Message {number}")
        except services.Refused:
            return 0
        return 1

    stored = sum(together(act, range(60)))

    assert_all_stand(discussion, stored)
    with pytest.raises(services.Refused):
        services.post(discussion, author=Author(user=writers[0]), text="Trop tard")
