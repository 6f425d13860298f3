"""What the site's main page costs: an article with more and more comments, beside the same article without any.

Everything runs in this process, through Django's test client: the figures are the product's own, without a network or a
web server. Compare them with each other, not with another machine's.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_comments.forms import CommentSecurityForm

from articles.models import ArticlePage, GuideIndexPage
from articles.services import plant_site
from comments import bulk, generation, services
from comments.models import Discussion, ThreadComment
from comments.states import Mode, Moderation, Posters
from users.models import User

SIZES = (0, 100, 10_000, 100_000)
WORDS = 1_006
READS = 40
REPLIES = 30
UNLIMITED = {"guest": [(10**9, 1)], "account": [(10**9, 1)]}


@dataclass(frozen=True)
class Figures:
    """What one act costs: database queries, and milliseconds of wall clock at the median and the 95th percentile, of CPU at the median."""

    act: str
    queries: int
    p50: float
    p95: float
    cpu: float


def run(sizes: tuple[int, ...] = SIZES) -> list[Figures]:
    """Build the articles in an empty database and return the figures, the page without comments first."""
    settings.COMMENTS_RATE_LIMITS = UNLIMITED
    settings.COMMENTS_MINIMUM_SECONDS = 0
    guide = GuideIndexPage.objects.child_of(plant_site()).get()
    reader = Client(headers={"host": "127.0.0.1"})
    writer = Client(headers={"host": "127.0.0.1"})
    writer.force_login(User.objects.create_user("banc@exemple.invalid", display_name="Banc"), "django.contrib.auth.backends.ModelBackend")

    bare = _article(guide, "Sans commentaires", 0, mode=Mode.HIDDEN)
    figures = [_read(reader, bare, "page without comments, read")]
    for size in sizes:
        article = _article(guide, f"Avec {size} commentaires", size)
        figures.append(_read(reader, article, f"{size:,} comments, read by a visitor"))
        figures.append(_read(writer, article, f"{size:,} comments, read signed in"))
        figures.append(_reply(writer, article, f"{size:,} comments, a reply posted"))
    return figures


def table(figures: list[Figures]) -> str:
    """The figures as a Markdown table."""
    rows = [f"| {one.act} | {one.queries} | {one.p50:.1f} | {one.p95:.1f} | {one.cpu:.1f} |" for one in figures]
    return "\n".join(["| act | queries | p50 ms | p95 ms | CPU ms |", "|---|--:|--:|--:|--:|", *rows])


def _article(guide: GuideIndexPage, title: str, size: int, mode: Mode = Mode.OPEN) -> ArticlePage:
    words = ("Les réseaux associatifs pèsent sur la vie publique au grand jour. " * WORDS).split()[:WORDS]
    article = ArticlePage(title=title, body=[{"type": "text", "value": f"<p>{' '.join(words)}</p>"}])
    guide.add_child(instance=article)
    article.save_revision().publish()
    discussion = services.discussion_of(article)
    Discussion.objects.filter(pk=discussion.pk).update(mode=mode, moderation=Moderation.AFTER, posters=Posters.EVERYONE)
    for drafts in generation.drafts(size, seed=size, until=timezone.now()):
        bulk.load(discussion, drafts)
    return article


def _read(client: Client, article: ArticlePage, act: str) -> Figures:
    return _measure(act, lambda _: _expect(client.get(article.url), 200), READS)


def _reply(client: Client, article: ArticlePage, act: str) -> Figures:
    discussion = Discussion.objects.for_target(article).get()
    parents = list(ThreadComment.objects.filter(discussion=discussion).order_by("-path").values_list("pk", flat=True)[:REPLIES])
    url = f"/discussions/{discussion.pk}/commenter/"
    signed = CommentSecurityForm(article).generate_security_data()

    def post(number: int) -> None:
        parent = {"reply_to": parents[number % len(parents)]} if parents else {}
        _expect(client.post(url, {**signed, "comment": f"Réponse {number}", **parent}), 302)

    return _measure(act, post, REPLIES)


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
