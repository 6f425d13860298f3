"""Warning, suspending and banning authors: who may, where it holds, what they read, how it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import outbox, services
from comments.models import Discussion, Ending, OutgoingMail, Sanction, SanctionKind, Statement
from comments.services import Author, Refused, Reporter
from comments.services.statuses import hold_reported
from comments.states import Action, Moderation, ReportKind, Status
from networks.models import Membership, Role, Topic
from tests.factories import MembershipFactory, TopicFactory, UserFactory


@pytest.fixture
def in_space(network, member):
    """A member's comment in their network's space."""
    return services.post(
        services.discussion_of(TopicFactory(network=network)), author=Author(user=member, language="fr"), text="Un mot"
    ).comment


@pytest.fixture
def by_guest(discussion):
    """The comment of a guest whose address is proven."""
    author = Author(name="Ève", email="Eve@Example.org", language="en", proven=True)
    return services.post(discussion, author=author, text="D’une invitée").comment


def say_again(comment, text="Encore un mot", on=None):
    author = Author(user=comment.user) if comment.user_id else Author(name="Ève", email="eve@example.ORG", proven=True)
    return services.post(on or comment.discussion, author=author, text=text)


def told():
    OutgoingMail.objects.filter(settled_at=None).update(next_attempt_at=timezone.now())
    mail.outbox.clear()
    outbox.deliver_due()
    return mail.outbox


@pytest.mark.parametrize(
    ("kind", "until", "silenced"),
    [(SanctionKind.WARN, None, False), (SanctionKind.SUSPEND, timedelta(hours=1), True), (SanctionKind.BAN, None, True)],
)
@pytest.mark.parametrize("of_guest", [False, True])
def test_each_decision_has_its_effect_and_its_statement(say, by_guest, reader, moderator, kind, until, silenced, of_guest):
    comment = by_guest if of_guest else say("Un mot", by=reader)
    end = until and timezone.now() + until

    services.sanction(comment, kind, by=moderator, reason="abuse", words="Trois fois", until=end)

    statement = Statement.objects.get()
    assert (statement.restriction, statement.facts, statement.decided_by) == (kind, "Trois fois", moderator)
    if silenced:
        with pytest.raises(Refused):
            say_again(comment)
    else:
        assert say_again(comment).created
    letters = [letter for letter in told() if "/decisions/" in letter.body]
    assert [letter.to for letter in letters] == [[reader.email if not of_guest else "eve@example.org"]]
    assert "Trois fois" in letters[0].body


def test_a_suspension_ends_by_itself(say, reader, moderator):
    comment = say("Un mot", by=reader)
    services.sanction(comment, SanctionKind.SUSPEND, by=moderator, reason="abuse", until=timezone.now() + timedelta(hours=1))

    Sanction.objects.update(until=timezone.now() - timedelta(seconds=1))

    assert say_again(comment).created


@pytest.mark.parametrize("until", [None, timedelta(seconds=-1)])
def test_a_suspension_needs_an_end_to_come(say, reader, moderator, until):
    with pytest.raises(Refused):
        services.sanction(
            say("Un mot", by=reader), SanctionKind.SUSPEND, by=moderator, reason="abuse", until=until and timezone.now() + until
        )
    assert not Sanction.objects.exists()
    assert not Statement.objects.exists()


def test_no_decision_about_an_author_goes_without_a_reason(say, reader, moderator):
    for reason, words in [("", "Des mots"), ("nonsense", "Des mots"), ("other", "")]:
        with pytest.raises(Refused):
            services.sanction(say("Un mot", by=reader), SanctionKind.BAN, by=moderator, reason=reason, words=words)
    assert not Sanction.objects.exists()


def test_a_network_s_moderator_decides_in_its_space_alone(in_space, member, network_moderator, discussion, other_network):
    services.sanction(in_space, SanctionKind.BAN, by=network_moderator, reason="abuse")

    with pytest.raises(Refused):
        say_again(in_space)
    assert say_again(in_space, on=discussion).created
    MembershipFactory(network=other_network, user=member)
    elsewhere = services.discussion_of(TopicFactory(network=other_network))
    assert say_again(in_space, on=elsewhere).created


def test_a_network_s_moderator_decides_for_no_other_place(in_space, network_moderator, say, reader):
    with pytest.raises(Refused):
        services.sanction(in_space, SanctionKind.BAN, by=network_moderator, reason="abuse", everywhere=True)
    with pytest.raises(Refused):
        services.sanction(say("Un mot", by=reader), SanctionKind.BAN, by=network_moderator, reason="abuse")
    assert not Sanction.objects.exists()


def test_a_global_moderator_decides_everywhere(in_space, moderator, discussion):
    services.sanction(in_space, SanctionKind.BAN, by=moderator, reason="abuse", everywhere=True)

    for place in (in_space.discussion, discussion):
        with pytest.raises(Refused):
            say_again(in_space, on=place)


@pytest.mark.parametrize("person", ["reader", "member", "facilitator", "other_moderator", "editor"])
def test_people_who_do_not_moderate_there_decide_about_nobody(request, in_space, person):
    with pytest.raises(Refused):
        services.sanction(in_space, SanctionKind.WARN, by=request.getfixturevalue(person), reason="abuse")


def test_moderators_do_not_decide_about_each_other_or_themselves(say, moderator, admin):
    with pytest.raises(Refused):
        services.sanction(say("Un mot", by=admin), SanctionKind.BAN, by=moderator, reason="abuse")
    with pytest.raises(Refused):
        services.sanction(say("Un mot", by=moderator), SanctionKind.BAN, by=moderator, reason="abuse")


def test_a_lifted_decision_holds_no_more_and_its_author_is_told_once(say, reader, moderator):
    comment = say("Un mot", by=reader)
    imposed = services.sanction(comment, SanctionKind.BAN, by=moderator, reason="abuse")
    Statement.objects.update(decided_at=timezone.now() - timedelta(hours=1))
    told()

    services.lift(imposed, by=moderator)
    services.lift(imposed, by=moderator)

    assert say_again(comment).created
    assert len([letter for letter in told() if letter.to == [reader.email] and "D-" in letter.subject]) == 1
    assert Statement.objects.get().ended_because == Ending.LIFTED


def test_an_appeal_against_a_ban_lets_its_author_write_again(say, reader, moderator, admin):
    comment = say("Un mot", by=reader)
    services.sanction(comment, SanctionKind.BAN, by=moderator, reason="abuse")
    appeal = services.appeal(Statement.objects.get(), text="Ce n’était pas moi")

    services.decide_appeal(appeal, overturn=True, by=admin, words="En effet")

    assert say_again(comment).created


def test_who_may_not_write_still_reads_votes_not_and_reports(client, say, reader, moderator):
    services.sanction(say("Un mot", by=reader), SanctionKind.BAN, by=moderator, reason="abuse")
    other = say("D’une autre personne")
    client.force_login(reader)

    assert client.get(other.discussion.target.get_url()).status_code == 200
    assert services.report(other, by=Reporter(f"user:{reader.pk}", user=reader), kind=ReportKind.SPAM).report.pk


def test_the_text_of_who_may_not_write_is_kept_in_the_form(client, discussion, say, reader, moderator):
    services.sanction(say("Un mot", by=reader), SanctionKind.BAN, by=moderator, reason="abuse")
    client.force_login(reader)

    response = client.post(f"/discussions/{discussion.pk}/commenter/", {"comment": "Des mots gardés"})

    assert "Des mots gardés" in response.text
    assert discussion.comments.count() == 1


def test_changing_one_s_words_is_writing_too(say, reader, moderator, discussion):
    discussion.moderation = "after"
    discussion.save()
    comment = services.post(discussion, author=Author(user=reader), text="Un mot").comment
    services.sanction(comment, SanctionKind.BAN, by=moderator, reason="abuse")

    with pytest.raises(Refused):
        services.edit(comment, by=reader, text="Autre chose")


def test_asking_costs_one_query_however_many_decisions_there_are(say, reader, moderator, discussion):
    comment = say("Un mot", by=reader)

    def queries(text):
        with CaptureQueriesContext(connection) as asked:
            services.post(discussion, author=Author(user=reader), text=text)
        return len(asked)

    queries("Premier")
    few = queries("Deuxième")
    for _number in range(5):
        services.sanction(comment, SanctionKind.WARN, by=moderator, reason="abuse")
    assert queries("Troisième") == few


def test_a_sanction_of_a_deleted_network_holds_nowhere(in_space, network, network_moderator, discussion):
    services.sanction(in_space, SanctionKind.BAN, by=network_moderator, reason="abuse")
    Sanction.objects.update(network=None)

    assert say_again(in_space, on=discussion).created


def test_an_account_that_comes_back_with_the_same_name_is_somebody_else(say, moderator, discussion):
    banned = UserFactory(display_name="Camille")
    services.sanction(say("Un mot", by=banned), SanctionKind.BAN, by=moderator, reason="abuse")

    assert services.post(discussion, author=Author(user=UserFactory(display_name="Camille")), text="Bonjour").created


def test_a_restricted_comment_and_its_author_are_two_decisions(say, reader, moderator):
    comment = services.moderate(say("Un mot", by=reader), Action.HIDE, by=moderator, reason="abuse")
    services.sanction(comment, SanctionKind.WARN, by=moderator, reason="abuse")

    assert sorted(Statement.objects.values_list("restriction", flat=True)) == ["hide", "warn"]


def test_who_may_not_write_in_a_space_opens_no_topic_there(client, in_space, network, member, network_moderator):
    services.sanction(in_space, SanctionKind.BAN, by=network_moderator, reason="abuse")
    client.force_login(member)

    response = client.post(f"/reseaux/{network.slug}/sujets/nouveau/", {"title": "Par une autre porte", "text": "Des mots gardés"})

    assert "Des mots gardés" in response.text
    assert not Topic.objects.filter(title="Par une autre porte").exists()


# An account and a guest with its address are one person


def guest(**more):
    return Author(name="Ève", email="EVE@example.org", language="fr", **more)


def test_a_banned_account_does_not_write_as_a_guest_with_its_address(say, discussion, moderator):
    services.sanction(say("Un mot", by=UserFactory(email="eve@example.org")), SanctionKind.BAN, by=moderator, reason="abuse")

    with pytest.raises(Refused):
        services.post(discussion, author=guest(proven=True), text="Me revoilà")


def test_a_banned_guest_does_not_write_with_an_account_of_that_address(by_guest, discussion, moderator):
    services.sanction(by_guest, SanctionKind.BAN, by=moderator, reason="abuse")

    with pytest.raises(Refused):
        services.post(discussion, author=Author(user=UserFactory(email="eve@example.org")), text="Me revoilà")


def test_what_an_erased_address_did_holds_for_no_account_without_one(by_guest, discussion, moderator):
    services.sanction(by_guest, SanctionKind.BAN, by=moderator, reason="abuse")
    Sanction.objects.update(email="")

    assert services.post(discussion, author=Author(user=UserFactory(email="")), text="Bonjour").created


def test_who_types_a_banned_address_learns_nothing_before_proving_it(say, discussion, moderator):
    services.sanction(say("Un mot", by=UserFactory(email="eve@example.org")), SanctionKind.BAN, by=moderator, reason="abuse")

    posted = services.post(discussion, author=guest(), text="Me revoilà")

    assert (posted.created, posted.comment.status) == (True, Status.AWAITING_EMAIL)


@pytest.mark.parametrize("of_account", [False, True])
def test_a_banned_guest_who_confirms_an_older_comment_waits_for_a_moderator(client, say, by_guest, discussion, moderator, of_account):
    older = services.post(discussion, author=guest(), text="Écrit avant").comment
    first = say("Un mot", by=UserFactory(email="eve@example.org")) if of_account else by_guest
    Discussion.objects.update(moderation=Moderation.AFTER)
    services.sanction(first, SanctionKind.BAN, by=moderator, reason="abuse")

    proven = services.prove_email(older)

    assert proven.status == Status.PENDING
    client.force_login(moderator)
    assert "est suspendue ou exclue" in client.get("/admin/moderation/").text


def test_nobody_lifts_what_was_decided_about_themselves(in_space, member, moderator):
    imposed = services.sanction(in_space, SanctionKind.BAN, by=moderator, reason="abuse")
    Membership.objects.filter(user=member).update(role=Role.MODERATOR)

    with pytest.raises(Refused):
        services.lift(imposed, by=member)


@pytest.mark.parametrize(
    ("decisions", "way_back"),
    [
        ([Action.HIDE], Action.RESTORE),
        ([Action.SPAM], Action.RESTORE),
        ([Action.REPHRASE], Action.APPROVE),
        ([Action.HIDE], Action.REPHRASE),
    ],
)
def test_nobody_changes_what_was_decided_about_their_own_comment(network, network_moderator, moderator, decisions, way_back):
    topic = services.discussion_of(TopicFactory(network=network))
    comment = services.post(topic, author=Author(user=network_moderator), text="Un mot").comment
    assert comment.status == Status.PUBLISHED
    for decision in decisions:
        comment = services.moderate(comment, decision, by=moderator, reason="abuse")

    with pytest.raises(Refused):
        services.moderate(comment, way_back, by=network_moderator, reason="abuse")
    if comment.status == Status.REPHRASING:
        services.rephrase(comment, text="Dit mieux", by=network_moderator)
        with pytest.raises(Refused):
            services.moderate(comment, Action.APPROVE, by=network_moderator)


def test_what_reports_took_back_is_read_by_somebody_else_than_its_author(network, network_moderator, moderator):
    topic = services.discussion_of(TopicFactory(network=network))
    comment = hold_reported(services.post(topic, author=Author(user=network_moderator), text="Un mot").comment)

    with pytest.raises(Refused):
        services.moderate(comment, Action.APPROVE, by=network_moderator)
    assert services.moderate(comment, Action.APPROVE, by=moderator).status == Status.PUBLISHED


def test_a_suspension_lasts_ten_years_at_most_and_the_field_says_so(client, say, reader, moderator):
    comment = say("Un mot", by=reader)
    beyond = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    with pytest.raises(Refused):
        services.sanction(comment, SanctionKind.SUSPEND, by=moderator, reason="abuse", until=beyond)
    client.force_login(moderator)

    asked = {"duration": "until", "until": "9999-12-31 23:59", "reason": "abuse", "words": "Des mots gardés"}
    response = client.post(f"/admin/moderation/author/{comment.pk}/suspend/", asked)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["until"]
    assert "dix ans" in response.text
    assert "Des mots gardés" in response.text
    assert not Sanction.objects.exists()
