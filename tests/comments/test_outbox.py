"""The way out for mail: nothing lost, nothing twice, nothing to who may no longer read it."""

import smtplib
import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from comments import mails, notifications, outbox, services
from comments.models import OutgoingMail
from comments.services import Author
from comments.states import Action, Status
from networks.models import JoinRequest
from tests.factories import TopicFactory, UserFactory


class DeadServer(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("nobody listens")


class StrictServer(BaseEmailBackend):
    """A mail server that knows that the address does not exist."""

    def send_messages(self, email_messages):
        raise smtplib.SMTPRecipientsRefused({"eve@example.org": (550, b"no such user")})


def later(**delay):
    """Let time pass for every waiting mail."""
    for waiting in OutgoingMail.objects.filter(settled_at=None):
        OutgoingMail.objects.filter(pk=waiting.pk).update(next_attempt_at=waiting.next_attempt_at - timedelta(**delay))


def test_a_mail_is_sent_once(guest_comment):
    assert [outbox.deliver_due() for _ in range(3)] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_a_mail_leaves_after_the_transaction_of_its_cause(discussion, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.post(discussion, author=Author(name="Ève", email="eve@example.org"), text="Bonjour")
        assert mail.outbox == []

    assert len(mail.outbox) == 1


def test_a_comment_taken_back_with_its_transaction_takes_its_mail_along(discussion):
    with transaction.atomic():
        services.post(discussion, author=Author(name="Ève", email="eve@example.org"), text="Bonjour")
        transaction.set_rollback(True)

    assert not OutgoingMail.objects.exists()


def test_a_server_that_is_down_loses_nothing(guest_comment, settings):
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    assert outbox.deliver_due() == 0

    waiting = OutgoingMail.objects.get()
    assert (waiting.attempts, waiting.settled_at, waiting.leased_until) == (1, None, None)
    assert "nobody listens" in waiting.last_error
    assert outbox.deliver_due() == 0

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later(minutes=2)
    assert outbox.deliver_due() == 1


def test_attempts_grow_rare_up_to_a_day(guest_comment, settings):
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    waits = []
    for _ in range(9):
        later(days=2)
        outbox.deliver_due()
        waits.append(round((OutgoingMail.objects.get().next_attempt_at - timezone.now()).total_seconds() / 60))

    assert waits == [1, 5, 15, 60, 240, 720, 1440, 1440, 1440]


def test_an_address_that_does_not_exist_is_not_tried_again(guest_comment, settings):
    settings.EMAIL_BACKEND = f"{__name__}.StrictServer"

    assert outbox.deliver_due() == 0

    settled = OutgoingMail.objects.get()
    assert settled.settled_at
    assert "no such user" in settled.last_error


def test_a_mail_leased_by_another_process_is_left_to_it_until_the_lease_ends(guest_comment):
    OutgoingMail.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert outbox.deliver_due() == 0

    OutgoingMail.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert outbox.deliver_due() == 1


def test_two_processes_never_take_the_same_mail(guest_comment):
    first = second = OutgoingMail.objects.get()

    assert outbox._lease(first)
    assert not outbox._lease(second)


def test_each_attempt_has_the_same_identity(guest_comment):
    waiting = OutgoingMail.objects.get()

    assert mails.compose(waiting).headers["Message-ID"] == mails.compose(waiting).headers["Message-ID"]


def test_a_mail_without_a_reason_any_more_is_settled_unsent(guest_comment, admin):
    services.prove_email(guest_comment)
    OutgoingMail.objects.exclude(kind="confirm_address").delete()

    assert outbox.deliver_due() == 0
    assert OutgoingMail.objects.get().settled_at


def test_moderators_are_told_once_an_hour_of_all_that_waits(discussion, say, moderator, reader):
    for number in range(3):
        comment = services.post(discussion, author=Author(user=reader), text=f"Avis {number}").comment
    outbox.deliver_due()
    services.post(discussion, author=Author(user=reader), text="Un de plus")
    assert outbox.deliver_due() == 0

    (told,) = mail.outbox
    assert told.to == [moderator.email]
    assert "3 commentaires" in told.subject
    assert reverse("moderation:index") in told.body
    later(hours=1)
    services.moderate(comment, Action.APPROVE, by=moderator)
    assert outbox.deliver_due() == 1
    assert "3 commentaires" in mail.outbox[-1].subject


def test_a_moderator_who_is_one_no_more_when_the_mail_leaves_gets_none(discussion, moderator, admin, reader):
    services.post(discussion, author=Author(user=reader), text="Un avis")
    moderator.user_permissions.clear()

    assert outbox.deliver_due() == 0


def test_moderators_are_those_of_the_group_and_of_the_network(network, network_moderator, other_moderator, moderator, member, admin):
    by_group = UserFactory()
    by_group.groups.add(Group.objects.get(name="Modération"))
    UserFactory(is_active=False).groups.add(Group.objects.get(name="Modération"))
    topic = TopicFactory(network=network)
    discussion = services.configure(services.discussion_of(topic), _moderated_before(topic))

    services.post(discussion, author=Author(user=member), text="Un avis")

    told = set(OutgoingMail.objects.values_list("user", flat=True))
    assert told == {by_group.pk, moderator.pk, network_moderator.pk}


def _moderated_before(topic):
    chosen = services.discussion_of(topic)
    chosen.moderation = "before"
    return chosen


def test_administrators_are_told_where_nobody_moderates(discussion, admin, reader):
    services.post(discussion, author=Author(user=reader), text="Un avis")

    assert OutgoingMail.objects.get().user == admin


def test_a_mail_speaks_the_language_of_who_reads_it(discussion, moderator, reader):
    moderator.language = "en"
    moderator.save()
    services.post(discussion, author=Author(user=reader), text="Un avis")
    services.post(discussion, author=Author(name="Ève", email="eve@example.org", language="fr"), text="Un autre")
    outbox.deliver_due()

    subjects = {sent.to[0]: sent.subject for sent in mail.outbox}
    assert subjects[moderator.email] == "1 comment awaits moderation"
    assert subjects["eve@example.org"].startswith("Confirmez")


def test_a_title_with_line_breaks_or_markup_breaks_no_mail(discussion, guest_comment):
    guest_comment.discussion.__class__.objects.update(title="Un titre\nBcc: tous@example.org <b>")

    outbox.deliver_due()

    (sent,) = mail.outbox
    assert "\n" not in sent.subject
    assert "<b>" not in sent.alternatives[0].content


def test_facilitators_are_told_of_a_request_and_the_person_of_the_answer(network, facilitator, reader):
    asked = JoinRequest.objects.create(network=network, user=reader, message="J’aimerais venir")
    notifications.join_requested(asked)
    outbox.deliver_due()
    asked.outcome = "accepted"
    asked.save()
    notifications.join_decided(asked)
    outbox.deliver_due()

    assert [sent.to for sent in mail.outbox] == [[facilitator.email], [reader.email]]
    assert "J’aimerais venir" in mail.outbox[0].body
    assert "bienvenue" in mail.outbox[1].body


def test_a_request_decided_before_its_mail_left_is_not_announced(network, facilitator, reader):
    asked = JoinRequest.objects.create(network=network, user=reader)
    notifications.join_requested(asked)
    JoinRequest.objects.update(outcome="refused")

    assert outbox.deliver_due() == 0


def test_the_command_sends_what_waits(guest_comment, capsys):
    call_command("deliver_mail")

    assert capsys.readouterr().out == "1 mail(s) sent.\n"
    assert guest_comment.status == Status.AWAITING_EMAIL


@pytest.mark.django_db(transaction=True)
def test_a_thread_sends_what_waits_and_ends(guest_comment, settings):
    settings.MAIL_DELIVERY = "thread"
    OutgoingMail.objects.update(settled_at=None, attempts=0, leased_until=None, next_attempt_at=timezone.now())
    mail.outbox.clear()

    outbox.start_delivery()
    for thread in threading.enumerate():
        if thread.name == "palabre-mail":
            thread.join(timeout=10)

    assert len(mail.outbox) == 1


def test_the_worker_mode_leaves_it_to_the_command(guest_comment, settings):
    settings.MAIL_DELIVERY = "worker"

    outbox.start_delivery()

    assert mail.outbox == []
