"""Moderators, readers and authors who act at the same moment: one wins, the others are told, and every count holds."""

import pytest

from comments import services
from comments.models import Appeal, AuthorStanding, Claim, Discussion, Report, Sanction, SanctionKind, Statement, ThreadComment
from comments.services import Author, Refused, Reporter, StaleDecision, Taken, locking, sanctions
from comments.states import Action, Moderation, Outcome, ReportKind, Status, Verdict
from tests.comments.races import assert_sound, at_once, meanwhile, together
from tests.factories import TopicFactory, UserFactory, published_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def discussion(db):
    discussion = services.discussion_of(published_article())
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.AFTER)
    return Discussion.objects.get(pk=discussion.pk)


@pytest.fixture
def post(discussion):
    writer = UserFactory()

    def _post(text, on=discussion, by=writer):
        return services.post(on, author=Author(user=by), text=text, notify=False).comment

    return _post


def refusals(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Refused)]


def test_of_two_who_take_a_comment_on_one_has_it(post, moderator, admin):
    comment = post("Un avis")

    outcomes = at_once(*(lambda by=by: services.claim(comment, by=by) for by in (moderator, admin)))

    assert [type(refusal) for refusal in refusals(outcomes)] == [Taken]
    assert Claim.objects.count() == 1


def test_what_one_works_on_is_not_decided_by_another(post, moderator, admin):
    comments = [post(f"Avis {number}") for number in range(6)]

    def act(argument):
        comment, by = argument
        try:
            services.claim(comment, by=by)
            services.moderate(comment, Action.HIDE, by=by, reason="abuse")
        except Refused:
            return 0
        return 1

    done = together(act, [(comment, by) for comment in comments for by in (moderator, admin)])

    assert sum(done) == 6
    assert Statement.objects.filter(restriction="hide").count() == 6
    assert_sound()


def test_reports_of_many_at_once_are_all_counted_and_hold_once(network, member):
    discussion = services.discussion_of(TopicFactory(network=network))
    comment = services.post(discussion, author=Author(user=member), text="Entre nous", notify=False).comment

    together(
        lambda number: services.report(comment, by=Reporter(f"user:{number % 8}"), kind=ReportKind.ABUSE, words=str(number)), range(24)
    )

    comment.refresh_from_db()
    assert (comment.status, comment.open_reports, Report.objects.count()) == (Status.PENDING, 8, 8)
    assert Statement.objects.filter(automated=True).count() == 1
    assert_sound()


def test_a_report_and_a_decision_at_once_leave_no_report_without_an_answer(post, moderator):
    comments = [post(f"Avis {number}") for number in range(5)]

    for number, comment in enumerate(comments):
        at_once(
            lambda comment=comment: services.moderate(comment, Action.HIDE, by=moderator, reason="abuse"),
            lambda comment=comment, number=number: services.report(comment, by=Reporter(f"visitor:{number}"), kind=ReportKind.SPAM),
        )

    assert not Report.objects.filter(verdict=Verdict.OPEN, comment__status=Status.HIDDEN).exists()
    assert_sound()


def test_undoing_and_deciding_at_once_leave_one_restriction_or_none(post, moderator, admin):
    for number in range(5):
        comment = services.moderate(post(f"Avis {number}"), Action.HIDE, by=moderator, reason="abuse")
        at_once(
            lambda comment=comment: services.undo(comment, by=moderator),
            lambda comment=comment: services.moderate(comment, Action.REPHRASE, by=admin, reason="abuse"),
        )
        comment.refresh_from_db()
        in_effect = Statement.objects.in_effect_on(comment).count()
        assert in_effect == (comment.status != Status.PUBLISHED)
    assert_sound()


def test_two_who_decide_an_appeal_decide_it_once(post, moderator, admin):
    comment = services.moderate(post("Un avis"), Action.HIDE, by=UserFactory(is_superuser=True), reason="abuse")
    appeal = services.appeal(Statement.objects.get(), text="Non")

    outcomes = at_once(
        lambda: services.decide_appeal(appeal, overturn=True, by=moderator, words="Oui"),
        lambda: services.decide_appeal(appeal, overturn=False, by=admin, words="Non"),
    )

    comment.refresh_from_db()
    appeal.refresh_from_db()
    assert len(refusals(outcomes)) == 1
    assert (comment.status == Status.PUBLISHED) == (appeal.outcome == Outcome.OVERTURNED)


def test_one_appeal_sent_in_two_tabs_is_one(post, moderator):
    services.moderate(post("Un avis"), Action.HIDE, by=moderator, reason="abuse")
    statement = Statement.objects.get()

    at_once(*(lambda text=text: services.appeal(statement, text=text) for text in ("Premier onglet", "Second onglet")))

    assert Appeal.objects.count() == 1


def test_new_words_sent_in_two_tabs_come_back_once(post, moderator):
    comment = services.moderate(post("Un avis"), Action.REPHRASE, by=moderator, reason="abuse")

    outcomes = at_once(*(lambda text=text: services.rephrase(comment, text=text) for text in ("Mieux", "Encore mieux")))

    assert len(refusals(outcomes)) == 1
    assert comment.revisions.count() == 1
    assert_sound()


def test_a_ban_and_posts_at_once_leave_nothing_written_after_it(post, discussion, moderator):
    author = UserFactory()
    first = post("Un avis", by=author)

    at_once(
        lambda: services.sanction(first, SanctionKind.BAN, by=moderator, reason="abuse"),
        *(lambda number=number: post(f"Suite {number}", by=author) for number in range(5)),
    )

    assert Sanction.objects.count() == 1
    with pytest.raises(Refused):
        post("Après", by=author)
    assert_sound()


def test_threads_moved_both_ways_while_people_write_keep_every_tree(post, discussion, moderator):
    other = services.discussion_of(published_article("Ailleurs"))
    Discussion.objects.filter(pk=other.pk).update(moderation=Moderation.AFTER)
    other = Discussion.objects.get(pk=other.pk)
    here, there = [post(f"Ici {n}") for n in range(4)], [post(f"Là {n}", on=other) for n in range(4)]

    at_once(
        lambda: [services.move_thread(comment, other, by=moderator) for comment in here],
        lambda: [services.move_thread(comment, discussion, by=moderator) for comment in there],
        lambda: [post(f"Encore ici {n}") for n in range(4)],
        lambda: [post(f"Encore là {n}", on=other) for n in range(4)],
    )

    assert ThreadComment.objects.count() == 16
    assert set(ThreadComment.objects.filter(pk__in=[each.pk for each in here]).values_list("discussion", flat=True)) == {other.pk}
    assert_sound()


# A comment that is moved while somebody decides about it


@pytest.fixture
def elsewhere(db):
    other = services.discussion_of(published_article("Ailleurs"))
    Discussion.objects.filter(pk=other.pk).update(moderation=Moderation.AFTER)
    return Discussion.objects.get(pk=other.pk)


@pytest.mark.parametrize("seen", [None, "published"])
def test_what_is_moved_while_it_is_decided_is_decided_where_it_stands_or_not_at_all(post, elsewhere, moderator, admin, seen):
    comment = post("Un avis")
    read = ThreadComment.objects.select_related("discussion").get(pk=comment.pk)

    _moved, outcome = meanwhile(
        lambda: services.move_thread(comment, elsewhere, by=moderator),
        lambda: None,
        lambda: services.moderate(read, Action.HIDE, by=admin, reason="abuse", seen_status=seen),
    )

    comment.refresh_from_db()
    assert comment.discussion_id == elsewhere.pk
    assert comment.status == (Status.PUBLISHED if seen else Status.HIDDEN)
    assert isinstance(outcome, StaleDecision) == bool(seen)
    assert_sound()


def test_threads_moved_both_ways_while_they_are_decided_keep_every_count(post, discussion, elsewhere, moderator, admin):
    here, there = [post(f"Ici {n}") for n in range(4)], [post(f"Là {n}", on=elsewhere) for n in range(4)]
    read = list(ThreadComment.objects.select_related("discussion"))

    at_once(
        lambda: [services.move_thread(comment, elsewhere, by=moderator) for comment in here],
        lambda: [services.move_thread(comment, discussion, by=moderator) for comment in there],
        lambda: [services.moderate(comment, Action.HIDE, by=admin, reason="abuse") for comment in read[::2]],
        lambda: [services.moderate(comment, Action.HIDE, by=admin, reason="abuse") for comment in read[1::2]],
    )

    assert ThreadComment.objects.filter(status=Status.HIDDEN).count() == 8
    assert_sound()


# An appeal that is decided while somebody lifts what it contests


def test_an_appeal_and_a_decision_about_the_same_comment_wait_for_each_other_in_one_order(post, discussion, moderator, admin):
    comment = services.moderate(post("Un avis"), Action.HIDE, by=UserFactory(is_superuser=True), reason="abuse")
    appeal = services.appeal(Statement.objects.get(), text="Non")

    meanwhile(
        lambda: locking.lock(discussion.pk),
        lambda: services.moderate(comment, Action.RESTORE, by=admin),
        lambda: services.decide_appeal(appeal, overturn=True, by=moderator, words="Oui"),
    )

    comment.refresh_from_db()
    appeal.refresh_from_db()
    assert (comment.status, appeal.outcome) == (Status.PUBLISHED, Outcome.OVERTURNED)


def test_an_appeal_and_a_lifting_of_the_same_ban_wait_for_each_other_in_one_order(post, moderator, admin):
    imposed = services.sanction(post("Un avis"), SanctionKind.BAN, by=UserFactory(is_superuser=True), reason="abuse")
    appeal = services.appeal(Statement.objects.get(), text="Non")

    meanwhile(
        lambda: sanctions.lock(imposed.pk),
        lambda: services.lift(imposed, by=admin),
        lambda: services.decide_appeal(appeal, overturn=True, by=moderator, words="Oui"),
    )

    imposed.refresh_from_db()
    appeal.refresh_from_db()
    assert imposed.lifted_at is not None
    assert appeal.outcome == Outcome.OVERTURNED


def test_two_who_set_the_standing_of_an_author_set_one(moderator, admin):
    def setting(trust, by):
        return lambda: services.set_standing("guest:eve@example.org", trust, by=by)

    outcomes = at_once(*(setting(trust, by) for by in (moderator, admin) for trust in ("watched", "trusted")))

    assert AuthorStanding.objects.count() == 1
    assert all(isinstance(outcome, AuthorStanding) for outcome in outcomes)
