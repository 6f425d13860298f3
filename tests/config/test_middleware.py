"""Whose word is taken for a client's address, and which content policy each part of the site has."""

import pytest
from django.http import HttpResponse

from config.middleware import TrustedProxyMiddleware, parse_proxies


@pytest.fixture
def address_seen(rf, settings):
    """`address_seen(peer, forwarded_for, trusted=…)`: REMOTE_ADDR and X-Forwarded-Proto as the site sees them."""

    def see(peer, forwarded_for="", trusted=("10.0.0.0/8", "unix")):
        settings.TRUSTED_PROXIES = list(trusted)
        request = rf.get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded_for, HTTP_X_FORWARDED_PROTO="https")
        TrustedProxyMiddleware(lambda request: HttpResponse())(request)
        return request.META["REMOTE_ADDR"], request.META.get("HTTP_X_FORWARDED_PROTO")

    return see


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "seen"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9, <script>", "10.0.0.1"),
        ("10.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("", "203.0.113.9", "203.0.113.9"),
        ("", "", "127.0.0.1"),
    ],
)
def test_a_trusted_proxy_says_who_the_client_is(address_seen, peer, forwarded_for, seen):
    assert address_seen(peer, forwarded_for) == (seen, "https")


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "seen"),
    [
        ("10.0.0.1", "203.0.113.9:5678", ("203.0.113.9", "5678")),
        ("10.0.0.1", "[2001:db8::1]:5678", ("2001:db8::1", "5678")),
        ("10.0.0.1", "[2001:db8::1]", ("2001:db8::1", "")),
        ("10.0.0.1", "2001:db8::1", ("2001:db8::1", "")),
        ("10.0.0.1", "198.51.100.1:1, 203.0.113.9:2, 10.0.0.2:3", ("203.0.113.9", "2")),
        ("10.0.0.1", "203.0.113.9", ("203.0.113.9", "")),
        ("10.0.0.1", "", ("10.0.0.1", "40000")),
        ("10.0.0.1", "nonsense:1", ("10.0.0.1", "40000")),
        ("203.0.113.9", "198.51.100.1:5678", ("203.0.113.9", "40000")),
    ],
)
def test_the_clients_port_is_the_one_beside_its_address_and_never_the_proxys(rf, settings, peer, forwarded_for, seen):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    request = rf.get("/", REMOTE_ADDR=peer, REMOTE_PORT="40000", HTTP_X_FORWARDED_FOR=forwarded_for, HTTP_X_FORWARDED_PORT="443")

    TrustedProxyMiddleware(lambda request: HttpResponse())(request)

    assert (request.META["REMOTE_ADDR"], request.META["REMOTE_PORT"]) == seen


@pytest.mark.parametrize("trusted", [[], ["10.0.0.0/8"]])
def test_anybody_else_is_not_believed(address_seen, trusted):
    assert address_seen("203.0.113.9", "198.51.100.1", trusted) == ("203.0.113.9", None)


def test_proxies_are_addresses_networks_or_the_socket():
    assert parse_proxies([" 127.0.0.1 ", "unix"])[1]
    with pytest.raises(ValueError, match="proxy"):
        parse_proxies(["proxy"])


def test_public_pages_run_only_script_files_of_the_site(client, db):
    policy = client.get("/compte/login/")["Content-Security-Policy"]

    assert {"script-src 'self'", "style-src 'self'"} <= set(policy.split("; "))
    assert "unsafe" not in policy


def test_the_admin_has_a_policy_of_its_own(client, admin):
    client.force_login(admin)

    policy = client.get("/admin/")["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
