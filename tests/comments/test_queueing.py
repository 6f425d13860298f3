"""People who post at once in one process: one after the other, in their order, and nobody waits for long."""

import threading
import time

import pytest

from comments import services
from comments.models import ThreadComment
from comments.states import Moderation
from comments.views import queueing
from comments.views.queueing import Queue
from tests.comments.forms import comment_form_in
from tests.factories import published_article


def until(condition):
    ends = time.monotonic() + 5
    while not condition() and time.monotonic() < ends:
        time.sleep(0.002)
    assert condition()


def test_turns_are_handed_on_in_the_order_in_which_they_were_asked_for():
    queue, order = Queue(patience=10), []

    def wait(number):
        with queue.turn():
            order.append(number)
            assert queue._taken

    with queue.turn():
        threads = []
        for number in range(6):
            threads.append(threading.Thread(target=wait, args=[number]))
            threads[-1].start()
            until(lambda: len(queue._waiting) == len(threads))
        assert order == []
    for thread in threads:
        thread.join(5)

    assert order == [0, 1, 2, 3, 4, 5]
    assert not queue._taken


def test_one_has_the_turn_at_a_time():
    queue, inside, most = Queue(patience=10), [], []

    def act():
        for _ in range(20):
            with queue.turn():
                inside.append(1)
                most.append(len(inside))
                time.sleep(0)
                inside.pop()

    threads = [threading.Thread(target=act) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert (len(most), max(most)) == (160, 1)


def test_who_has_waited_long_enough_goes_on_and_the_turn_is_not_lost():
    queue = Queue(patience=0.02)

    with queue.turn() as mine:
        assert mine
        with queue.turn() as theirs:
            assert not theirs
    with queue.turn() as again:
        assert again


def test_an_error_hands_the_turn_on():
    queue = Queue(patience=0.02)

    with pytest.raises(ZeroDivisionError), queue.turn():
        1 / 0  # noqa: B018

    with queue.turn() as mine:
        assert mine


@pytest.mark.django_db
def test_a_post_waits_a_while_and_is_stored_and_reading_waits_for_nobody(client, reader, monkeypatch):
    discussion = services.discussion_of(published_article())
    discussion.moderation = Moderation.AFTER
    discussion.save()
    client.force_login(reader)
    monkeypatch.setattr(queueing._queue, "patience", 0.3)

    with queueing._queue.turn():
        began = time.monotonic()
        address, fields = comment_form_in(client.get(f"/discussions/{discussion.pk}/commenter/").text)
        assert time.monotonic() - began < 0.3
        answer = client.post(address, {**fields, "comment": "J’ai attendu mon tour"})

    assert answer.status_code == 302
    assert ThreadComment.objects.get().comment == "J’ai attendu mon tour"


def test_who_is_interrupted_while_waiting_takes_no_turn_along(monkeypatch):
    queue = Queue(patience=0.05)

    def interrupted(self, timeout=None):
        raise KeyboardInterrupt

    with queue.turn(), monkeypatch.context() as patched:
        patched.setattr(threading.Event, "wait", interrupted)
        with pytest.raises(KeyboardInterrupt), queue.turn():
            pass
    with queue.turn() as mine:
        assert mine


def test_what_is_sent_slowly_is_read_before_the_turn():
    taken_while_reading = []

    class SlowRequest:
        method = "POST"

        @property
        def POST(self):  # noqa: N802
            taken_while_reading.append(queueing._queue._taken)
            return {}

    queueing.one_post_at_a_time(lambda request: None)(SlowRequest())

    assert taken_while_reading == [False]
