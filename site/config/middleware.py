"""What the site decides about every request: whose word to take for its address, and which content policy the admin gets."""

from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

FORWARDED = ["HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_PROTO"]
UNIX_SOCKET = "unix"


def parse_proxies(names: Iterable[str]) -> tuple[list[IPv4Network | IPv6Network], bool]:
    """Read TRUSTED_PROXIES: addresses, networks (10.0.0.0/8), and `unix` for a proxy on a Unix socket.

    Returns the networks, and whether `unix` is among them; raises ValueError for anything else.
    """
    names = [name.strip() for name in names]
    return [ip_network(name) for name in names if name != UNIX_SOCKET], UNIX_SOCKET in names


class TrustedProxyMiddleware:
    """Let REMOTE_ADDR and REMOTE_PORT be the client's own, and believe `X-Forwarded-*` only from the proxies in TRUSTED_PROXIES.

    Everything below (rate limits, audit, identification, `request.is_secure()`) then reads these two and needs to know of no proxy.
    A port is believed beside its address in `X-Forwarded-For` alone (`203.0.113.9:5678`, `[2001:db8::1]:5678`): that is the one header
    which every proxy writes itself, while one it does not know of passes through it as the client wrote it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.networks, self.trusts_socket = parse_proxies(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_trusted(request.META.get("REMOTE_ADDR", "")):
            address, port = self._client(request)
            request.META["REMOTE_ADDR"], request.META["REMOTE_PORT"] = address, port
        else:
            for name in FORWARDED:
                request.META.pop(name, None)
        return self.get_response(request)

    def _is_trusted(self, address: str) -> bool:
        if not address:
            return self.trusts_socket
        if not self.networks:
            return False
        parsed = _parse(address)
        return parsed is not None and any(parsed in network for network in self.networks)

    def _client(self, request: HttpRequest) -> tuple[str, str]:
        """The nearest address that is no proxy of ours, with its port; what stands further left may be anybody's invention."""
        nearest = request.META.get("REMOTE_ADDR", "") or "127.0.0.1", str(request.META.get("REMOTE_PORT", ""))
        for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            address, port = _address_and_port(hop.strip())
            if _parse(address) is None:
                break
            nearest = address, port
            if not self._is_trusted(address):
                break
        return nearest


def _address_and_port(hop: str) -> tuple[str, str]:
    """What a proxy says of who called it: an address, `address:port` for IPv4, `[address]:port` for IPv6."""
    if hop.startswith("["):
        address, _bracket, port = hop[1:].partition("]")
        return address, port.removeprefix(":")
    if hop.count(":") == 1:
        address, _colon, port = hop.partition(":")
        return address, port
    return hop, ""


def _parse(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None


class ContentPolicyMiddleware(CSPMiddleware):
    """Give the Wagtail admin the policy that its editor needs; the public pages keep the strict one."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(reverse("wagtailadmin_home")):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
