"""The articles that are measured: the same words, with more and more comments."""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from articles.models import ArticlePage, GuideIndexPage
from articles.services import plant_site
from comments import bulk, generation, services
from comments.models import Discussion, ThreadComment
from comments.states import Mode, Moderation, Posters
from users.models import User

WORDS = 1_006
"""As in the article that other systems were measured with."""
WRITERS = 8


@dataclass(frozen=True)
class Subject:
    """One article, and what its discussion holds."""

    article: ArticlePage
    size: int

    @property
    def url(self) -> str:
        """Where it is read."""
        return self.article.url

    @property
    def discussion(self) -> Discussion:
        """Its discussion as it stands."""
        return Discussion.objects.for_target(self.article).get()

    def newest(self, count: int) -> list[int]:
        """The keys of the comments at its end, to answer them."""
        comments = ThreadComment.objects.filter(discussion=self.discussion).shown()
        return list(comments.order_by("-path").values_list("pk", flat=True)[:count])


def fill(sizes: tuple[int, ...]) -> list[Subject]:
    """Write the articles in an empty database, the one whose discussion is hidden first."""
    guide = GuideIndexPage.objects.child_of(plant_site()).get()
    subjects = [_subject(guide, 0, mode=Mode.HIDDEN), *(_subject(guide, size) for size in sizes)]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")  # as a server does by itself in time
    return subjects


def writers() -> list[User]:
    """The people who write, one for each client."""
    return [
        User.objects.get_or_create(email=f"banc{number}@exemple.invalid", defaults={"display_name": f"Banc {number}"})[0]
        for number in range(WRITERS)
    ]


def _subject(guide: GuideIndexPage, size: int, *, mode: Mode = Mode.OPEN) -> Subject:
    title = "Sans discussion" if mode == Mode.HIDDEN else f"Avec {size} commentaires"
    words = ("Les réseaux associatifs pèsent sur la vie publique au grand jour. " * WORDS).split()[:WORDS]
    article = ArticlePage(title=title, body=[{"type": "text", "value": f"<p>{' '.join(words)}</p>"}])
    guide.add_child(instance=article)
    article.save_revision().publish()
    discussion = services.discussion_of(article)
    Discussion.objects.filter(pk=discussion.pk).update(mode=mode, moderation=Moderation.AFTER, posters=Posters.EVERYONE)
    for drafts in generation.drafts(size, seed=size, until=timezone.now()):
        bulk.load(discussion, drafts)
    return Subject(article, size)
