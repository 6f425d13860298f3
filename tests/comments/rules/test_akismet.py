"""Akismet is asked where a site chose to, about newcomers alone, and holds up nobody when it does not answer."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.cache import cache

from comments import services
from comments.models import Discussion
from comments.origins import Origin
from comments.rules import akismet
from comments.services import Author
from comments.states import Status
from tests.comments.rules.conftest import GUEST, fired
from tests.factories import TopicFactory

ORIGIN = Origin("203.0.113.9", user_agent="Netscape", referrer="https://example.org/guide/")


class _Service(BaseHTTPRequestHandler):
    """Answers as it is told to, and remembers what it was asked."""

    def do_POST(self):
        told = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append({name: value[0] for name, value in told.items()} | {"path": self.path})
        status, body, seconds = self.server.answer
        time.sleep(seconds)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def service(settings, numbers):
    """Akismet, here: `service.answer` is what it says, `service.asked` what it was told."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    server.asked, server.answer = [], (200, b"true", 0)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.COMMENTS_AKISMET_KEY = "clef"
    settings.COMMENTS_AKISMET_URL = f"http://127.0.0.1:{server.server_port}/1.1"
    numbers(akismet=True)
    yield server
    server.shutdown()
    server.server_close()


def test_what_it_takes_for_spam_is_held(write, service):
    comment = write("Achetez **ceci**", by=GUEST, origin=ORIGIN)

    assert (comment.status, fired(comment)) == (Status.PENDING, ["akismet"])


def test_it_is_told_no_more_than_is_said(write, service):
    write("Achetez **ceci**", by=GUEST, origin=ORIGIN)

    (asked,) = service.asked
    assert (asked["path"], asked["api_key"], asked["user_ip"], asked["comment_author"]) == (
        "/1.1/comment-check",
        "clef",
        "203.0.113.9",
        "Ève",
    )
    assert "Achetez ceci" in asked["comment_content"]
    assert "eve@example.org" not in str(asked)


@pytest.mark.parametrize("answer", [(200, b"false", 0), (200, b"invalid", 0), (200, b"", 0), (200, b"true" * 100, 0)])
def test_any_other_answer_holds_nothing(write, service, answer):
    service.answer = answer

    assert write(by=GUEST, origin=ORIGIN).status == Status.PUBLISHED


@pytest.mark.parametrize("answer", [(500, b"true", 0), (200, b"true", 1)])
def test_without_an_answer_the_comment_is_treated_as_without_it(write, service, answer, monkeypatch):
    monkeypatch.setattr(akismet, "PATIENCE", 0.2)
    service.answer = answer

    assert write(by=GUEST, origin=ORIGIN).status == Status.PUBLISHED
    assert write("Un autre", by=GUEST, origin=ORIGIN).status == Status.PUBLISHED
    assert len(service.asked) == 1


def test_a_service_that_is_gone_is_asked_again_later(write, service):
    service.shutdown()
    service.server_close()

    assert write(by=GUEST, origin=ORIGIN).status == Status.PUBLISHED
    assert cache.get("comments:akismet:resting")


def test_nothing_is_asked_where_a_site_did_not_choose_to(write, service, numbers, settings):
    numbers(akismet=False)
    write("Un", by=GUEST, origin=ORIGIN)
    numbers(akismet=True)
    settings.COMMENTS_AKISMET_KEY = ""
    write("Deux", by=GUEST, origin=ORIGIN)

    assert service.asked == []


def test_nothing_is_asked_about_who_is_known_trusted_or_held_already(write, service, admin, reader, moderator):
    service.answer = (200, b"false", 0)
    write("Un", by=GUEST)
    del service.asked[:]

    write("Deux", by=GUEST)
    services.set_standing(f"user:{reader.pk}", "trusted", by=admin)
    write("Trois", by=reader)
    write("https://a.example https://b.example", by=Author(name="Ève", email="autre@example.org", proven=True))
    write("Quatre", by=moderator)

    assert service.asked == []


def test_nothing_is_told_of_what_is_said_in_a_network(write, service, network, member):
    space = services.discussion_of(TopicFactory(network=network))
    Discussion.objects.filter(pk=space.pk).update(moderation="after")
    space.refresh_from_db()

    assert write(by=member, on=space).status == Status.PUBLISHED
    assert service.asked == []


def test_nothing_is_asked_while_anything_is_locked(write, service, monkeypatch):
    from comments.services import posting

    order = []
    asked, locked = akismet.takes_for_spam, posting.lock
    monkeypatch.setattr(akismet, "takes_for_spam", lambda *told: order.append("asked") or asked(*told))
    monkeypatch.setattr(posting, "lock", lambda pk: order.append("locked") or locked(pk))

    write(by=GUEST, origin=ORIGIN)

    assert order == ["asked", "locked"]


def test_a_cache_that_is_down_is_no_reason_to_lose_a_comment(write, service, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    service.answer = (500, b"", 0)

    assert write(by=GUEST, origin=ORIGIN).status == Status.PUBLISHED
