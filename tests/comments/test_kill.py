"""The real server is killed (kill -9) again and again while people post: what they were told is what is stored.

The suite kills it a few times; `KILLS=40 pytest tests/comments/test_kill.py -s` goes on for minutes, and prints what happened.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment
from wagtail.models import ModelLogEntry

from comments import services
from comments.models import Discussion, OutgoingMail, ThreadComment
from comments.services import Author
from comments.states import Moderation, Status
from search.models import Entry
from tests.comments.forms import comment_form_in
from tests.factories import UserFactory, published_article

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "6"))
CLIENTS = 8
POSTS_PER_FORM = 10
POSTS_BETWEEN_KILLS = 25
LOSE_PATIENCE = 0.1
"""How many people hang up before the answer comes, and send again."""


class Server:
    """Gunicorn as `make run` starts it, with several workers, on the database of the test."""

    def __init__(self, log):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = log
        self.process = None

    def start(self):
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.comments.kill_settings",
            "DATABASE_URL": _database_url(),
            "EMAIL_URL": "dummymail://",
            "BIND": f"127.0.0.1:{self.port}",
            "BASE_URL": self.address,
            "WEB_CONCURRENCY": "2",
            "WEB_THREADS": "4",
        }
        command = [sys.executable, "-m", "gunicorn", "--config", "site/gunicorn.conf.py", "--log-level", "warning"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self.log, stderr=self.log, start_new_session=True)
        for _ in range(600):
            try:
                if requests.get(f"{self.address}/sante/", timeout=5).status_code == 200:
                    return
            except requests.RequestException:
                time.sleep(0.1)
        raise AssertionError("The server does not start.")

    def kill(self):
        """Kill master and workers in the middle of whatever they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_a_worker(self, chance):
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        os.kill(int(chance.choice(workers)), signal.SIGKILL)


class Person(threading.Thread):
    """Opens the article, fills its form, sends it; sends the same again when no answer comes, as people do."""

    def __init__(self, name, server, article, stop, *, session="", reply_to=""):
        super().__init__(name=name)
        self.server, self.article, self.stop = server, article, stop
        self.reply_to = reply_to
        self.browser = requests.Session()
        if session:
            self.browser.cookies.set(settings.SESSION_COOKIE_NAME, session)
        self.told, self.wrong = [], []
        self.cut, self.chance = 0, random.Random(name)
        self.resent_at = {}

    def run(self):
        with self.browser:
            while not self.stop.is_set():
                where, fields = self.insist(lambda: self.browser.get(self.server.address + self.article, timeout=30), self.form_in)
                for _ in range(POSTS_PER_FORM):
                    if self.stop.is_set():
                        return
                    self.say(where, fields)

    def form_in(self, answer):
        return comment_form_in(answer.text) if answer.status_code == 200 else None

    def say(self, where, fields):
        text = f"{self.name} {len(self.told)}"
        typed = {"name": self.name, "email": f"{self.name}@example.org", "reply_to": self.reply_to, "comment": text}
        headers = {"Origin": self.server.address, "Referer": self.server.address + self.article}

        def send():
            is_first = text not in self.resent_at
            self.resent_at[text] = 0 if is_first else time.time()
            patience = 0.05 if is_first and self.chance.random() < LOSE_PATIENCE else 30
            form = {**fields, **typed}
            return self.browser.post(self.server.address + where, form, headers=headers, timeout=patience, allow_redirects=False)

        self.insist(send, lambda answer: answer.status_code == 302)
        self.told.append(text)

    def insist(self, ask, accept):
        """Ask until an answer comes: a broken connection says nothing of what became of the request."""
        while True:
            try:
                answer = ask()
            except requests.RequestException as error:
                self.cut += not isinstance(error, requests.Timeout) and "refused" not in str(error)
                time.sleep(0.05)
                continue
            if found := accept(answer):
                return found
            self.wrong.append((answer.status_code, answer.text[:2000]))
            if len(self.wrong) > 5:
                raise AssertionError(self.wrong)


def _database_url():
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}"))


@pytest.fixture
def server(tmp_path):
    with (tmp_path / "server.log").open("w") as log:
        server = Server(log)
        server.start()
        yield server
        server.kill()


@pytest.fixture
def people(transactional_db, moderator):
    """`people(server, stop)`: accounts and guests, in a discussion read before and in one read after publication."""
    articles = []
    for moderation in Moderation:
        article = published_article(f"Article {moderation}")
        Discussion.objects.filter(pk=services.discussion_of(article).pk).update(moderation=moderation)
        first = services.post(services.discussion_of(article), author=Author(user=moderator), text="Premier").comment
        articles.append((article.get_url(), first.pk))
    sessions = [""] * 2 + [session_of(UserFactory()) for _ in range(CLIENTS - 2)]

    def people(server, stop):
        return [
            Person(f"personne{n}", server, articles[n % 2][0], stop, session=session, reply_to=articles[n % 2][1] if n % 4 > 1 else "")
            for n, session in enumerate(sessions)
        ]

    return people


def session_of(user):
    browser = Client()
    browser.force_login(user)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def test_what_people_were_told_is_what_is_stored(people, server):
    chance, stop = random.Random(KILLS), threading.Event()
    clients = people(server, stop)
    for client in clients:
        client.start()
    try:
        for number in range(KILLS):
            wait_for_posts(clients)
            time.sleep(chance.uniform(0, 0.2))
            if number % 2:
                server.kill_a_worker(chance)
            else:
                server.kill()
                server.start()
        wait_for_posts(clients)
    finally:
        stop.set()
        for client in clients:
            client.join(120)

    assert not any(client.is_alive() for client in clients)
    assert [client.wrong for client in clients if client.wrong] == []
    told = [text for client in clients for text in client.told]
    assert_stored(told)
    cut, kept = sum(client.cut for client in clients), stored_before_they_were_sent_again(clients)
    sys.stdout.write(
        f"\n{connection.vendor}: {KILLS} kills, {cut} requests cut off, {len(told)} comments acknowledged, all stored once; "
        f"{kept} of them were stored before they were sent again\n"
    )
    assert cut
    assert kept


def wait_for_posts(clients):
    """Let people post for a while, however slow the machine is."""
    posted = sum(len(client.told) for client in clients) + POSTS_BETWEEN_KILLS
    for _ in range(600):
        if sum(len(client.told) for client in clients) >= posted:
            return
        time.sleep(0.1)
    raise AssertionError("Nobody posts any more.")


def stored_before_they_were_sent_again(clients):
    resent = {text: moment for client in clients for text, moment in client.resent_at.items() if moment}
    comments = ThreadComment.objects.filter(comment__in=resent)
    return sum(comment.submit_date.timestamp() < resent[comment.comment] for comment in comments)


def assert_stored(told):
    """Every comment that was acknowledged is there once, with all that belongs to it; and there is nothing else."""
    comments = list(ThreadComment.objects.exclude(comment="Premier"))
    audited = Counter(ModelLogEntry.objects.filter(action="comments.post").values_list("object_id", flat=True))
    mails = set(OutgoingMail.objects.values_list("event", flat=True))
    found = set(Entry.objects.filter(comment__isnull=False).values_list("comment_id", flat=True))

    assert sorted(comment.comment for comment in comments) == sorted(told)
    assert audited == Counter(str(pk) for pk in ThreadComment.objects.values_list("pk", flat=True))
    for comment in comments:
        assert (comment.pk in found) == (comment.status == Status.PUBLISHED)
        assert (f"confirm:{comment.pk}" in mails) == (comment.status == Status.AWAITING_EMAIL)
    assert any(event.startswith("comments_wait:") for event in mails)
    assert {comment.status for comment in comments} == {Status.AWAITING_EMAIL, Status.PENDING, Status.PUBLISHED}

    assert Comment.objects.count() == XtdComment.objects.count() == ThreadComment.objects.count()
    for discussion in Discussion.objects.all():
        assert discussion.sequence == ThreadComment.objects.filter(discussion=discussion).count()
    call_command("check_threads", stdout=StringIO())
