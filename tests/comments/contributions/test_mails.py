"""Each mail about contributions and proposals, in French and English, as text and as HTML; and when it is not sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import mails, services
from comments.models import Discussion, OutgoingMail, PublicProposal
from comments.services import Author
from comments.states import Action, Moderation
from comments.voices import PROPOSAL_TIME
from networks.models import Membership, Role

HOSTILE = "<script>alert(1)</script> & « merci »"

SAID = {
    "contribution_waits": (
        "attend votre validation",
        "La valider ou la renvoyer",
        "waits for your validation",
        "Validate it or send it back",
    ),
    "contribution_returned": ("À reprendre", "a renvoyé votre contribution", "To be reworked", "sent your contribution"),
    "contribution_validated": ("Validée", "a validé votre contribution", "Validated", "has validated your contribution"),
    "proposal_made": ("Accepteriez-vous", "Vous seul·e en décidez", "Would you let your comment", "You alone decide"),
    "proposal_accepted": ("Accepté", "est d’accord", "Accepted", "agrees"),
    "proposal_declined": ("Refusé", "a refusé", "Declined", "declined"),
    "reply": ("a répondu à Réseau des ludothèques", "a répondu à ce que dit", "replied to Réseau des ludothèques", "replied to what"),
    "published": ("est publié", "La modération a lu ce que dit", "is published", "A moderator has read what"),
    "restricted": ("une décision", "a dit en son nom", "a decision", "said in its own name"),
}


def newest(kind):
    return OutgoingMail.objects.filter(kind=kind).order_by("-pk").first()


@pytest.fixture
def letters(article, network, member, facilitator, reader, admin, submitted, told, said):
    """`letters(language)`: a letter of each kind, for people who read that language."""

    def letters(language):
        for person in (member, facilitator, reader, admin):
            person.language = language
            person.save()
        written = {}

        def keep(name, kind):
            written[name] = mails.compose(newest(kind))

        waiting = submitted(what=told(f"Position\n\n{HOSTILE}"))
        keep("contribution_waits", "contribution_waits")
        services.send_back(waiting, by=facilitator, words=HOSTILE, seen=waiting.version)
        keep("contribution_returned", "contribution_decided")
        waiting = services.submit(waiting, by=member, seen=waiting.version)
        Discussion.objects.filter(pk=article.pk).update(moderation=Moderation.BEFORE)
        comment = services.validate(waiting, by=facilitator, seen=waiting.version).comment
        keep("contribution_validated", "contribution_decided")
        comment = services.moderate(comment, Action.APPROVE, by=admin)
        keep("published", "published")
        Discussion.objects.filter(pk=article.pk).update(moderation=Moderation.AFTER)
        services.post(article, author=Author(user=reader), text=HOSTILE, parent_id=comment.pk)
        keep("reply", "reply")
        services.moderate(comment, Action.HIDE, by=admin, reason="abuse", words=HOSTILE)
        keep("restricted", "restricted")
        for answer in ("accepted", "declined"):
            asked = services.propose(said, to=article, by=facilitator, words=HOSTILE)
            keep("proposal_made", "proposal_made")
            if answer == "declined":
                services.decline(asked, by=member)
            else:
                services.accept(asked, by=member, seen=said.standing)
            keep(f"proposal_{answer}", "proposal_decided")
        return written

    return letters


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_mail_speaks_its_readers_language_and_runs_nothing(letters, language):
    written = letters(language)

    assert set(written) == set(SAID)
    for kind, sentences in SAID.items():
        letter = written[kind]
        subject, sentence = sentences[:2] if language == "fr" else sentences[2:]
        assert subject in letter.subject, kind
        assert sentence in letter.text, kind
        assert sentence in letter.html, kind
        assert f'<html lang="{language}"' in letter.html
        assert "<script" not in letter.html, kind
        assert "\n" not in letter.subject
        assert "{{" not in letter.text + letter.html + letter.subject, kind
        assert ("http" in letter.text) == (kind != "proposal_declined"), kind
        assert "&lt;" not in letter.text, kind


def test_what_no_longer_waits_calls_no_facilitator(submitted, facilitator, colleague, member, told):
    waiting = submitted()
    called = OutgoingMail.objects.filter(kind="contribution_waits")
    assert {mail.user for mail in called} == {facilitator, colleague}
    Membership.objects.filter(user=colleague).update(role=Role.MEMBER)
    assert mails.compose(called.get(user=colleague)) is None
    assert mails.compose(called.get(user=facilitator)) is not None

    services.rewrite(waiting, by=member, told=told("Autre"), seen=waiting.version)

    assert mails.compose(called.get(user=facilitator)) is None


def test_a_decision_is_not_told_to_who_left(submitted, facilitator, member):
    waiting = submitted()
    services.send_back(waiting, by=facilitator, words="Plus court", seen=waiting.version)
    Membership.objects.filter(user=member).delete()

    assert mails.compose(newest("contribution_decided")) is None


def test_a_validation_of_ones_own_words_is_no_news(submitted, facilitator):
    waiting = submitted(by=facilitator)
    services.validate(waiting, by=facilitator, seen=waiting.version)

    assert not OutgoingMail.objects.filter(kind__in=["contribution_decided", "contribution_waits"]).exists()


def test_an_author_is_not_asked_about_what_cannot_be(said, article, facilitator, admin):
    services.propose(said, to=article, by=facilitator)
    services.moderate(said, Action.HIDE, by=admin, reason="off_topic")

    assert mails.compose(newest("proposal_made")) is None


def test_an_author_is_not_asked_when_it_is_too_late(said, article, facilitator):
    services.propose(said, to=article, by=facilitator)
    PublicProposal.objects.update(created_at=timezone.now() - PROPOSAL_TIME - timedelta(days=1))

    assert mails.compose(newest("proposal_made")) is None


def test_a_no_leaves_out_why_and_the_words(said, article, facilitator, member):
    services.decline(services.propose(said, to=article, by=facilitator), by=member)

    letter = mails.compose(newest("proposal_decided"))

    assert "idée" not in letter.text
    assert member.display_name not in letter.text


def test_replies_go_to_those_who_answer_for_it_and_not_to_who_replies(published, article, member, facilitator, colleague):
    comment = published().comment
    services.post(article, author=Author(user=colleague), text="Une précision", parent_id=comment.pk)

    told = {mail.user: mails.compose(mail) for mail in OutgoingMail.objects.filter(kind="reply")}

    assert set(told) == {member, facilitator, colleague}
    assert told[colleague] is None
    assert told[member] is not None
    Membership.objects.filter(user=member).delete()
    assert mails.compose(OutgoingMail.objects.get(kind="reply", user=member)) is None
    services.refuse_notices(facilitator.email)
    assert mails.compose(OutgoingMail.objects.get(kind="reply", user=facilitator)) is None


@pytest.mark.parametrize(
    "kind", ["contribution_waits", "contribution_returned", "contribution_validated", "proposal_accepted", "proposal_declined"]
)
def test_an_article_that_is_no_longer_shown_is_not_named(article, kind, member, facilitator, said, submitted):
    mail = _mail_of(kind, article, member, facilitator, said, submitted)
    assert article.title in mails.compose(mail).text
    article.target.unpublish()

    letter = mails.compose(OutgoingMail.objects.get(pk=mail.pk))

    for told in (letter.subject, letter.text, letter.html):
        assert article.title not in told
    assert "Un article qui n’est plus affiché" in letter.text


def _mail_of(kind, article, member, facilitator, said, submitted):
    """A mail that waits, of this kind."""
    if kind.startswith("proposal"):
        asked = services.propose(said, to=article, by=facilitator)
        if kind == "proposal_declined":
            services.decline(asked, by=member)
        else:
            services.accept(asked, by=member, seen=said.standing)
        return newest("proposal_decided")
    waiting = submitted()
    if kind == "contribution_waits":
        return newest("contribution_waits")
    if kind == "contribution_returned":
        services.send_back(waiting, by=facilitator, words="À revoir", seen=waiting.version)
    else:
        services.validate(waiting, by=facilitator, seen=waiting.version)
    return newest("contribution_decided")
