"""Where a request comes from: what the identification log keeps of it, and nothing else of ours does."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.http import HttpRequest

LAST_PORT = 65_535


@dataclass(frozen=True)
class Origin:
    """The address of who asks, and the port on their side where it is known: people behind one address differ by it.

    What the browser says of itself, of the page before, and what it calculated while the site is flooded (`comments.rules.proofs`) are
    for the rules alone, and are stored nowhere.
    """

    ip: str = ""
    port: int | None = None
    user_agent: str = ""
    referrer: str = ""
    proof: str = ""


def origin_of(request: HttpRequest) -> Origin:
    """The origin of a request, from REMOTE_ADDR and REMOTE_PORT; without an address where the server names none (a Unix socket).

    What stands before the site says in these two whose address it is: `config.middleware.TrustedProxyMiddleware` does.
    """
    told = request.META
    return Origin(
        ip=_ip(told.get("REMOTE_ADDR", "")),
        port=_port(str(told.get("REMOTE_PORT", ""))),
        user_agent=told.get("HTTP_USER_AGENT", "")[:500],
        referrer=told.get("HTTP_REFERER", "")[:500],
        proof=request.POST.get("proof", ""),
    )


def _ip(text: str) -> str:
    try:
        return str(ip_address(text.partition("%")[0]))
    except ValueError:
        return ""


def _port(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 0
    return number if 0 < number <= LAST_PORT else None
