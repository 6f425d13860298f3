"""Each mail about moderation, in French and English, as text and as HTML: what it says, where it leads, and when it is not sent."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from comments import mails, services
from comments.models import OutgoingMail, SanctionKind, Statement, ThreadComment
from comments.services import Author, Reporter
from comments.statement_links import path_of
from comments.states import Action, ReportKind, Status
from tests.factories import MembershipFactory, TopicFactory, UserFactory

HOSTILE = "<script>alert(1)</script> & « merci »"


@pytest.fixture
def world(discussion, say, moderator, admin):
    """`world(language)`: one mail of each kind, written down for people who read that language; by kind."""

    def build(language):
        for person in (moderator, admin):
            person.language = language
            person.save()
        guest = Author(name="Ève", email="eve@example.org", language=language, proven=True)
        comment = services.post(discussion, author=guest, text=f"Un mot **de trop**\n\n{HOSTILE}", notify=False).comment
        comment = services.moderate(comment, Action.APPROVE, by=admin)
        notice = Reporter("visitor:z", name="Zoé", email="zoe@example.org", language=language)
        services.report(comment, by=notice, kind=ReportKind.ILLEGAL, words=HOSTILE, good_faith=True)
        hidden = services.moderate(comment, Action.HIDE, by=admin, reason="abuse", words=HOSTILE)
        second = UserFactory(is_superuser=True, language=language)
        appeal = services.appeal(Statement.objects.get(), text=HOSTILE)
        services.decide_appeal(appeal, overturn=False, by=second, words=HOSTILE)
        services.sanction(hidden, SanctionKind.SUSPEND, by=admin, reason="abuse", words=HOSTILE, until=timezone.now() + timedelta(days=1))
        return {mail.kind: mail for mail in OutgoingMail.objects.order_by("pk")} | {
            f"sanction_{mail.kind}": mail for mail in OutgoingMail.objects.filter(kind="restricted").order_by("-pk")[:1]
        }

    return build


SAID = {
    "restricted": ("n’est plus visible", "is no longer shown"),
    "sanction_restricted": ("ne pouvez pas écrire ici jusqu’au", "cannot write here until"),
    "report_received": ("bien reçu votre notification", "received your notice"),
    "report_decided": ("n’est plus affiché tel quel", "no longer shown as it was"),
    "appeal_decided": ("a confirmé la décision", "upheld the decision"),
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_mail_speaks_its_readers_language_and_runs_nothing(world, language):
    written = world(language)
    statement = Statement.objects.filter(sanction=None).get()

    for kind, sentences in SAID.items():
        mail = OutgoingMail.objects.get(event=f"restricted:{statement.pk}") if kind == "restricted" else written[kind]
        letter = mails.compose(mail)
        sentence = sentences[language == "en"]
        assert sentence in letter.text, kind
        assert sentence in letter.html, kind
        assert f'<html lang="{language}"' in letter.html
        assert "<script" not in letter.html, kind
        assert letter.subject
        assert "\n" not in letter.subject
        assert re.search(r"[DS]-\d{6}", letter.subject + letter.text), kind
        assert "{{" not in letter.text + letter.html + letter.subject


@pytest.mark.parametrize(("language", "subject"), [("fr", "Signalé comme illicite"), ("en", "Reported as illegal")])
def test_moderators_are_told_in_their_language_of_what_is_illegal(say, moderator, language, subject):
    moderator.language = language
    moderator.save()
    comment = say("Un avis")
    services.report(comment, by=Reporter("visitor:a", email="a@example.org"), kind=ReportKind.ILLEGAL, words=HOSTILE, good_faith=True)

    letter = mails.compose(OutgoingMail.objects.get(kind="illegal_reported", user=moderator))

    assert subject in letter.subject
    assert f"/admin/moderation/inspect/{comment.pk}/" in letter.text
    assert "<script" not in letter.html
    assert "alert(1)" in letter.text
    assert "a@example.org" not in letter.text + letter.html


def test_what_was_decided_meanwhile_calls_nobody(say, moderator, admin):
    comment = say("Un avis")
    services.report(comment, by=Reporter("visitor:a", email="a@example.org"), kind=ReportKind.ILLEGAL, words="Haine", good_faith=True)
    called = OutgoingMail.objects.get(kind="illegal_reported", user=moderator)

    services.moderate(comment, Action.HIDE, by=admin, reason="abuse")

    assert mails.compose(called) is None


def test_who_no_longer_moderates_is_told_nothing(say, moderator):
    comment = say("Un avis")
    services.report(comment, by=Reporter("visitor:a", email="a@example.org"), kind=ReportKind.ILLEGAL, words="Haine", good_faith=True)
    called = OutgoingMail.objects.get(kind="illegal_reported", user=moderator)
    moderator.user_permissions.clear()

    assert mails.compose(OutgoingMail.objects.get(pk=called.pk)) is None


# A title is for those who read the discussion


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("lifted", [False, True])
def test_the_title_of_a_topic_is_told_to_who_reads_it_alone(client, network, admin, left, lifted):
    topic = TopicFactory(network=network, title="Avant")
    member = MembershipFactory(network=network)
    comment = services.post(services.discussion_of(topic), author=Author(user=member.user), text="Un avis").comment
    topic.title = "Un titre à part"
    topic.save()
    services.moderate(comment, Action.HIDE, by=admin, reason="abuse")
    if lifted:
        Statement.objects.update(decided_at=timezone.now() - timedelta(hours=1))
        services.moderate(comment, Action.RESTORE, by=admin)
    if left:
        member.delete()

    letter = mails.compose(OutgoingMail.objects.get(kind="restriction_lifted" if lifted else "restricted"))

    page = client.get(path_of(Statement.objects.get())).text
    for text in (letter.subject + letter.text, letter.html, page):
        assert ("une discussion" in text) == left
    assert ("Un titre à part" in letter.subject + letter.text + letter.html + page) != left


# What an overturned decision leaves


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ([], "votre commentaire est à nouveau affiché"),
        (["words"], "attend la modération"),
        (["words", Action.REJECT], "n’est pas affiché pour autant"),
        (["words", Action.APPROVE], "votre commentaire est à nouveau affiché"),
    ],
)
def test_who_contested_reads_where_their_comment_stands(client, say, reader, admin, since, sentence):
    comment = services.moderate(say("Un avis", by=reader), Action.REPHRASE, by=admin, reason="abuse")
    statement = Statement.objects.get()
    appeal = services.appeal(statement, text="Non")
    for act in since:
        comment = services.rephrase(comment, text="Mieux") if act == "words" else services.moderate(comment, act, by=admin, reason="abuse")

    services.decide_appeal(appeal, overturn=True, by=UserFactory(is_superuser=True), words="Oui")

    letter = mails.compose(OutgoingMail.objects.get(kind="appeal_decided"))
    for text in (letter.text, letter.html, client.get(path_of(statement)).text):
        assert sentence in text
        assert ("à nouveau affiché" in text) == (ThreadComment.objects.get().status == Status.PUBLISHED)


@pytest.mark.parametrize(
    ("language", "of_a_comment", "of_a_person"),
    [
        ("fr", "est levée : il est visible.", "est levée : vous pouvez à nouveau écrire ici."),
        ("en", "no longer holds: readers see it.", "no longer holds: you can write here again."),
    ],
)
def test_who_was_restricted_reads_in_their_language_that_it_is_over(discussion, admin, language, of_a_comment, of_a_person):
    guest = Author(name="Ève", email="eve@example.org", language=language, proven=True)
    comment = services.moderate(services.post(discussion, author=guest, text="Un mot", notify=False).comment, Action.APPROVE, by=admin)
    hidden = services.moderate(comment, Action.HIDE, by=admin, reason="abuse")
    banned = services.sanction(comment, SanctionKind.BAN, by=admin, reason="abuse")
    Statement.objects.update(decided_at=timezone.now() - timedelta(hours=1))
    services.moderate(hidden, Action.RESTORE, by=admin, reason="")
    services.lift(banned, by=admin)

    letters = [mails.compose(mail) for mail in OutgoingMail.objects.filter(kind="restriction_lifted").order_by("pk")]

    assert len(letters) == 2
    for letter, sentence in zip(letters, [of_a_comment, of_a_person], strict=True):
        assert sentence in letter.text.replace("\u202f", " ").replace("\xa0", " ")
        assert f'<html lang="{language}"' in letter.html
        assert re.search(r"D-\d{6}|S-\d{6}", letter.subject)
