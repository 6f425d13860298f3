"""Calmed discussions and moved threads: what they change, for whom, and what they must not."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from comments import services
from comments.models import Discussion, ThreadComment
from comments.services import Author, Refused, Reporter, StaleDecision
from comments.states import Action, ReportKind, Status
from tests.factories import TopicFactory, UserFactory, published_article


def fresh(discussion):
    return Discussion.objects.get(pk=discussion.pk)


def post(discussion, by, text, **more):
    return services.post(fresh(discussion), author=Author(user=by), text=text, **more)


def threads_hold():
    call_command("check_threads", stdout=StringIO())
    return True


@pytest.mark.parametrize("until", [None, timedelta(hours=1)])
def test_a_locked_discussion_takes_nothing_and_shows_all(client, say, discussion, reader, moderator, until):
    said = say("Dit avant")
    services.lock_discussion(discussion, by=moderator, until=until and timezone.now() + until)

    with pytest.raises(Refused):
        post(discussion, reader, "Trop tard")
    text = client.get(discussion.target.get_url()).text
    assert said.comment in text
    assert 'name="comment"' not in text


def test_a_lock_ends_by_its_time_or_by_a_moderator(discussion, reader, moderator):
    services.lock_discussion(discussion, by=moderator, until=timezone.now() + timedelta(hours=1))
    Discussion.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert post(discussion, reader, "De nouveau").created
    services.lock_discussion(discussion, by=moderator)
    services.unlock_discussion(discussion, by=moderator)
    assert post(discussion, reader, "Et encore").created


def test_publishing_the_page_does_not_unlock_what_a_moderator_locked(discussion, reader, moderator):
    services.lock_discussion(discussion, by=moderator)
    services.configure_from_page(discussion.target)

    with pytest.raises(Refused):
        post(discussion, reader, "Par la petite porte")


def test_a_slowed_discussion_lets_each_person_write_once_in_a_while(discussion, reader, member, moderator):
    services.slow_down(discussion, seconds=600, by=moderator)
    post(discussion, reader, "Premier")

    with pytest.raises(Refused, match="10 minutes"):
        post(discussion, reader, "Deuxième")
    assert post(discussion, member, "D’une autre personne").created
    assert post(discussion, moderator, "La modération").created
    assert post(discussion, moderator, "encore").created
    ThreadComment.objects.update(submit_date=timezone.now() - timedelta(minutes=11))
    assert post(discussion, reader, "Deuxième").created


@pytest.mark.parametrize("person", ["reader", "member", "facilitator", "other_moderator", "editor"])
def test_people_who_do_not_moderate_calm_nothing_down(request, network, person):
    discussion = services.discussion_of(TopicFactory(network=network))
    by = request.getfixturevalue(person)

    for act in (services.lock_discussion, services.unlock_discussion):
        with pytest.raises(Refused):
            act(discussion, by=by)
    with pytest.raises(Refused):
        services.slow_down(discussion, seconds=60, by=by)


@pytest.fixture
def elsewhere(db):
    """The discussion of another article."""
    return services.discussion_of(published_article("Ailleurs"))


@pytest.fixture
def thread(say):
    """A thread of four, beside another one."""
    top = say("Sujet à part")
    first = say("Première réponse", parent=top)
    return [top, first, say("Réponse à la réponse", parent=first), say("Cachée", parent=top, to=Status.HIDDEN)]


def test_a_thread_moves_whole_with_its_counts_and_addresses(client, say, thread, discussion, elsewhere, moderator):
    stays = say("Reste ici")
    there = post(elsewhere, UserFactory(is_superuser=True), "Déjà là").comment

    services.move_thread(thread[0], elsewhere, by=moderator)

    assert {each.discussion_id for each in ThreadComment.objects.filter(pk__in=[c.pk for c in thread])} == {elsewhere.pk}
    assert (fresh(discussion).published_count, fresh(elsewhere).published_count) == (1, 4)
    assert (fresh(discussion).hidden_count, fresh(elsewhere).hidden_count) == (0, 1)
    assert threads_hold()
    page = client.get(elsewhere.target.get_url()).text
    assert page.index("Déjà là") < page.index("Sujet à part") < page.index("Première réponse") < page.index("Réponse à la réponse")
    assert "Sujet à part" not in client.get(discussion.target.get_url()).text
    assert "Reste ici" in client.get(discussion.target.get_url()).text
    landed = client.get(f"/commentaires/{thread[2].pk}/", follow=True)
    assert "Réponse à la réponse" in landed.text
    assert stays.pk != there.pk


def test_a_part_of_a_thread_becomes_a_thread_there(thread, discussion, elsewhere, moderator):
    services.move_thread(thread[1], elsewhere, by=moderator)

    moved = ThreadComment.objects.get(pk=thread[1].pk)
    assert (moved.depth, moved.root_id, moved.discussion_id) == (0, moved.pk, elsewhere.pk)
    assert ThreadComment.objects.get(pk=thread[2].pk).parent_id == moved.pk
    assert ThreadComment.objects.get(pk=thread[0].pk).published_descendants == 0
    assert threads_hold()


def test_what_is_moved_is_found_by_the_search_where_it_stands_now(client, thread, elsewhere, moderator):
    services.move_thread(thread[0], elsewhere, by=moderator)

    found = client.get("/recherche/", {"q": "Sujet à part"}).text

    assert f"/commentaires/{thread[0].pk}/" in found


def test_nobody_s_words_go_where_others_read_them(network, other_network, member, moderator, elsewhere, say):
    private = services.discussion_of(TopicFactory(network=network))
    secret = services.discussion_of(TopicFactory(network=other_network))
    comment = post(private, member, "Entre nous").comment

    for place in (elsewhere, secret):
        with pytest.raises(Refused):
            services.move_thread(comment, place, by=moderator)
    with pytest.raises(Refused):
        services.move_thread(say("Public"), private, by=moderator)


def test_a_draft_s_discussion_takes_no_public_thread(say, moderator):
    draft = published_article("Brouillon")
    draft.live = False
    draft.save()

    with pytest.raises(Refused):
        services.move_thread(say("Public"), services.discussion_of(draft), by=moderator)


def test_a_network_s_moderator_moves_inside_its_space_alone(network, member, network_moderator, elsewhere):
    here, there = (services.discussion_of(TopicFactory(network=network)) for _number in range(2))
    comment = post(here, member, "Mal placé").comment

    with pytest.raises(Refused):
        services.move_thread(comment, elsewhere, by=network_moderator)
    assert services.move_thread(comment, there, by=network_moderator).discussion_id == there.pk


@pytest.mark.parametrize("person", ["reader", "member", "facilitator", "other_moderator"])
def test_people_who_do_not_moderate_move_nothing(request, say, elsewhere, person):
    with pytest.raises(Refused):
        services.move_thread(say("Un avis"), elsewhere, by=request.getfixturevalue(person))


def test_a_thread_does_not_move_to_where_it_is(say, discussion, moderator):
    with pytest.raises(Refused):
        services.move_thread(say("Un avis"), discussion, by=moderator)


def test_what_waits_moves_too_and_is_decided_there(say, discussion, elsewhere, moderator):
    waiting = say("À lire", to=Status.PENDING)
    services.move_thread(waiting, elsewhere, by=moderator)

    services.moderate(ThreadComment.objects.get(pk=waiting.pk), Action.APPROVE, by=moderator)

    assert (fresh(discussion).pending_count, fresh(elsewhere).pending_count, fresh(elsewhere).published_count) == (0, 0, 1)
    assert threads_hold()


def test_who_read_a_comment_before_it_was_moved_acts_where_it_stands_now(say, discussion, elsewhere, reader, moderator):
    comment = say("À déplacer")
    read = ThreadComment.objects.select_related("discussion").get(pk=comment.pk)
    services.move_thread(comment, elsewhere, by=moderator)
    services.lock_discussion(elsewhere, by=moderator)

    with pytest.raises(Refused):
        services.mark_useful(read, by=reader)
    with pytest.raises(StaleDecision, match="déplacé"):
        services.moderate(read, Action.HIDE, by=moderator, reason="abuse", seen_status=read.standing)
    services.report(read, by=Reporter("user:1"), kind=ReportKind.ABUSE)
    with pytest.raises(StaleDecision):
        services.dismiss_reports(read, by=moderator, seen_status=read.standing)
    services.moderate(read, Action.HIDE, by=moderator, reason="abuse")

    assert fresh(elsewhere).hidden_count == 1
    assert threads_hold()
