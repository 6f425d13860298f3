"""While comments pour in, guests nobody knows are held, unless their browser calculated something; at any other time nothing is asked."""

import time

import pytest
from altcha import Challenge, Payload, solve_challenge
from django.urls import reverse

from comments import services
from comments.origins import Origin
from comments.rules import flood, proofs
from comments.services import Author
from comments.states import Action, Status
from tests.comments.rules.conftest import GUEST, fired


def stranger(number):
    return Author(name="Ève", email=f"eve{number}@example.org", proven=True)


@pytest.fixture
def flooded(numbers, write):
    """Three guests' comments within ten minutes are a flood, and are there."""
    numbers(flood_posts=3)
    for number in range(3):
        write(f"Avis {number}", by=stranger(number))


def solved():
    challenge = Challenge.from_dict(proofs.challenge())
    return Payload(challenge, solve_challenge(challenge)).to_base64()


def test_a_few_guests_are_no_flood(write, numbers):
    numbers(flood_posts=3)

    assert [write(f"Avis {number}", by=stranger(number)).status for number in range(3)] == [Status.PUBLISHED] * 3


def test_guests_nobody_knows_are_held_while_flooded(write, flooded, reader):
    assert fired(write("Un avis", by=GUEST)) == ["flood"]
    assert write("Un avis", by=reader).status == Status.PUBLISHED


def test_a_guest_who_was_published_before_is_not_held(write, numbers, admin):
    services.moderate(write("https://a.example https://b.example", by=GUEST), Action.APPROVE, by=admin)
    numbers(flood_posts=3)
    for number in range(3):
        write(f"Avis {number}", by=stranger(number))

    assert write("Un avis", by=GUEST).status == Status.PUBLISHED


def test_a_flood_ends(write, flooded, monkeypatch):
    now = time.time()
    monkeypatch.setattr("comments.rules.flood.time.time", lambda: now + 21 * 60)

    assert write("Un avis", by=GUEST).status == Status.PUBLISHED


def test_what_is_refused_counts(write, numbers, listed):
    numbers(flood_posts=2)
    listed("casino", "refuse")
    for _number in range(2):
        with pytest.raises(services.Refused):
            write("Au casino")

    assert fired(write("Un avis", by=GUEST)) == ["flood"]


def test_floods_may_be_left_alone(write, flooded, numbers):
    numbers(flood_posts=0)

    assert write("Un avis", by=GUEST).status == Status.PUBLISHED


def test_who_calculated_is_not_held(write, flooded):
    assert write("Un avis", by=GUEST, origin=Origin(proof=solved())).status == Status.PUBLISHED


def test_a_solution_counts_once(write, flooded):
    solution = solved()

    assert write("Un avis", by=stranger(10), origin=Origin(proof=solution)).status == Status.PUBLISHED
    assert fired(write("Un avis", by=stranger(11), origin=Origin(proof=solution))) == ["flood"]
    again = Payload.from_base64(solution)
    again.solution.time = 3
    assert not proofs.is_solved(again.to_base64())


def test_a_solution_that_comes_late_does_not_count(monkeypatch):
    solution = solved()
    now = time.time()
    monkeypatch.setattr("altcha.v2.time.time", lambda: now + proofs.LIFETIME + 1)

    assert not proofs.is_solved(solution)


def test_a_calculation_that_was_made_easier_does_not_count():
    challenge = Challenge.from_dict(proofs.challenge())
    challenge.parameters.key_prefix = "0"

    assert not proofs.is_solved(Payload(challenge, solve_challenge(challenge)).to_base64())


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "é",
        "e30=",
        "W10=",
        "bnVsbA==",
        "eyJjaGFsbGVuZ2UiOiAxfQ==",
        "x" * 5_000,
        "eyJjaGFsbGVuZ2UiOnsicGFyYW1ldGVycyI6W119LCJzb2x1dGlvbiI6e319",
    ],
)
def test_nonsense_does_not_count(nonsense):
    assert not proofs.is_solved(nonsense)


def test_without_the_calculation_everybody_new_is_held(write, flooded, numbers):
    numbers(flood_challenge=False)

    assert fired(write("Un avis", by=GUEST, origin=Origin(proof=solved()))) == ["flood"]


def test_a_browser_is_asked_for_nothing_at_any_other_time(client, db, numbers):
    assert client.get(reverse("comments:challenge")).status_code == 204


def test_a_browser_is_asked_while_flooded_and_nobody_keeps_the_answer(client, flooded):
    first, second = client.get(reverse("comments:challenge")), client.get(reverse("comments:challenge"))

    assert first.json()["parameters"]["nonce"] != second.json()["parameters"]["nonce"]
    assert "no-store" in first.headers["Cache-Control"]


def test_a_page_kept_for_visitors_is_the_same_while_flooded(client, afterwards, flooded):
    page = client.get(afterwards.target.get_url()).text

    assert f'data-proof="{reverse("comments:challenge")}"' in page
    assert "nonce" not in page


def test_people_with_an_account_calculate_nothing(client, afterwards, reader):
    client.force_login(reader)

    assert "data-proof" not in client.get(afterwards.target.get_url()).text


def test_a_cache_that_is_down_holds_nobody(write, settings, numbers):
    numbers(flood_posts=1)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}

    assert write("Un avis", by=GUEST).status == Status.PUBLISHED
    assert not proofs.is_solved(solved())
    assert not flood.is_on(numbers(flood_posts=1))
