"""The identification log: apart from the comments, kept a year, looked into by name and reason only."""

import json
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comments import personal_data, rate_limit, services
from comments.models import IdentificationLook, IdentificationRecord, ThreadComment
from comments.origins import Origin, origin_of
from comments.services import Author, Refused
from comments.states import Status
from tests.comments.test_posting import fill  # noqa: F401 (a fixture)

FROM = Origin("203.0.113.77", 40123)


@pytest.fixture
def post(discussion, reader):
    """`post("words", by=…)`: a comment that came from FROM."""

    def post(text="Un avis", *, by=reader, **author):
        by = Author(user=by) if by else Author(**author)
        return services.post(discussion, author=by, text=text, origin=FROM, notify=False).comment

    return post


def kept_about(comment):
    return [(record.act, record.ip, record.port) for record in IdentificationRecord.objects.about(comment)]


def purge(**options):
    out = StringIO()
    call_command("purge_identification", stdout=out, **options)
    return int(out.getvalue().split()[0])


def age(comment, days):
    IdentificationRecord.objects.about(comment).update(at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(
    ("address", "port", "origin"),
    [
        ("203.0.113.77", "40123", FROM),
        ("203.0.113.77", "", Origin("203.0.113.77")),
        ("203.0.113.77", "99999", Origin("203.0.113.77")),
        ("203.0.113.77", "²", Origin("203.0.113.77")),
        ("2001:DB8::1", "1", Origin("2001:db8::1", 1)),
        ("fe80::1%eth0", "1", Origin("fe80::1", 1)),
        ("", "40123", Origin("", 40123)),
        ("nonsense", "40123", Origin("", 40123)),
    ],
)
def test_an_origin_is_an_address_and_perhaps_a_port(rf, address, port, origin):
    assert origin_of(rf.get("/", REMOTE_ADDR=address, REMOTE_PORT=port)) == origin


def test_a_post_through_the_site_writes_address_and_port_apart_from_the_comment(client, discussion, fill):  # noqa: F811
    client.post(reverse("comments:post", args=[discussion.pk]), fill(), REMOTE_ADDR=FROM.ip, REMOTE_PORT=str(FROM.port))

    comment = ThreadComment.objects.get()
    assert kept_about(comment) == [("posted", FROM.ip, FROM.port)]
    assert comment.ip_address is None


def test_a_comment_sent_twice_is_written_down_once(post):
    assert post().pk == post().pk

    assert IdentificationRecord.objects.count() == 1


def test_changing_the_words_and_proving_the_address_are_written_down_too(post, reader):
    comment, guests = post(), post(by=None, name="Ève", email="eve@example.org")

    services.edit(comment, by=reader, text="Un autre avis", origin=Origin("2001:db8::1"))
    services.prove_email(guests, origin=Origin("198.51.100.3", 7))

    assert kept_about(comment)[1:] == [("edited", "2001:db8::1", None)]
    assert kept_about(guests)[1:] == [("confirmed", "198.51.100.3", 7)]
    for told in (comment, guests):
        told.refresh_from_db()
        assert told.ip_address is None


def test_editing_and_confirming_on_the_site_tell_the_log(client, post, reader):
    comment = post()
    client.force_login(reader)

    client.post(reverse("comments:edit", args=[comment.pk]), {"comment": "Mieux dit"}, REMOTE_ADDR="198.51.100.3", REMOTE_PORT="9")

    assert kept_about(comment)[-1] == ("edited", "198.51.100.3", 9)


def test_a_post_asks_one_more_statement_than_without_an_origin(discussion, reader, django_assert_num_queries):
    services.post(discussion, author=Author(user=reader), text="Pour chauffer", origin=FROM)
    with django_assert_num_queries(100, exact=False) as without:
        services.post(discussion, author=Author(user=reader), text="Sans origine")

    with django_assert_num_queries(len(without) + 1):
        services.post(discussion, author=Author(user=reader), text="Avec origine", origin=FROM)


def test_what_is_refused_leaves_nothing(discussion, reader, post):
    discussion.mode = "read_only"
    discussion.save()

    with pytest.raises(Refused):
        post()

    assert not IdentificationRecord.objects.exists()


def test_the_record_outlives_the_words_and_the_account(post, reader):
    comment = post("Des mots à oublier")

    personal_data.erase(reader)
    reader.delete()

    comment.refresh_from_db()
    assert (comment.status, comment.comment, comment.user) == (Status.REMOVED, "", None)
    assert kept_about(comment) == [("posted", FROM.ip, FROM.port)]
    assert IdentificationRecord.objects.get().user is None


def test_a_year_later_it_is_gone_and_not_a_day_sooner(post):
    old, young = post("Vieux"), post("Jeune")
    age(old, 366)
    age(young, 364)

    assert purge() == 1
    assert (kept_about(old), len(kept_about(young))) == ([], 1)
    assert purge() == 0
    assert ThreadComment.objects.filter(pk=old.pk).exists()


def test_the_purge_works_in_batches(post, monkeypatch):
    monkeypatch.setattr("comments.services.identification.BATCH", 2)
    for number in range(5):
        age(post(f"Avis {number}"), 400)

    assert purge() == 5


@pytest.mark.parametrize("days", [0, -1, 10**9])
def test_the_purge_refuses_a_nonsensical_age(db, days):
    with pytest.raises(CommandError):
        purge(days=days)


def test_a_legal_hold_keeps_all_that_is_known_of_a_comment_until_it_is_lifted(post, admin, reader):
    comment = post()
    services.hold(comment, by=admin, reason="Réquisition 2026/12")
    services.edit(comment, by=reader, text="Changé pendant le gel", origin=FROM)
    age(comment, 800)

    assert purge() == 0
    assert len(kept_about(comment)) == 2

    services.release(comment, by=admin, reason="Classement sans suite")
    assert purge() == 2


def test_nothing_is_held_where_nothing_is_kept(say, admin):
    with pytest.raises(Refused, match="il n’y a rien"):
        services.hold(say(), by=admin, reason="Réquisition")

    assert not IdentificationLook.objects.exists()


def test_each_look_is_written_down_and_its_audit_row_names_no_address(post, admin):
    comment = post()

    [record] = services.look_into(comment, by=admin, reason=" Réquisition 2026/12 ")

    assert record.ip == FROM.ip
    look = IdentificationLook.objects.get()
    assert (look.user, look.comment, look.kind, look.reason) == (admin, comment, "looked", "Réquisition 2026/12")
    entry = ModelLogEntry.objects.get(action="comments.identification_looked")
    assert entry.user == admin
    assert FROM.ip not in f"{entry.label} {entry.message} {entry.data}"


@pytest.mark.parametrize("act", [services.look_into, services.hold, services.release])
def test_a_reason_is_needed(post, admin, act):
    with pytest.raises(Refused):
        act(post(), by=admin, reason="  ")

    assert not IdentificationLook.objects.exists()


@pytest.mark.parametrize("who", ["reader", "editor", "moderator", "network_moderator", "other_moderator", "facilitator"])
@pytest.mark.parametrize("act", [services.look_into, services.hold, services.release])
def test_nobody_else_looks_holds_or_releases(post, request, who, act):
    with pytest.raises(Refused):
        act(post(), by=request.getfixturevalue(who), reason="Par curiosité")

    assert not IdentificationLook.objects.exists()


def test_people_find_their_own_records_in_their_data_also_of_what_they_removed(post, reader, member):
    comment = post()
    post("D’un autre", by=member)
    services.remove(comment, by=reader)

    [mine] = personal_data.export(reader)["identification"]

    assert (mine["comment"], mine["act"], mine["ip"], mine["port"]) == (comment.pk, "posted", FROM.ip, FROM.port)
    json.dumps(mine)


def test_rate_limits_keep_no_address_in_clear(client, discussion, rf, reader, fill):  # noqa: F811
    client.post(reverse("comments:post", args=[discussion.pk]), fill(), REMOTE_ADDR=FROM.ip)
    client.post("/compte/login/", {"login": "lectrice@example.org", "password": "faux"}, REMOTE_ADDR=FROM.ip)
    client.post("/compte/password/reset/", {"email": "lectrice@example.org"}, REMOTE_ADDR="2001:db8:7::9")

    kept = repr([*cache._cache.items()])
    assert len(cache._cache) > 3
    assert FROM.ip not in kept
    assert "2001:db8" not in kept
    assert "lectrice" not in kept


def test_the_same_address_is_counted_as_the_same(rf, settings):
    settings.COMMENTS_RATE_LIMITS = {"guest": [(1, 60)], "account": [(1, 60)]}

    def wait(ip):
        request = rf.get("/", REMOTE_ADDR=ip)
        request.user = AnonymousUser()
        return bool(rate_limit.seconds_to_wait(request, "post"))

    assert [wait(FROM.ip), wait(FROM.ip), wait("203.0.113.78")] == [False, True, False]


@pytest.mark.django_db(transaction=True)
def test_a_hold_that_comes_while_the_purge_runs_keeps_whole_comments_or_finds_nothing(post, admin):
    comments = [post(f"Avis {number}") for number in range(12)]
    for comment in comments:
        age(comment, 400)
    outcomes = {}

    def hold_all():
        for comment in comments:
            try:
                outcomes[comment.pk] = services.hold(comment, by=admin, reason="Réquisition")
            except Refused:
                outcomes[comment.pk] = 0
        connection.close()

    def purge_all():
        purge()
        connection.close()

    threads = [threading.Thread(target=hold_all), threading.Thread(target=purge_all)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {comment.pk: len(kept_about(comment)) for comment in comments} == outcomes
