"""The thread beside the requests: once for everybody who asks, again for who asks meanwhile, and rests after a failure."""

import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from comments.background import Background, TryLater


def wait_until(condition):
    """Give threads a few seconds to make something true."""
    deadline = time.monotonic() + 5
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.005)
    assert condition()


@pytest.fixture
def start():
    """`start(work)`: something done in the background; its alarms are silenced after the test."""
    started = []

    def start(work, **options):
        started.append(Background(work, name="palabre-test", **options))
        return started[-1]

    yield start
    for background in started:
        if background._alarm:
            background._alarm.cancel()


def test_who_asks_while_it_works_is_served_by_one_more_round(start):
    rounds, go_on = [], threading.Event()

    def work():
        rounds.append(len(rounds))
        go_on.wait(5)

    background = start(work)
    background.ask()
    wait_until(lambda: rounds == [0])
    for _ in range(10):
        background.ask()
    go_on.set()

    wait_until(lambda: "palabre-test" not in {thread.name for thread in threading.enumerate()})
    assert rounds == [0, 1]


def test_it_comes_back_at_the_moment_the_work_names(start):
    rounds = []

    def work():
        rounds.append(timezone.now())
        return timezone.now() + timedelta(milliseconds=10) if len(rounds) == 1 else None

    start(work).ask()

    wait_until(lambda: len(rounds) == 2)
    assert rounds[1] - rounds[0] >= timedelta(seconds=0.9)


def test_after_a_failure_nobody_starts_it_until_the_pause_is_over(start):
    rounds = []

    def work():
        rounds.append(len(rounds))
        raise TryLater("the server is down")

    background = start(work, pauses=[60])
    background.ask()
    wait_until(lambda: "palabre-test" not in {thread.name for thread in threading.enumerate()})
    for _ in range(10):
        background.ask()

    assert rounds == [0]


def test_it_recovers_by_itself_from_any_failure(start):
    rounds = []

    def work():
        rounds.append(len(rounds))
        if len(rounds) < 4:
            raise ValueError("something unforeseen")

    background = start(work, pauses=[0.01, 0.02])
    background.ask()
    wait_until(lambda: len(rounds) == 4)
    wait_until(lambda: "palabre-test" not in {thread.name for thread in threading.enumerate()})

    background.ask()
    wait_until(lambda: len(rounds) == 5)
