"""The way out for mail: nothing lost, nothing twice, nobody held up."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from comments import mails, outbox, services
from comments.models import OutgoingMail
from comments.services import Author
from comments.states import Status
from tests.comments import mail_servers
from tests.comments.mail_servers import CountingServer, WatchfulServer

WORKING = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def served_by(settings):
    """`served_by("ClosedServer")`: the mail server's mood from now on."""

    def change(name):
        settings.EMAIL_BACKEND = f"{mail_servers.__name__}.{name}" if name else WORKING

    return change


@pytest.fixture
def letters(discussion):
    """`letters(3)`: as many mails that wait, each to a guest of its own."""

    def write(count):
        for number in range(count):
            services.post(discussion, author=Author(name="Ève", email=f"eve{number}@example.org"), text="Bonjour")

    return write


def later(**delay):
    """Let time pass for every waiting mail."""
    delay = timedelta(**delay)
    for waiting in OutgoingMail.objects.filter(settled_at=None):
        waiting.next_attempt_at -= delay
        waiting.leased_until = waiting.leased_until and waiting.leased_until - delay
        waiting.save()


def recipients():
    """To whom mails left, in their order."""
    return [sent.to[0] for sent in mail.outbox]


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


def test_a_day_without_a_mail_server_loses_nothing_and_keeps_the_order(letters, served_by):
    served_by("ClosedServer")
    letters(5)
    for _ in range(24):
        with pytest.raises(outbox.ServerDown, match="nobody listens"):
            outbox.deliver_due()
        later(hours=1)
    assert mail.outbox == []

    served_by(None)

    assert [outbox.deliver_due() for _ in range(2)] == [5, 0]
    assert recipients() == [f"eve{number}@example.org" for number in range(5)]


def test_a_server_that_is_down_is_noted_on_the_mail_that_found_out_and_costs_the_others_nothing(letters, served_by):
    served_by("ClosedServer")
    letters(3)

    with pytest.raises(outbox.ServerDown):
        outbox.deliver_due()

    waiting = OutgoingMail.objects.order_by("pk")
    assert [(each.attempts, each.settled_at, each.leased_until) for each in waiting] == [(0, None, None)] * 3
    assert ["nobody listens" in each.last_error for each in waiting] == [True, False, False]


def test_posting_goes_on_without_a_mail_server(discussion, served_by, django_capture_on_commit_callbacks):
    served_by("ClosedServer")

    with django_capture_on_commit_callbacks(execute=True):
        posted = services.post(discussion, author=Author(name="Ève", email="eve@example.org"), text="Bonjour")

    assert posted.comment.status == Status.AWAITING_EMAIL
    assert OutgoingMail.objects.filter(settled_at=None).count() == 1


@pytest.mark.parametrize("data", [{}, {"comment": "nonsense"}], ids=["without what it is about", "about nonsense"])
def test_a_mail_that_cannot_be_written_holds_up_no_other(letters, data):
    poison = OutgoingMail.objects.create(kind="confirm_address", event="poison", recipient="eve@example.org", data=data)
    letters(2)

    assert outbox.deliver_due() == 2

    poison.refresh_from_db()
    assert (poison.settled_at, poison.leased_until, poison.attempts) == (None, None, 1)
    assert poison.last_error


def test_a_mail_of_a_kind_that_is_no_more_holds_up_no_other(letters):
    OutgoingMail.objects.create(kind="fax", event="fax:1", recipient="eve@example.org")
    letters(1)

    assert outbox.deliver_due() == 1


def test_a_mail_that_fails_by_itself_is_tried_ever_more_rarely(db):
    OutgoingMail.objects.create(kind="fax", event="fax:1", recipient="eve@example.org")
    waits = []
    for _ in range(7):
        later(days=2)
        outbox.deliver_due()
        waits.append(round((OutgoingMail.objects.get().next_attempt_at - timezone.now()).total_seconds() / 60))

    assert waits == [1, 5, 15, 60, 240, 240, 240]


def test_a_server_that_hangs_up_in_the_middle_gets_the_next_mail_over_a_new_connection(letters, served_by):
    served_by("MoodyServer")
    letters(3)

    assert outbox.deliver_due() == 2

    assert recipients() == ["eve1@example.org", "eve2@example.org"]
    served_by(None)
    later(minutes=2)
    assert outbox.deliver_due() == 1


def test_an_address_that_does_not_exist_is_not_tried_again(guest_comment, served_by):
    served_by("StrictServer")

    assert outbox.deliver_due() == 0

    settled = OutgoingMail.objects.get()
    assert settled.settled_at
    assert "no such user" in settled.last_error


def test_a_server_that_asks_to_come_back_is_obeyed(guest_comment, served_by):
    served_by("GreylistingServer")
    assert outbox.deliver_due() == 0

    served_by(None)
    later(minutes=2)
    assert outbox.deliver_due() == 1


def test_hundreds_leave_in_batches_each_over_one_connection(letters, served_by):
    served_by("CountingServer")
    CountingServer.calls = 0
    letters(250)

    assert outbox.deliver_due() == 250

    assert recipients() == [f"eve{number}@example.org" for number in range(250)]
    assert CountingServer.calls == 3


def test_a_mail_leased_by_another_process_is_left_to_it_until_the_lease_ends(guest_comment):
    OutgoingMail.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert outbox.deliver_due() == 0

    OutgoingMail.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert outbox.deliver_due() == 1


def test_a_process_killed_between_sending_and_noting_it_leads_to_the_same_mail_again(guest_comment, served_by):
    served_by("LastWordServer")
    with pytest.raises(SystemExit):
        outbox.deliver_due()
    served_by(None)
    assert outbox.deliver_due() == 0

    later(minutes=6)
    assert outbox.deliver_due() == 1

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_each_mail_has_an_identity_of_its_own(letters):
    letters(2)

    assert len({mails.compose(waiting).headers["Message-ID"] for waiting in OutgoingMail.objects.all()}) == 2


def test_the_next_round_is_when_a_mail_may_be_tried_again(letters):
    letters(2)
    first, second = OutgoingMail.objects.order_by("pk")
    moment = timezone.now().replace(microsecond=0)
    OutgoingMail.objects.filter(pk=first.pk).update(next_attempt_at=moment, leased_until=moment + timedelta(minutes=4))
    OutgoingMail.objects.filter(pk=second.pk).update(next_attempt_at=moment + timedelta(minutes=5))
    assert outbox.next_attempt() == moment + timedelta(minutes=4)

    OutgoingMail.objects.update(settled_at=moment)
    assert outbox.next_attempt() is None


def test_mails_that_left_are_forgotten_after_90_days(letters):
    letters(3)
    outbox.deliver_due()
    oldest, middle, _newest = OutgoingMail.objects.order_by("pk")
    OutgoingMail.objects.filter(pk=oldest.pk).update(settled_at=timezone.now() - timedelta(days=91))
    OutgoingMail.objects.filter(pk=middle.pk).update(settled_at=None, created_at=timezone.now() - timedelta(days=91))

    assert outbox.forget_old() == 1
    assert not OutgoingMail.objects.filter(pk=oldest.pk).exists()


def test_the_command_sends_what_waits_and_forgets_what_left_long_ago(letters, capsys):
    letters(2)
    OutgoingMail.objects.filter(recipient="eve0@example.org").update(settled_at=timezone.now() - timedelta(days=91))

    call_command("deliver_mail")

    assert capsys.readouterr().out == "1 mail(s) sent.\n"
    assert OutgoingMail.objects.count() == 1


def test_the_command_says_that_the_server_is_down(guest_comment, served_by):
    served_by("ClosedServer")

    with pytest.raises(CommandError, match=r"Nothing is lost, but .*nobody listens"):
        call_command("deliver_mail")


def test_the_worker_mode_leaves_it_to_the_command(guest_comment, settings):
    settings.MAIL_DELIVERY = "worker"

    outbox.start_delivery()

    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_thread_sends_what_waits_and_keeps_no_database_while_the_server_talks(letters, served_by, settings):
    served_by("WatchfulServer")
    WatchfulServer.holds_database.clear()
    settings.MAIL_DELIVERY = "worker"
    letters(2)
    settings.MAIL_DELIVERY = "thread"

    outbox.start_delivery()
    for thread in threading.enumerate():
        if thread.name == "palabre-mail":
            thread.join(timeout=10)

    assert recipients() == ["eve0@example.org", "eve1@example.org"]
    assert WatchfulServer.holds_database == [False, False]


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_send_each_mail_once(letters, settings):
    settings.MAIL_DELIVERY = "worker"
    letters(60)

    def work(_number):
        try:
            return outbox.deliver_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(work, range(4)))

    assert sum(sent) == 60
    assert sorted(recipients()) == sorted(f"eve{number}@example.org" for number in range(60))


def test_a_call_that_cannot_be_passed_on_holds_up_no_mail(letters):
    call = OutgoingMail.objects.create(kind="call_moderators", event="call_moderators:1", data={"comment": "nonsense"})
    letters(1)

    assert outbox.deliver_due() == 1

    call.refresh_from_db()
    assert call.next_attempt_at > timezone.now()
    assert call.last_error
