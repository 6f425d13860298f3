"""The cache, the mail server or the search index is down: people read and post all the same, and what was missed is caught up."""

import shutil
import socket
import subprocess
import time
from datetime import timedelta
from importlib import import_module

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from comments import outbox, services
from comments.models import Discussion, OutgoingMail, ThreadComment
from comments.states import Moderation, Status
from search import catching_up
from search.models import Entry
from search.queries import parse
from search.results import find
from tests.comments.forms import comment_form_in

DEAD_PORT = 1


@pytest.fixture
def discussion(discussion):
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.AFTER)
    return Discussion.objects.get(pk=discussion.pk)


@pytest.fixture
def write(client, reader, discussion):
    """Open the article, fill its form as a reader with an account, send it; return the comment as the database has it."""
    client.force_login(reader)

    def write(text):
        article = discussion.target.get_url()
        where, fields = comment_form_in(client.get(article).content.decode())
        answer = client.post(where, {**fields, "comment": text}, headers={"Origin": "http://testserver"})
        assert answer.status_code == 302, answer.content.decode()
        assert text in client.get(article).content.decode()
        return ThreadComment.objects.get(comment=text)

    return write


# The cache ------------------------------------------------------------------------------------------------------------


def redis_at(port, settings):
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    settings.CACHES = {
        "default": {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": f"redis://127.0.0.1:{port}", "OPTIONS": options}
    }


def test_people_read_and_post_without_a_cache(settings, write):
    redis_at(DEAD_PORT, settings)

    assert write("Sans mémoire").status == Status.PUBLISHED


@pytest.fixture
def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def start_redis(free_port, tmp_path):
    started = []

    def start():
        quiet = ["--save", "", "--appendonly", "no", "--dir", str(tmp_path)]
        server = subprocess.Popen(["redis-server", "--port", str(free_port), *quiet], stdout=subprocess.DEVNULL)
        started.append(server)
        for _ in range(100):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", free_port)) == 0:
                    return server
            time.sleep(0.05)
        raise AssertionError("redis-server does not start")

    yield start
    for server in started:
        server.kill()
        server.wait()


@pytest.mark.skipif(not shutil.which("redis-server"), reason="needs redis-server")
def test_people_read_and_post_while_the_cache_dies_and_comes_back(settings, free_port, start_redis, write, monkeypatch):
    monkeypatch.setattr("config.cache.REST_SECONDS", 0)
    redis_at(free_port, settings)
    server = start_redis()
    write("Avant")
    caches["default"].set("known", "kept")

    server.kill()
    server.wait()
    write("Pendant")
    assert caches["default"].get("known") is None

    start_redis()
    caches["default"].set("known", "again")
    assert caches["default"].get("known") == "again"
    write("Après")


def test_a_cache_that_takes_calls_in_silence_is_called_once_and_then_left_alone(settings, write):
    with socket.create_server(("127.0.0.1", 0), backlog=100) as silent:
        redis_at(silent.getsockname()[1], settings)

        write("En attendant")

        assert calls_to(silent) <= 2


def calls_to(server):
    """How many calls wait at a server's door."""
    server.setblocking(False)
    calls = []
    try:
        while True:
            calls.append(server.accept()[0])
    except BlockingIOError:
        return len(calls)
    finally:
        for call in calls:
            call.close()


# The mail server ------------------------------------------------------------------------------------------------------


def test_a_guests_comment_is_kept_while_the_mail_server_is_down_and_its_link_leaves_later(
    client, discussion, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", DEAD_PORT
    where, fields = comment_form_in(client.get(discussion.target.get_url()).content.decode())

    with django_capture_on_commit_callbacks(execute=True):
        typed = {"name": "Ève", "email": "eve@example.org", "comment": "Sans facteur"}
        answer = client.post(where, {**fields, **typed}, headers={"Origin": "http://testserver"})

    assert answer.status_code == 302
    assert ThreadComment.objects.get().status == Status.AWAITING_EMAIL
    assert OutgoingMail.objects.get().settled_at is None
    assert mail.outbox == []

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutgoingMail.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    assert outbox.deliver_due() == 1
    assert mail.outbox[0].to == ["eve@example.org"]


# The index ------------------------------------------------------------------------------------------------------------

FULL_TEXT = {vendor: getattr(import_module("search.migrations.0002_full_text"), vendor.upper()) for vendor in ("sqlite", "postgresql")}
WAYS = {
    "the table is away": {
        "sqlite": (["ALTER TABLE search_entry RENAME TO away"], ["ALTER TABLE away RENAME TO search_entry"]),
        "postgresql": (["ALTER TABLE search_entry RENAME TO away"], ["ALTER TABLE away RENAME TO search_entry"]),
    },
    "the words are lost": {
        "sqlite": (["DROP TABLE search_fulltext"], FULL_TEXT["sqlite"][:1]),
        "postgresql": (
            ["ALTER TABLE search_entry DROP COLUMN vector", "ALTER TABLE search_entry DROP COLUMN text_stems"],
            ["ALTER TABLE search_entry ADD COLUMN text_stems text NOT NULL DEFAULT ''", *FULL_TEXT["postgresql"]],
        ),
    },
    "it is damaged": {
        "sqlite": (["DELETE FROM search_fulltext_data"], ["INSERT INTO search_fulltext(search_fulltext) VALUES ('rebuild')"]),
        "postgresql": (
            ["ALTER TABLE search_entry ADD CONSTRAINT nothing_more CHECK (false) NOT VALID"],
            ["ALTER TABLE search_entry DROP CONSTRAINT nothing_more"],
        ),
    },
}


def ask(statements):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or else no table may change that was written to
        for statement in statements:
            cursor.execute(statement, None)


@pytest.fixture(params=WAYS)
def broken_index(request, db, discussion, reader, monkeypatch):
    """Break the index in earnest and return how to put it right; the end of the test takes both back."""
    monkeypatch.setattr(catching_up, "_not_before", 0.0)
    breaking, mending = WAYS[request.param][connection.vendor]
    ask(breaking)
    return lambda: ask(mending)


def test_people_post_while_the_index_is_broken_and_the_next_comment_brings_in_what_it_missed(
    write, broken_index, reader, caplog, django_capture_on_commit_callbacks
):
    missed = write("Des hirondelles")
    assert missed.status == Status.PUBLISHED
    assert "is not indexed" in caplog.text

    broken_index()
    with django_capture_on_commit_callbacks(execute=True):
        write("Des mésanges")

    assert set(found("hirondelle", reader)) == {"Des hirondelles"}
    assert set(found("mésange", reader)) == {"Des mésanges"}


def test_words_edited_while_the_index_is_broken_are_brought_in_by_the_command(write, reader, monkeypatch):
    comment = write("Des hirondelles")
    away, back = WAYS["the table is away"][connection.vendor]
    ask(away)
    services.edit(comment, by=reader, text="Des mésanges")
    ask(back)

    call_command("rebuild_search", "--missing", verbosity=0)

    assert found("hirondelle", reader) == []
    assert found("mésange", reader) == ["Des mésanges"]


def found(word, user):
    return [hit.entry.text for hit in find(parse(word), user=user).hits]


def test_much_that_was_missed_is_brought_in_a_little_at_a_time(write, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(catching_up, "AT_ONCE", 2)
    monkeypatch.setattr(catching_up, "_not_before", 0.0)
    monkeypatch.setattr(catching_up, "_behind", True)
    for text in ("Un", "Deux", "Trois"):
        write(text)
    Entry.objects.filter(comment__isnull=False).delete()

    counts = []
    for text in ("Quatre", "Cinq", "Six"):
        with django_capture_on_commit_callbacks(execute=True):
            write(text)
        counts.append(Entry.objects.filter(comment__isnull=False).count())

    assert counts == [3, 5, 6]


def test_what_cannot_be_written_does_not_keep_the_rest_away_nor_costs_a_look_each_time(
    write, reader, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(catching_up, "_not_before", 0.0)
    monkeypatch.setattr(catching_up, "_behind", True)
    refused, missed = write("Impossible"), write("Possible")
    Entry.objects.filter(comment__in=[refused, missed]).delete()
    ask(REFUSING[connection.vendor])

    with django_capture_on_commit_callbacks(execute=True):
        write("Suivant")
    assert set(Entry.objects.filter(comment__isnull=False).values_list("text", flat=True)) == {"Possible", "Suivant"}

    with django_capture_on_commit_callbacks() as after_commit:
        write("Encore")
    assert catching_up.catch_up not in after_commit


REFUSING = {
    "sqlite": ["CREATE TRIGGER refusing BEFORE INSERT ON search_entry WHEN new.text = 'Impossible' BEGIN SELECT RAISE(ABORT, 'no'); END"],
    "postgresql": ["ALTER TABLE search_entry ADD CONSTRAINT refusing CHECK (text <> 'Impossible')"],
}


@pytest.mark.django_db(transaction=True)
def test_the_search_says_that_it_is_out_of_order(client):
    away, back = WAYS["the table is away"][connection.vendor]
    ask(away)
    try:
        answer = client.get("/recherche/?q=guide")
    finally:
        ask(back)

    assert answer.status_code == 503
    assert "La recherche ne répond pas" in answer.content.decode()
