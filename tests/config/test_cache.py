"""A shared cache that is down takes nothing else down."""

import pytest
from django.core.cache import caches

from comments.rate_limit import seconds_to_wait


@pytest.fixture
def cache_down(settings):
    """The shared cache, where nothing listens."""
    settings.CACHES = {"default": {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1"}}
    return caches["default"]


def test_a_cache_that_is_down_is_empty_and_keeps_nothing(cache_down):
    cache_down.set("a", 1)
    cache_down.set_many({"b": 2})
    cache_down.delete("a")
    cache_down.delete_many(["a", "b"])
    cache_down.clear()

    assert cache_down.get("a", "absent") == "absent"
    assert cache_down.get_many(["a", "b"]) == {}
    assert cache_down.get_or_set("a", lambda: "computed") == "computed"
    assert "a" not in cache_down
    assert not cache_down.touch("a")
    with pytest.raises(ValueError, match="does not answer"):
        cache_down.incr("a")


@pytest.mark.parametrize("address", ["/", "/recherche/?q=guide", "/compte/login/", "/nulle-part/"])
def test_pages_are_served_while_the_cache_is_down(client, db, cache_down, address):
    assert client.get(address).status_code in {200, 404}


def test_a_sign_in_works_while_the_cache_is_down(client, reader, cache_down):
    answer = client.post("/compte/login/", {"login": reader.email, "password": "wrong"})

    assert answer.status_code == 200


def test_nobody_waits_while_the_cache_is_down(rf, reader, cache_down):
    request = rf.get("/")
    request.user = reader

    assert [seconds_to_wait(request, "post") for _ in range(20)] == [0] * 20


def test_health_says_that_the_cache_is_down(client, db, cache_down):
    answer = client.get("/sante/")

    assert answer.status_code == 200
    assert answer.json()["parts"]["cache"] == "down"
