"""How many comments the real server stores from eight people who write at once."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from statistics import quantiles
from threading import Barrier
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from comments.models import ThreadComment
from config.benchmarks.filling import Subject
from config.benchmarks.in_process import BACKEND, signed
from config.benchmarks.server import Server, serving
from users.models import User

ROUNDS = 3
SECONDS = 4
TOKEN = "benchbenchbenchbenchbenchbenchbe"  # noqa: S105 (Django accepts any 32 letters that the cookie repeats)


@dataclass(frozen=True)
class Throughput:
    """Comments stored a second, and the milliseconds that one took: the median, the 99th percentile, the slowest."""

    what: str
    rate: float
    p50: float
    p99: float
    slowest: float


def measure(subject: Subject, writers: list[User]) -> list[Throughput]:
    """One person who writes, then all of them, each a reply to a recent comment; what was acknowledged is counted in the database."""
    cookies = [f"{settings.SESSION_COOKIE_NAME}={_session_of(writer)}; {settings.CSRF_COOKIE_NAME}={TOKEN}" for writer in writers]
    with serving() as site:
        _together(site, subject, cookies, 1.0)
        return [_median(site, subject, cookies[:1], "1 client"), _median(site, subject, cookies, f"{len(cookies)} clients")]


def _median(site: Server, subject: Subject, cookies: list[str], what: str) -> Throughput:
    """The round in the middle, by its rate: which worker accepts a connection is a matter of chance, and lasts as long as the round."""
    rounds = sorted((_measured(site, subject, cookies, what) for _ in range(ROUNDS)), key=lambda throughput: throughput.rate)
    return rounds[len(rounds) // 2]


def _measured(site: Server, subject: Subject, cookies: list[str], what: str) -> Throughput:
    stored = ThreadComment.objects.count()
    began = time.perf_counter()
    took = _together(site, subject, cookies, SECONDS)
    lasted = time.perf_counter() - began
    if ThreadComment.objects.count() - stored != len(took):
        raise RuntimeError("What was acknowledged and what is stored differ.")
    percentiles = quantiles(took, n=100)
    return Throughput(f"{subject.size:,} comments: {what}", len(took) / lasted, percentiles[49], percentiles[98], max(took))


def _together(site: Server, subject: Subject, cookies: list[str], seconds: float) -> list[float]:
    """Post for some seconds, each with a cookie of their own; return how long each post took, in milliseconds."""
    parents = subject.newest(40)
    path = f"/discussions/{subject.discussion.pk}/commenter/"
    form = {**signed(subject), "csrfmiddlewaretoken": TOKEN}
    ready = Barrier(len(cookies))

    def post(place: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", site.port)
        headers = {
            "Cookie": cookies[place],
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{site.port}",
        }
        ready.wait()
        took, ends = [], time.perf_counter() + seconds
        while (began := time.perf_counter()) < ends:
            words = f"Un avis parmi d’autres, le {len(took)} de {place} à {began}. " * 5
            body = urlencode({**form, "comment": words, "reply_to": parents[(place + len(took)) % len(parents)]})
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 302:
                raise RuntimeError(f"A post was answered {answer.status}.")
            took.append((time.perf_counter() - began) * 1000)
        return took

    with ThreadPoolExecutor(len(cookies)) as pool:
        return [one for all_of_one in pool.map(post, range(len(cookies))) for one in all_of_one]


def _session_of(writer: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update({SESSION_KEY: str(writer.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: writer.get_session_auth_hash()})
    session.save()
    return str(session.session_key)
