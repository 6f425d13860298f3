"""Writes at the same time, over real threads and connections of their own: none lost, none twice, all shown."""

import itertools
import random
from collections import Counter

import pytest
from django_comments.models import CommentFlag
from wagtail.models import ModelLogEntry

from comments import services
from comments.models import Discussion, ThreadComment
from comments.services import Author, Posted, Refused, StaleDecision
from comments.services.highlighting import MAX_PINNED
from comments.states import Action, Mode, Moderation, Status
from networks import services as networks
from networks.states import Role
from search.models import Entry
from tests.comments.races import WORKERS, assert_sound, at_once, together
from tests.factories import MembershipFactory, TopicFactory, UserFactory, published_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def discussion():
    discussion = services.discussion_of(published_article())
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.AFTER)
    return Discussion.objects.get(pk=discussion.pk)


@pytest.fixture
def writers():
    return [UserFactory() for _ in range(WORKERS)]


@pytest.fixture
def waiting(discussion, writers):
    """`waiting()`: a new comment that waits for a moderator."""
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.BEFORE)
    numbers = itertools.count()
    return lambda: post(discussion, writers[0], f"En attente {next(numbers)}")().comment


def post(discussion, writer, text, *, parent=None):
    """An act for `at_once`, or to call."""
    return lambda: services.post(discussion, author=Author(user=writer), text=text, parent_id=parent and parent.pk)


def assert_all_stand(discussion, expected):
    """Every comment that was acknowledged is stored once, shown, counted and in its place."""
    discussion.refresh_from_db()
    comments = ThreadComment.objects.filter(discussion=discussion)
    assert comments.shown().count() == expected
    assert comments.values("path").distinct().count() == expected
    assert (discussion.published_count, discussion.sequence) == (expected, expected)
    assert_sound()


def test_replies_to_one_parent_all_stand(discussion, writers):
    parent = services.post(discussion, author=Author(user=writers[0]), text="Parent").comment

    def reply(argument):
        writer, number = argument
        return services.post(discussion, author=Author(user=writer), text=f"Réponse {number}", parent_id=parent.pk).comment.pk

    keys = together(reply, [(writer, number) for writer in writers for number in range(25)])

    assert len(set(keys)) == 200
    assert_all_stand(discussion, 201)
    parent.refresh_from_db()
    assert parent.published_descendants == 200


def test_replies_at_random_depth_of_one_thread_all_stand(discussion, writers):
    root = services.post(discussion, author=Author(user=writers[0]), text="Racine").comment
    known = [root.pk]

    def reply(argument):
        writer, number = argument
        chance = random.Random(number)
        stored = services.post(discussion, author=Author(user=writer), text=f"Réponse {number}", parent_id=chance.choice(known))
        known.append(stored.comment.pk)
        return stored.comment.pk

    keys = together(reply, [(writer, number + 1_000 * index) for index, writer in enumerate(writers) for number in range(20)])

    assert len(set(keys)) == 160
    assert_all_stand(discussion, 161)
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
    assert_sound()


def test_a_post_into_a_discussion_being_closed_is_stored_before_or_refused(discussion, writers, moderator):
    """The number of the newest comment when the discussion closes is the number of the newest comment for good."""

    def close():
        closed = Discussion.objects.get(pk=discussion.pk)
        closed.mode = Mode.READ_ONLY
        return services.configure(discussion, closed).sequence

    posts = [post(discussion, writer, f"Juste avant {n}") for n, writer in enumerate(writers[:6])]
    at_closing, *outcomes = at_once(close, *posts)

    stored = [outcome for outcome in outcomes if not isinstance(outcome, Refused)]
    assert at_closing == len(stored)
    assert_all_stand(discussion, len(stored))
    with pytest.raises(Refused):
        post(discussion, writers[0], "Trop tard")()


def test_a_post_into_a_topic_being_closed_is_stored_before_or_refused(writers):
    facilitator = MembershipFactory(role=Role.FACILITATOR)
    topic = TopicFactory(network=facilitator.network)
    for writer in writers:
        MembershipFactory(network=facilitator.network, user=writer)
    discussion = services.discussion_of(topic)

    def close():
        networks.close_topic(topic, by=facilitator.user)
        return Discussion.objects.get(pk=discussion.pk).sequence

    after_closing, *outcomes = at_once(close, *[post(discussion, writer, f"Juste avant {n}") for n, writer in enumerate(writers[:6])])

    assert after_closing == sum(not isinstance(outcome, Refused) for outcome in outcomes)
    assert_all_stand(discussion, after_closing)
    with pytest.raises(Refused):
        post(discussion, writers[0], "Trop tard")()


def test_a_post_of_somebody_being_removed_from_the_network_is_stored_or_refused(writers):
    facilitator = MembershipFactory(role=Role.FACILITATOR)
    members = [MembershipFactory(network=facilitator.network, user=writer) for writer in writers[:3]]
    discussion = services.discussion_of(TopicFactory(network=facilitator.network))

    outcomes = at_once(
        *[lambda member=member: networks.remove_member(member, by=facilitator.user) for member in members],
        *[post(discussion, member.user, "Encore un mot") for member in members],
    )

    assert_all_stand(discussion, sum(isinstance(outcome, Posted) for outcome in outcomes))
    for member in members:
        with pytest.raises(Refused):
            post(discussion, member.user, "Trop tard")()


def test_everything_at_once_loses_nothing_and_counts_nothing_twice(discussion, writers, moderator):
    """Eight people do fifty things each, all kinds, to the same few comments."""
    known = [post(discussion, writers[n % WORKERS], f"Début {n}")().comment for n in range(10)]
    begun = len(known)

    def act(argument):
        place, number = argument
        writer, chance = writers[place], random.Random(1_000 * place + number)
        target = chance.choice(known)
        author, words = target.user or writer, f"{place}-{number}"
        kinds = {
            "post": lambda: known.append(post(discussion, writer, words)().comment),
            "reply": lambda: known.append(post(discussion, writer, words, parent=target)().comment),
            "edit": lambda: services.edit(target, by=author, text=f"Mieux {words}"),
            "remove": lambda: services.remove(target, by=author),
            "decide": lambda: services.moderate(target, chance.choice([Action.HIDE, Action.RESTORE]), by=moderator, reason="off_topic"),
            "vote": lambda: services.mark_useful(target, by=writer, useful=chance.random() < 0.8),
            "pin": lambda: services.pin(target, by=moderator, pinned=chance.random() < 0.7),
        }
        kind = chance.choices(list(kinds), weights=[4, 4, 2, 1, 2, 4, 2])[0]
        return kind if was_done(kinds[kind]) else ""

    done = Counter(together(act, [(place, number) for number in range(50) for place in range(WORKERS)]))

    discussion.refresh_from_db()
    comments, acts = ThreadComment.objects.filter(discussion=discussion), acts_named("post", "remove", "hide", "restore")
    assert comments.count() == discussion.sequence == acts["post"] == begun + done["post"] + done["reply"]
    assert comments.filter(status=Status.REMOVED).count() == acts["remove"] == done["remove"]
    assert acts["hide"] + acts["restore"] == done["decide"]
    assert discussion.publications == acts["post"] + acts["restore"]
    assert comments.filter(pinned=True).count() <= MAX_PINNED
    assert all(done[kind] for kind in ("post", "reply", "edit", "remove", "decide", "vote", "pin"))
    assert_sound()


def was_done(act):
    try:
        act()
    except Refused:
        return False
    return True


def acts_named(*names):
    """How many audit rows each kind of act has left."""
    return {name: ModelLogEntry.objects.filter(action=f"comments.{name}").count() for name in names}


def test_of_two_moderators_who_decide_differently_one_is_told_how_it_stands(waiting, moderator, admin):
    for round_ in range(1, 6):
        comment = waiting()

        results = at_once(
            lambda comment=comment: services.moderate(comment, Action.APPROVE, by=moderator, seen_status=Status.PENDING),
            lambda comment=comment: services.moderate(comment, Action.REJECT, by=admin, reason="off_topic", seen_status=Status.PENDING),
        )

        comment.refresh_from_db()
        told = [result for result in results if isinstance(result, StaleDecision)]
        assert len(told) == 1
        assert told[0].comment.status == comment.status
        assert comment.get_status_display() in str(told[0])
        discussion = Discussion.objects.get(pk=comment.discussion_id)
        acts = acts_named("approve", "reject")
        assert (discussion.pending_count, discussion.published_count) == (0, acts["approve"])
        assert sum(acts.values()) == round_
    assert_sound()


def test_a_decision_about_many_and_one_about_one_of_them_decide_once_each(discussion, writers, moderator, admin):
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.BEFORE)
    waiting = [post(discussion, writers[n % WORKERS], f"En attente {n}")().comment for n in range(12)]

    def approve_all():
        return sum(was_done(lambda each=each: services.moderate(each, Action.APPROVE, by=moderator)) for each in waiting)

    def reject_some():
        return sum(was_done(lambda each=each: services.moderate(each, Action.REJECT, by=admin, reason="abuse")) for each in waiting[::-1])

    assert sum(at_once(approve_all, reject_some)) == len(waiting)
    discussion.refresh_from_db()
    assert discussion.pending_count == 0
    assert sum(acts_named("approve", "reject").values()) == len(waiting)
    assert_sound()


def test_words_are_not_changed_under_a_reply(discussion, writers):
    for round_ in range(3):
        comment = post(discussion, writers[0], f"Tel quel {round_}")().comment

        edited, replied = at_once(
            lambda comment=comment: services.edit(comment, by=writers[0], text="Autrement"),
            post(discussion, writers[1], "D’accord", parent=comment),
        )

        comment.refresh_from_db()
        changed = ModelLogEntry.objects.filter(action="comments.edit", object_id=str(comment.pk)).values_list("pk", flat=True)
        answered = ModelLogEntry.objects.get(action="comments.post", object_id=str(replied.comment.pk)).pk
        assert isinstance(edited, Refused) == (comment.comment == f"Tel quel {round_}") == (not changed)
        assert all(key < answered for key in changed)
    assert_sound()


def test_words_are_not_changed_under_a_moderator(waiting, moderator):
    """What the moderator let pass is what stands: the edit came before, and is what was published, or was refused."""
    for _ in range(3):
        comment = waiting()

        edited, approved = at_once(
            lambda comment=comment: services.edit(comment, by=comment.user, text=f"Autrement {comment.pk}"),
            lambda comment=comment: services.moderate(comment, Action.APPROVE, by=moderator),
        )

        before = comment.comment
        comment.refresh_from_db()
        assert comment.status == Status.PUBLISHED
        assert approved.comment == comment.comment == (before if isinstance(edited, Refused) else f"Autrement {comment.pk}")
        assert Entry.objects.get(comment=comment).text == comment.comment


def test_a_reply_to_a_comment_being_removed_stands_under_a_tombstone_or_is_refused(discussion, writers):
    for round_ in range(3):
        comment = post(discussion, writers[0], f"Je me retire {round_}")().comment

        _, replied = at_once(
            lambda comment=comment: services.remove(comment, by=writers[0]), post(discussion, writers[1], "Reste", parent=comment)
        )

        comment.refresh_from_db()
        assert (comment.status, comment.comment) == (Status.REMOVED, "")
        assert comment.shown == (not isinstance(replied, Refused)) == bool(comment.published_descendants)
    assert_sound()


def test_a_vote_from_three_tabs_is_one_vote(discussion, writers):
    comment = post(discussion, writers[0], "Utile")().comment

    at_once(*[lambda: services.mark_useful(comment, by=writers[1])] * 3, lambda: services.mark_useful(comment, by=writers[2]))
    comment.refresh_from_db()
    assert comment.useful_count == CommentFlag.objects.filter(comment=comment).count() == 2

    at_once(*[lambda: services.mark_useful(comment, by=writers[1], useful=False)] * 3)
    comment.refresh_from_db()
    assert comment.useful_count == 1
    assert_sound()


def test_no_more_are_pinned_than_may_be_from_however_many_tabs(discussion, writers, moderator):
    comments = [post(discussion, writers[n], f"Important {n}")().comment for n in range(5)]

    outcomes = at_once(*[lambda each=each: services.pin(each, by=moderator) for each in comments])

    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 2
    assert ThreadComment.objects.filter(pinned=True).count() == MAX_PINNED
    assert_sound()


@pytest.mark.parametrize("moderation", Moderation)
def test_a_link_followed_twice_at_once_confirms_once(discussion, moderation):
    Discussion.objects.filter(pk=discussion.pk).update(moderation=moderation)
    comment = services.post(discussion, author=Author(name="Ève", email="eve@example.org"), text="D’une invitée").comment

    outcomes = at_once(*[lambda: services.prove_email(comment)] * 3)

    assert sum(isinstance(outcome, StaleDecision) for outcome in outcomes) == 2
    discussion.refresh_from_db()
    assert discussion.pending_count + discussion.published_count == 1
    assert_sound()


def test_a_change_and_a_reply_at_once_leave_the_reply_under_the_words_it_answers(discussion, writers):
    author, others = writers[0], writers[1:]
    comments = [services.post(discussion, author=Author(user=author), text=f"Avis {n}").comment for n in range(20)]

    def act(argument):
        comment, by = argument
        try:
            if by == author:
                return services.edit(comment, by=by, text=f"{comment.comment}, autrement").edited_at
            return services.post(discussion, author=Author(user=by), text="D’accord", parent_id=comment.pk).comment.submit_date
        except services.Refused:
            return None

    acts = [(comment, by) for comment in comments for by in random.sample([author, others[0]], 2)]
    moments = dict(zip([(comment.pk, by.pk) for comment, by in acts], together(act, acts), strict=True))

    for comment in ThreadComment.objects.filter(depth=0):
        changed, answered = moments[comment.pk, author.pk], moments[comment.pk, others[0].pk]
        assert comment.edited_at == changed
        assert comment.revisions.count() == (changed is not None)
        assert changed is None or changed < answered
    assert_all_stand(discussion, 40)


def test_a_decision_and_a_change_at_once_never_publish_words_unread(discussion, writers, moderator):
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.BEFORE)
    waiting = [services.post(discussion, author=Author(user=writers[0]), text=f"Avis {n}").comment for n in range(20)]

    def act(argument):
        comment, decides = argument
        try:
            if decides:
                services.moderate(comment, Action.APPROVE, by=moderator, seen_status=comment.standing)
            else:
                services.edit(comment, by=writers[0], text=f"{comment.comment}, autrement")
        except services.Refused:
            return 0
        return 1

    acts = [(comment, decides) for comment in waiting for decides in random.sample([True, False], 2)]
    done = together(act, acts)

    for comment in waiting:
        assert sum(outcome for (acted_on, _), outcome in zip(acts, done, strict=True) if acted_on == comment) == 1
    assert not ThreadComment.objects.filter(status=Status.PUBLISHED).exclude(edited_at=None).exists()
