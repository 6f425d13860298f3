"""Statements of reasons, undoing within their time, appeals, better words: what authors are told and can do."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from comments import notifications, outbox, services
from comments.models import (
    Appeal,
    CannedAnswer,
    Ending,
    IdentificationRecord,
    OutgoingMail,
    Pace,
    Reason,
    Restriction,
    SanctionKind,
    Statement,
    ThreadComment,
)
from comments.models.identification import Act
from comments.services import Author, Refused
from comments.services.statuses import hold_reported
from comments.states import MODERATION_ACTIONS, TRANSITIONS, Action, Outcome, Status
from tests.factories import TopicFactory, UserFactory

RESTRICTIVE = [action for action in MODERATION_ACTIONS if TRANSITIONS[action].restricts]


@pytest.fixture
def write(discussion, reader):
    """`write(status)`: the reader's comment, brought to a status by no moderator of the cast."""

    def _write(status=Status.PENDING, by=None, text="Un avis tranché"):
        author = by or Author(user=reader, language="fr")
        comment = services.post(discussion, author=author, text=text, notify=False).comment
        if status == Status.PUBLISHED:
            comment = services.moderate(comment, Action.APPROVE, by=UserFactory(is_superuser=True))
        OutgoingMail.objects.all().delete()
        return comment

    return _write


def told(*, after=timedelta(0)):
    """The mails that have left once this time has passed."""
    OutgoingMail.objects.filter(settled_at=None).update(next_attempt_at=timezone.now())
    if after:
        Statement.objects.update(decided_at=timezone.now() - after)
    mail.outbox.clear()
    outbox.deliver_due()
    return mail.outbox


def link_in(letter):
    return next(word for word in letter.body.split() if "/decisions/" in word).partition("://")[2].partition("/")[2]


# Every restriction has its statement


@pytest.mark.parametrize("action", RESTRICTIVE)
def test_no_restriction_goes_without_its_statement(write, moderator, action):
    comment = write(next(iter(TRANSITIONS[action].sources & {Status.PENDING, Status.PUBLISHED})))

    services.moderate(comment, action, by=moderator, reason="abuse", words="Relisez la charte")

    statement = Statement.objects.get(comment=comment)
    assert statement.restriction == Restriction(action)
    assert (statement.decided_by, statement.automated, statement.user) == (moderator, False, comment.user)
    assert statement.facts == "Relisez la charte"
    assert statement.reason.code == ("spam" if action == Action.SPAM else "abuse")


@pytest.mark.parametrize("action", [action for action in RESTRICTIVE if TRANSITIONS[action].needs_reason])
@pytest.mark.parametrize(("reason", "words"), [("", "Des mots"), ("nothing-like-it", "Des mots"), ("other", ""), ("illegal", "")])
def test_a_restriction_nobody_could_explain_is_refused_and_nothing_is_written(write, moderator, action, reason, words):
    comment = write(next(iter(TRANSITIONS[action].sources & {Status.PENDING, Status.PUBLISHED})))
    before = comment.status

    with pytest.raises(Refused):
        services.moderate(comment, action, by=moderator, reason=reason, words=words)

    comment.refresh_from_db()
    assert comment.status == before
    assert not Statement.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_what_a_rule_holds_is_stated_as_automated(write):
    held = hold_reported(write(Status.PUBLISHED))

    statement = Statement.objects.get(comment=held)
    assert (held.status, statement.automated, statement.decided_by) == (Status.PENDING, True, None)


def test_a_site_keeps_its_own_reasons(write, moderator):
    Reason.objects.create(code="tone", label="Ton", clause="Charte, article 4", explanation="Le ton blesse.")

    services.moderate(write(Status.PUBLISHED), Action.HIDE, by=moderator, reason="tone")

    (letter,) = told()
    assert "Ton (Charte, article 4): Le ton blesse." in letter.body.replace("\u00a0:", ":")


# What the author is told


@pytest.mark.parametrize(("language", "phrase"), [("fr", "n’est plus visible"), ("en", "is no longer shown to readers")])
def test_the_author_reads_what_why_how_and_what_to_do(write, moderator, discussion, language, phrase):
    guest = Author(name="Ève", email="eve@example.org", language=language, proven=True)
    comment = write(Status.PUBLISHED, by=guest, text="Un **mot** de trop")

    services.moderate(comment, Action.HIDE, by=moderator, reason="abuse", words="Pas ici, <b>vraiment</b>")

    (letter,) = told()
    html = letter.alternatives[0].content
    assert letter.to == ["eve@example.org"]
    for text in (letter.body, html):
        assert phrase in text
        assert discussion.title in text
        assert Statement.objects.get().reference in text
        assert "/decisions/" in text
    assert "Pas ici, <b>vraiment</b>" in letter.body
    assert "Pas ici, &lt;b&gt;vraiment" in html
    assert "<strong>mot</strong>" in html
    assert moderator.display_name not in letter.body


def test_nobody_is_told_of_what_is_undone_in_time(write, moderator):
    comment = services.moderate(write(Status.PUBLISHED), Action.HIDE, by=moderator, reason="abuse")

    assert OutgoingMail.objects.get().next_attempt_at > timezone.now() + timedelta(minutes=4)
    services.undo(comment, by=moderator)

    assert told() == []


def test_the_author_of_spam_is_not_told(write, moderator):
    services.moderate(write(), Action.SPAM, by=moderator)

    assert told() == []
    assert Statement.objects.get().restriction == Restriction.SPAM


def test_who_was_told_of_a_restriction_is_told_that_it_is_lifted(write, moderator):
    comment = services.moderate(write(Status.PUBLISHED), Action.HIDE, by=moderator, reason="abuse")
    told(after=timedelta(hours=1))

    services.moderate(comment, Action.RESTORE, by=moderator)

    (letter,) = told()
    assert Statement.objects.get().ended_because == Ending.LIFTED
    assert Statement.objects.get().reference in letter.subject


def test_a_removed_comment_leaves_no_address_in_the_register(write, moderator):
    comment = write(Status.PUBLISHED, by=Author(name="Ève", email="eve@example.org", proven=True))
    services.moderate(comment, Action.HIDE, by=moderator, reason="abuse")
    guest = type("Guest", (), {"is_authenticated": False, "email": "eve@example.org"})()

    services.remove(comment, by=guest)

    assert (Statement.objects.get().email, Statement.objects.get().ended_because) == ("", Ending.REMOVED)


# Undo


@pytest.mark.parametrize("action", MODERATION_ACTIONS)
def test_undo_puts_a_comment_back_where_it_stood(write, moderator, action):
    start = next(iter(TRANSITIONS[action].sources & {Status.PENDING, Status.PUBLISHED, Status.HIDDEN}))
    comment = write(Status.PUBLISHED if start == Status.HIDDEN else start)
    if start == Status.HIDDEN:
        comment = services.moderate(comment, Action.HIDE, by=moderator, reason="abuse")
    in_effect = list(Statement.objects.in_effect_on(comment))

    decided = services.moderate(comment, action, by=moderator, reason="abuse")
    undone = services.undo(decided, by=moderator)

    assert undone.status == start
    assert list(Statement.objects.in_effect_on(comment)) == in_effect
    with pytest.raises(Refused):
        services.undo(undone, by=moderator)


def test_only_one_s_own_decision_is_undone_and_only_for_a_while(write, moderator, admin, monkeypatch):
    comment = services.moderate(write(), Action.APPROVE, by=moderator)

    with pytest.raises(Refused):
        services.undo(comment, by=admin)
    monkeypatch.setattr("comments.services.statuses.UNDO_WINDOW", timedelta(0))
    with pytest.raises(Refused):
        services.undo(comment, by=moderator)

    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_what_somebody_else_did_since_is_not_undone(write, moderator, admin):
    comment = services.moderate(write(), Action.APPROVE, by=moderator)
    services.moderate(comment, Action.HIDE, by=admin, reason="abuse")

    with pytest.raises(Refused):
        services.undo(comment, by=moderator)


@pytest.fixture
def judges(db):
    """Three who moderate everything."""
    return [UserFactory(is_superuser=True) for _number in range(3)]


@pytest.mark.parametrize("restored_first", [False, True])
def test_what_an_appeal_lifted_does_not_come_back_by_undoing(write, judges, restored_first):
    first, second, third = judges
    comment = services.moderate(write(Status.PUBLISHED), Action.HIDE, by=first, reason="abuse")
    appeal = services.appeal(Statement.objects.get(), text="Non")
    if restored_first:
        services.moderate(comment, Action.RESTORE, by=second)
    services.decide_appeal(appeal, overturn=True, by=third if restored_first else second, words="Oui")

    with pytest.raises(Refused, match="recours"):
        services.undo(ThreadComment.objects.get(), by=second)

    assert ThreadComment.objects.get().status == Status.PUBLISHED
    assert Statement.objects.get().ended_at is not None


@pytest.mark.parametrize("one_moderator", [False, True])
def test_the_author_is_told_of_what_holds_again_although_its_mail_came_due_meanwhile(write, judges, one_moderator):
    first, second = (judges[0], judges[0]) if one_moderator else judges[:2]
    comment = services.moderate(write(Status.PUBLISHED), Action.HIDE, by=first, reason="abuse")
    comment = services.moderate(comment, Action.REPHRASE if one_moderator else Action.RESTORE, by=second, reason="abuse")
    OutgoingMail.objects.filter(event=f"restricted:{Statement.objects.earliest('pk').pk}").update(next_attempt_at=timezone.now())
    outbox.deliver_due()

    services.undo(comment, by=second)

    assert ThreadComment.objects.get().status == Status.HIDDEN
    assert [Statement.objects.earliest("pk").reference in letter.body for letter in told()] == [True]
    assert told() == []


def test_the_author_who_was_told_is_not_told_again_when_a_lifting_is_undone(write, judges):
    comment = services.moderate(write(Status.PUBLISHED), Action.HIDE, by=judges[0], reason="abuse")
    assert len(told()) == 1

    services.undo(services.moderate(comment, Action.RESTORE, by=judges[1]), by=judges[1])

    assert told() == []


# Better words


@pytest.fixture
def to_rephrase(write, moderator):
    return services.moderate(write(Status.PUBLISHED), Action.REPHRASE, by=moderator, reason="abuse", words="Sans insulte, merci")


def test_the_author_sends_better_words_through_the_mailed_link(client, to_rephrase):
    (letter,) = told()
    address = "/" + link_in(letter)

    assert "Sans insulte, merci" in client.get(address).text
    assert "<em>mieux</em>" in client.post(address, {"comment": "Dit *mieux*", "preview": "1"}).text
    assert client.post(address, {"comment": "Dit *mieux*"}).status_code == 302

    to_rephrase.refresh_from_db()
    assert (to_rephrase.status, to_rephrase.comment) == (Status.PENDING, "Dit *mieux*")
    assert to_rephrase.revisions.get().text == "Un avis tranché"
    assert Statement.objects.get().ended_because == Ending.REPHRASED
    assert "Dit *mieux*" not in client.get(address).text


def test_better_words_leave_a_row_in_the_identification_log(client, to_rephrase):
    client.post("/" + link_in(told()[0]), {"comment": "Dit mieux"}, REMOTE_ADDR="203.0.113.9")

    assert IdentificationRecord.objects.get(comment=to_rephrase, ip="203.0.113.9").act == Act.EDITED


def test_who_may_not_write_any_more_sends_no_better_words_and_keeps_them(client, to_rephrase, moderator):
    address = "/" + link_in(told()[0])
    services.sanction(to_rephrase, SanctionKind.BAN, by=moderator, reason="abuse")

    response = client.post(address, {"comment": "Des mots gardés"})

    assert response.status_code == 422
    assert "Des mots gardés" in response.text
    assert "vous n’écrivez plus ici" in response.text
    to_rephrase.refresh_from_db()
    assert (to_rephrase.status, to_rephrase.comment) == (Status.REPHRASING, "Un avis tranché")


@pytest.mark.parametrize("text", ["", "Un avis tranché", "x" * 10_001])
def test_words_that_are_none_are_refused_and_kept(client, to_rephrase, text):
    address = "/" + link_in(told()[0])

    response = client.post(address, {"comment": text})

    assert response.status_code == 422
    assert text in response.text
    to_rephrase.refresh_from_db()
    assert to_rephrase.status == Status.REPHRASING


def test_an_author_finds_the_way_from_their_comment_and_nobody_else_does(client, page_of, to_rephrase, reader, member):
    address = f"/commentaires/{to_rephrase.pk}/reformuler/"

    assert address in page_of(reader).text
    assert client.get(address, follow=True).status_code == 200
    assert address not in page_of(member).text
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 404


def test_better_words_are_sent_once(to_rephrase, moderator):
    services.rephrase(to_rephrase, text="Dit mieux")
    services.moderate(ThreadComment.objects.get(pk=to_rephrase.pk), Action.APPROVE, by=moderator)

    with pytest.raises(Refused):
        services.rephrase(to_rephrase, text="Dit encore autrement")


# Appeals


@pytest.fixture
def contested(write, moderator):
    services.moderate(write(Status.PUBLISHED), Action.HIDE, by=moderator, reason="abuse")
    statement = Statement.objects.get()
    appeal = services.appeal(statement, text="Ce n’était pas une attaque")
    OutgoingMail.objects.filter(kind="restricted").delete()
    return appeal


def test_an_author_contests_through_the_link_once(client, write, moderator, admin):
    services.moderate(write(Status.PUBLISHED), Action.HIDE, by=moderator, reason="abuse")
    address = "/" + link_in(told()[0])

    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "Je ne visais personne"}).status_code == 302
    client.post(address, {"text": "Encore une fois"})

    assert Appeal.objects.get().text == "Je ne visais personne"
    page = client.get(address).text
    assert "Je ne visais personne" in page
    assert 'name="text"' not in page


def test_those_who_may_decide_are_told_and_the_first_decider_is_not(contested, moderator, admin):
    second = UserFactory(email="autre-moderation@example.org")
    second.user_permissions.set(moderator.user_permissions.all())
    for judge in [moderator, second]:
        services.choose_pace(judge, Pace.HOURLY)
    OutgoingMail.objects.all().delete()
    notifications.appeal_made(contested)

    assert [letter.to for letter in told()] == [[second.email]]


def test_who_moderates_and_contests_is_not_called_to_their_own_appeal(network, network_moderator, moderator):
    services.choose_pace(network_moderator, Pace.HOURLY)
    topic = services.discussion_of(TopicFactory(network=network))
    comment = services.post(topic, author=Author(user=network_moderator), text="Un avis", notify=False).comment
    services.moderate(comment, Action.HIDE, by=UserFactory(is_superuser=True), reason="abuse")
    OutgoingMail.objects.all().delete()

    services.appeal(Statement.objects.get(), text="Injuste")

    outbox.deliver_due()
    assert list(OutgoingMail.objects.filter(user=network_moderator)) == []


def test_who_decided_first_does_not_decide_again(contested, moderator):
    with pytest.raises(Refused):
        services.decide_appeal(contested, overturn=True, by=moderator, words="Finalement non")

    contested.refresh_from_db()
    assert contested.outcome == Outcome.WAITING


def test_nobody_decides_an_appeal_of_their_own(network, network_moderator, moderator):
    topic = services.discussion_of(TopicFactory(network=network))
    comment = services.post(topic, author=Author(user=network_moderator), text="Un avis", notify=False).comment
    services.moderate(comment, Action.HIDE, by=moderator, reason="abuse")
    appeal = services.appeal(Statement.objects.get(), text="Injuste")

    with pytest.raises(Refused):
        services.decide_appeal(appeal, overturn=True, by=network_moderator, words="Je me donne raison")

    assert Appeal.objects.get().outcome == Outcome.WAITING
    assert not Appeal.objects.decidable_by(network_moderator).exists()


@pytest.mark.parametrize(
    ("overturn", "status", "outcome"), [(True, Status.PUBLISHED, Outcome.OVERTURNED), (False, Status.HIDDEN, Outcome.UPHELD)]
)
def test_somebody_else_decides_and_the_author_is_told(contested, admin, overturn, status, outcome):
    services.decide_appeal(contested, overturn=overturn, by=admin, words="Après relecture")

    comment = ThreadComment.objects.get(pk=contested.statement.comment_id)
    contested.refresh_from_db()
    (letter,) = [letter for letter in told() if letter.to == [comment.user.email]]
    assert (comment.status, contested.outcome, contested.decided_by) == (status, outcome, admin)
    assert "Après relecture" in letter.body
    assert Statement.objects.get().ended_because == (Ending.APPEAL if overturn else "")


def test_an_appeal_is_decided_once_and_never_without_words(contested, admin):
    with pytest.raises(Refused):
        services.decide_appeal(contested, overturn=True, by=admin, words="")
    services.decide_appeal(contested, overturn=False, by=admin, words="Non")

    with pytest.raises(Refused):
        services.decide_appeal(contested, overturn=True, by=admin, words="Oui")


@pytest.mark.parametrize("person", ["reader", "member", "editor", "network_moderator", "other_moderator"])
def test_people_who_do_not_moderate_there_decide_no_appeal(request, contested, person):
    with pytest.raises(Refused):
        services.decide_appeal(contested, overturn=True, by=request.getfixturevalue(person), words="Oui")


def test_what_is_over_or_old_is_not_contested(write, moderator):
    comment = services.moderate(write(Status.PUBLISHED), Action.HIDE, by=moderator, reason="abuse")
    statement = Statement.objects.get()
    Statement.objects.update(decided_at=timezone.now() - services.APPEAL_TIME - timedelta(days=1))
    with pytest.raises(Refused):
        services.appeal(statement, text="Trop tard")
    Statement.objects.update(decided_at=timezone.now())
    services.undo(comment, by=moderator)
    with pytest.raises(Refused):
        services.appeal(statement, text="Déjà levée")


@pytest.mark.parametrize("token", ["x", "1:abc", "a" * 300])
def test_a_link_we_did_not_write_shows_nothing(client, db, token):
    assert client.get(f"/decisions/{token}/").status_code == 404
    assert client.post(f"/decisions/{token}/", {"text": "x"}).status_code == 404


def test_a_link_of_another_kind_opens_no_decision(client, write, moderator):
    from comments.confirmation import token_for

    services.moderate(write(Status.PUBLISHED), Action.HIDE, by=moderator, reason="abuse")

    assert client.get(f"/decisions/{token_for(ThreadComment.objects.get())}/").status_code == 404


def test_a_moderator_of_the_network_reads_its_statements_alone(network, network_moderator, other_moderator, moderator, reader):
    topic = services.discussion_of(TopicFactory(network=network))
    comment = services.add_as_found(topic, author=Author(user=reader), text="Un avis", status=Status.PUBLISHED, submitted_at=timezone.now())
    services.moderate(comment, Action.HIDE, by=moderator, reason="abuse")

    assert Statement.objects.moderatable_by(network_moderator).count() == 1
    assert Statement.objects.moderatable_by(moderator).count() == 1
    assert Statement.objects.moderatable_by(other_moderator).count() == 0
    assert Statement.objects.moderatable_by(reader).count() == 0


def test_a_canned_answer_is_put_before_the_moderators_own_words(client, write, moderator):
    answer = CannedAnswer.objects.create(title="Charte", text="Merci de relire la charte.")
    comment = write(Status.PUBLISHED)
    client.force_login(moderator)

    client.post(f"/admin/moderation/decide/{comment.pk}/hide/", {"reason": "abuse", "answer": answer.pk, "words": "Surtout le point 3."})

    assert Statement.objects.get().facts == "Merci de relire la charte.\n\nSurtout le point 3."
