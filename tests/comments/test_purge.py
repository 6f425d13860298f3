"""`purge_unconfirmed`: what nobody confirmed leaves no word, name or address behind; what was confirmed is never touched."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from comments import services
from comments.confirmation import token_for
from comments.models import GuestPass, OutgoingMail, ThreadComment
from comments.services import Author, StaleDecision
from comments.states import Status


def purge(**options):
    out = StringIO()
    call_command("purge_unconfirmed", stdout=out, **options)
    return [int(line.split()[0]) for line in out.getvalue().splitlines()]


@pytest.fixture
def age():
    """`age(comment, days=8)`: as if it had been written then, and its mail sent."""

    def age(*comments, days):
        before = timezone.now() - timedelta(days=days)
        ThreadComment.objects.filter(pk__in=[comment.pk for comment in comments]).update(submit_date=before)
        OutgoingMail.objects.update(settled_at=before)

    return age


def test_a_comment_never_confirmed_leaves_nothing_of_its_author(guest_comment, age):
    age(guest_comment, days=8)

    assert purge() == [1, 1, 0]

    guest_comment.refresh_from_db()
    assert guest_comment.status == Status.REMOVED
    for column in ["comment", "html", "user_name", "user_email"]:
        assert getattr(guest_comment, column) == ""
    assert guest_comment.ip_address is None
    assert not OutgoingMail.objects.exists()
    call_command("check_threads", stdout=StringIO())


def test_purging_again_finds_nothing(guest_comment, age):
    age(guest_comment, days=8)
    purge()

    assert purge() == [0, 0, 0]


def test_a_comment_has_its_seven_days(guest_comment, age):
    age(guest_comment, days=6)

    assert purge() == [0, 0, 0]
    assert purge(days=5) == [1, 1, 0]


@pytest.mark.parametrize("status", [Status.PENDING, Status.PUBLISHED, Status.HIDDEN, Status.REJECTED, Status.SPAM])
def test_what_was_confirmed_is_never_touched(say, age, status):
    comment = say(to=status)
    age(comment, days=100)

    assert purge()[0] == 0
    comment.refresh_from_db()
    assert comment.status == status
    assert comment.comment == "Un avis"


def test_a_link_that_comes_after_the_purge_says_that_the_comment_is_gone(client, guest_comment, age):
    link = reverse("comments:confirm", args=[token_for(guest_comment)])
    age(guest_comment, days=8)
    purge()

    for response in (client.get(link), client.post(link)):
        assert "n’est plus là" in response.text
    guest_comment.refresh_from_db()
    assert guest_comment.status == Status.REMOVED
    assert not GuestPass.objects.exists()


def test_passes_that_ended_are_deleted_and_the_others_stay(guest_comment):
    revoked, unused, used = (services.remember_guest(guest_comment) for _browser in range(3))
    services.revoke_guest_pass(revoked)
    GuestPass.objects.filter(pk=unused.pk).update(used_at=timezone.now() - timedelta(days=181))

    assert purge() == [0, 0, 2]
    assert list(GuestPass.objects.all()) == [used]


def test_a_mail_that_has_not_left_yet_stays(guest_comment, age):
    age(guest_comment, days=8)
    OutgoingMail.objects.update(settled_at=None)

    assert purge() == [1, 0, 0]


@pytest.mark.parametrize("days", [0, -1, 10**9])
def test_a_link_keeps_its_day(db, days):
    with pytest.raises(CommandError):
        purge(days=days)


@pytest.mark.django_db(transaction=True)
def test_a_confirmation_at_the_same_time_wins_or_loses_whole(discussion, age):
    waiting = [
        services.post(discussion, author=Author(name="Ève", email="eve@example.org"), text=f"Avis {number}").comment for number in range(20)
    ]
    age(*waiting, days=8)

    def act(comment):
        try:
            if comment is None:
                return services.purge_unconfirmed()
            services.prove_email(comment)
        except StaleDecision:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(act, [*waiting[:10], None, *waiting[10:], None]))

    assert sum(done) == 20
    for comment in ThreadComment.objects.all():
        assert (comment.status, bool(comment.comment)) in {(Status.PENDING, True), (Status.REMOVED, False)}
    call_command("check_threads", stdout=StringIO())
