"""New since the last visit: what others published since a person said that they had read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import news, services
from comments.models import Discussion, ReadingMark, ThreadComment
from comments.news import news_of, noting_visits
from comments.states import Action, Status
from tests.factories import TopicFactory, UserFactory


@pytest.fixture
def seen(discussion, reader):
    """The reader has read everything until now."""
    services.mark_read(discussion, by=reader)
    return ReadingMark.objects.get().seen_at


def read_by(user):
    return noting_visits(Discussion.objects.all(), user).get()


def test_nothing_is_new_on_a_first_visit(page_of, say, reader):
    say()

    text = page_of(reader).text

    assert "comment__new" not in text
    assert "depuis votre dernière visite" not in text
    assert "signaler ce qui est nouveau" in text


def test_what_others_published_since_is_new(page_of, say, reader, discussion):
    old = say("Ancien")
    services.mark_read(discussion, by=reader)
    fresh = [say("Nouveau"), say("Aussi")]
    say("De moi", by=reader)

    text = page_of(reader).text

    assert "2 nouveaux commentaires depuis votre dernière visite" in text
    assert f'<a href="/commentaires/{fresh[0].pk}/">Aller au premier</a>' in text
    assert text.count('comment__new">nouveau</span>') == 2
    assert f'comment--new" id="c{old.pk}"' not in text
    assert f'comment--new" id="c{fresh[1].pk}"' in text


def test_a_comment_published_late_is_new_from_its_publication(page_of, say, reader, discussion):
    waiting = say("En attente", to=Status.PENDING)
    services.mark_read(discussion, by=reader)
    assert "depuis votre dernière visite" not in page_of(reader).text

    services.moderate(waiting, Action.APPROVE, by=UserFactory(is_superuser=True))

    assert "1 nouveau commentaire depuis votre dernière visite" in page_of(reader).text


def test_visitors_and_others_have_news_of_their_own(page_of, say, seen, member):
    say()

    assert "depuis votre dernière visite" not in page_of().text
    assert "data-mark-read" not in page_of().text
    assert "depuis votre dernière visite" not in page_of(member).text


def test_reading_writes_nothing(page_of, say, reader):
    say()

    page_of(reader)

    assert not ReadingMark.objects.exists()


def test_saying_that_all_is_read_leaves_nothing_new(client, page_of, say, reader, discussion, seen):
    say()
    client.force_login(reader)

    answer = client.post(f"/discussions/{discussion.pk}/lu/", {"until": timezone.now().isoformat()})

    assert answer.url == discussion.get_absolute_url()
    assert "depuis votre dernière visite" not in page_of(reader).text


def test_what_came_while_the_page_was_open_stays_new(client, page_of, say, reader, discussion, seen):
    say("Lu")
    until = page_of(reader).text.split('name="until" value="')[1].split('"')[0]
    say("Pas encore lu")

    client.post(f"/discussions/{discussion.pk}/lu/", {"until": until})

    assert "1 nouveau commentaire depuis votre dernière visite" in page_of(reader).text


@pytest.mark.parametrize(
    "until",
    ["", "nonsense", "2026-13-45T99:99", "2026-01-01T00:00:00", "\x00", "9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00"],
)
def test_nonsense_for_a_moment_is_now(client, reader, discussion, until):
    client.force_login(reader)

    client.post(f"/discussions/{discussion.pk}/lu/", {"until": until})

    assert timezone.now() - ReadingMark.objects.get().seen_at < timedelta(minutes=1)


def test_a_mark_never_goes_back(reader, discussion, seen):
    services.mark_read(discussion, by=reader, until=seen - timedelta(days=3))

    assert ReadingMark.objects.get().seen_at == seen


def test_in_place_the_news_give_way_to_a_sentence(client, reader, discussion):
    client.force_login(reader)

    answer = client.post(f"/discussions/{discussion.pk}/lu/", headers={"HX-Request": "true"})

    assert "Tout est lu" in answer.text
    assert 'role="status"' in answer.text


def test_visitors_are_led_to_sign_in_and_strangers_find_nothing(client, discussion, reader, network):
    assert client.post(f"/discussions/{discussion.pk}/lu/").url.startswith("/compte/login/")
    client.force_login(reader)
    private = services.discussion_of(TopicFactory(network=network))

    assert client.post(f"/discussions/{private.pk}/lu/").status_code == 404
    assert client.get(f"/discussions/{discussion.pk}/lu/").status_code == 405
    assert not ReadingMark.objects.exists()


def test_many_news_are_not_counted_to_the_end(monkeypatch, page_of, say, reader, seen):
    monkeypatch.setattr(news, "MOST", 2)
    for _number in range(4):
        say()

    assert "Plus de 2 nouveaux commentaires" in page_of(reader).text


def test_nothing_is_asked_where_nothing_was_published_since(discussion, say, reader, django_assert_num_queries):
    say()
    services.mark_read(discussion, by=reader)

    with django_assert_num_queries(1):
        found = news_of(read_by(reader), reader)

    assert found.count == 0
    assert found.says_nothing
    assert ThreadComment.objects.count() == 1


def test_the_news_stay_in_a_discussion_that_comes_anew_after_a_change(client, discussion, say, reader, seen):
    comment = say("De moi", by=reader)
    fresh = say("Tout frais")
    client.force_login(reader)

    answer = client.post(f"/commentaires/{comment.pk}/supprimer/", headers={"HX-Request": "true"})

    assert "1 nouveau commentaire depuis votre dernière visite" in answer.text
    assert f'comment--new" id="c{fresh.pk}"' in answer.text
