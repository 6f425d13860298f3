"""The index follows what changes, costs little, and never stands in the way."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import bulk, services
from comments.models import ThreadComment
from comments.services import Author
from comments.states import Action, Status
from search import indexing, sources
from search.models import Entry
from tests.factories import TopicFactory, published_article, standard_page

FIELDS = [field.name for field in Entry._meta.fields if field.name != "id"]


def snapshot():
    return sorted(Entry.objects.values_list(*FIELDS), key=str)


@pytest.fixture
def site(say, moderator):
    """A little of everything, some of it changed since."""
    article = published_article("Palabre", introduction="Sous l’arbre")
    article.title = "Palabres"
    article.save_revision().publish()
    standard_page()
    topic = TopicFactory(title="Ancien", text="Un\ndeux")
    topic.title = "Nouveau"
    topic.save()
    comment = say(article, "un **deux**\n\ntrois")
    say(topic, "quatre")
    services.moderate(say(article, "caché"), Action.HIDE, by=moderator, reason="abuse")
    services.moderate(say(article, "attend", status=Status.PENDING), Action.APPROVE, by=moderator)
    return comment


def test_a_rebuilt_index_is_the_one_that_followed_the_changes(site):
    followed = snapshot()

    Entry.objects.all().delete()
    call_command("rebuild_search", verbosity=0)

    assert snapshot() == followed
    assert [entry.text for entry in Entry.objects.filter(comment=site)] == ["un deux trois"]


def test_comments_loaded_at_once_are_found_at_once(db, search, admin):
    discussion = services.discussion_of(published_article())
    drafts = [
        bulk.Draft(author=Author(name="Ève"), text=text, status=status, submitted_at=timezone.now())
        for text, status in (("des palabres", Status.PUBLISHED), ("des palabres en attente", Status.PENDING))
    ]

    bulk.load(discussion, drafts)

    assert search("palabre", admin) == ["des palabres"]


def test_rebuilding_twice_changes_nothing(site, search, admin):
    before = snapshot()

    call_command("rebuild_search", verbosity=0)
    call_command("rebuild_search", "--missing", verbosity=0)

    assert snapshot() == before
    assert search("quatre", admin) == ["quatre"]


def test_missing_indexes_what_is_missing_or_out_of_date_and_deletes_what_is_gone(site, search, admin, capsys):
    whole = snapshot()
    Entry.objects.filter(topic__isnull=False).delete()
    Entry.objects.filter(comment=site).update(changed_at="2000-01-01T00:00Z", text="avant", text_stems="avant")
    gone = Entry.objects.get(text="quatre").comment
    ThreadComment.objects.filter(pk=gone.pk).update(status=Status.HIDDEN)

    call_command("rebuild_search", "--missing")

    assert snapshot() == [row for row in whole if "quatre" not in row]
    assert "2 entries written, 1 deleted." in capsys.readouterr().out
    assert search("avant", admin) == []


def test_rebuilding_goes_on_through_all_batches(site, search, admin, monkeypatch):
    Entry.objects.filter(comment__isnull=False).delete()
    monkeypatch.setattr(indexing, "BATCH", 1)

    call_command("rebuild_search", "--missing", verbosity=0)

    assert len(search("quatre", admin)) == 1


def test_a_comment_is_kept_when_the_index_fails_and_found_once_it_caught_up(search, reader, moderator, monkeypatch, caplog):
    def fail(*args):
        raise DatabaseError("the index is down")

    discussion = services.discussion_of(published_article())
    with monkeypatch.context() as broken:
        broken.setattr(indexing, "_write", fail)
        comment = services.post(discussion, author=Author(user=moderator), text="Palabre").comment

    assert ThreadComment.objects.get(pk=comment.pk).status == Status.PUBLISHED
    assert "rebuild_search --missing" in caplog.text
    assert search("palabre", reader) == []

    call_command("rebuild_search", "--missing", verbosity=0)
    assert search("palabre", reader) == ["Palabre"]


def test_a_failing_statement_of_the_index_leaves_the_transaction_whole(reader, moderator, monkeypatch, search):
    def fail(source, things):
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO there_is_no_such_table VALUES (1)")

    discussion = services.discussion_of(published_article())
    monkeypatch.setattr(indexing, "_write", fail)
    comment = services.post(discussion, author=Author(user=moderator), text="Palabre").comment

    assert ThreadComment.objects.filter(pk=comment.pk).exists()


def test_indexing_a_comment_costs_the_same_beside_few_and_many(say):
    article = published_article()
    say(article, "la première")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            say(article, "une autre")
        return len([query for query in queries if "search_" in query["sql"]])

    beside_few = cost()
    for number in range(30):
        say(article, f"encore {number}")

    assert cost() == beside_few == 1


def test_a_huge_text_is_indexed_in_part(search, admin):
    TopicFactory(title="Immense", text="palabre " * 100_000)

    assert len(Entry.objects.get(title="Immense").text) <= sources.MAX_TEXT
    assert search("palabre", admin) == ["Immense"]


def test_tags_of_an_article_find_it(search, admin):
    article = published_article("Guide")
    article.tags.add("plaidoyer")
    article.save_revision().publish()

    assert search("plaidoyers", admin) == ["Guide"]


def test_a_change_of_words_that_the_index_missed_is_caught_up(say, admin, search):
    comment = say(published_article(), "des palabres")
    comment.edited_at = timezone.now()
    ThreadComment.objects.filter(pk=comment.pk).update(comment="des bavardages", html="<p>des bavardages</p>", edited_at=comment.edited_at)
    assert search("bavardage", admin) == []

    call_command("rebuild_search", missing=True, verbosity=0)

    assert search("bavardage", admin) == ["des bavardages"]
