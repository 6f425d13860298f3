"""What one act costs this process: queries, and milliseconds of wall clock and of CPU, through the whole stack but the web server."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_comments.forms import CommentSecurityForm

from comments.visitors import pages
from config.benchmarks.filling import Subject
from users.models import User

READS = 40
REPLIES = 60
BACKEND = "config.backends.AccountBackend"


@dataclass(frozen=True)
class Figures:
    """What one act costs: queries, milliseconds at the median and the 95th percentile, milliseconds of CPU at the median."""

    act: str
    queries: int
    p50: float
    p95: float
    cpu: float


def measure(subjects: list[Subject], writer: User) -> list[Figures]:
    """The figures of reading each article in each way, and of replying under it."""
    bare = subjects[0]
    visitor, person = _client(), _client()
    person.force_login(writer, BACKEND)
    figures = [
        _read(visitor, bare, "bare Wagtail page, visitor, computed", afresh=True),
        _read(person, bare, "bare Wagtail page, signed in"),
    ]
    for subject in subjects[1:]:
        size = f"{subject.size:,} comments"
        figures.append(_read(visitor, subject, f"{size}: visitor, kept page"))
        figures.append(_read(visitor, subject, f"{size}: visitor, computed", afresh=True))
        figures.append(_read(person, subject, f"{size}: signed in"))
        figures.append(_reply(person, subject, f"{size}: reply"))
    return figures


def _client() -> Client:
    return Client(headers={"host": "127.0.0.1", "origin": "http://127.0.0.1"})


def _read(client: Client, subject: Subject, act: str, *, afresh: bool = False) -> Figures:
    def read(_number: int) -> None:
        if afresh:
            pages.forget_all()
        _expect(client.get(subject.url), 200)

    return _measure(act, read, READS)


def _reply(client: Client, subject: Subject, act: str) -> Figures:
    parents = subject.newest(REPLIES)
    url = f"/discussions/{subject.discussion.pk}/commenter/"
    form = signed(subject)

    def reply(number: int) -> None:
        client.cookies.pop("messages", None)  # a browser shows what was said of the last comment before the next is written
        parent = {"reply_to": parents[number % len(parents)]} if parents else {}
        _expect(client.post(url, {**form, "comment": f"{act} {number}", **parent}), 302)

    return _measure(act, reply, REPLIES)


def signed(subject: Subject) -> dict[str, str]:
    """The hidden fields of a form that was opened a minute ago."""
    form = CommentSecurityForm(subject.article)
    opened = int(time.time()) - 60
    return {
        "content_type": str(subject.article._meta),
        "object_pk": str(subject.article.pk),
        "timestamp": str(opened),
        "security_hash": form.initial_security_hash(opened),
    }


def _measure(act: str, once: Callable[[int], None], times: int) -> Figures:
    once(-2)
    with CaptureQueriesContext(connection) as captured:
        once(-1)
        queries = len(captured)
    walls, cpus = [], []
    for number in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        once(number)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return Figures(act, queries, median(walls), quantiles(walls, n=20)[-1], median(cpus))


def _expect(response: HttpResponse, status: int) -> None:
    if response.status_code != status:
        raise RuntimeError(f"The benchmark expected {status} and was answered {response.status_code}.")
