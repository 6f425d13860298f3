"""Where a request comes from: what the identification log keeps of it, and nothing else of ours does."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.http import HttpRequest

LAST_PORT = 65_535


@dataclass(frozen=True)
class Origin:
    """The address of who asks, and the port on their side where it is known: people behind one address differ by it.

    What the browser says of itself and of the page before is for the rules alone, and is stored nowhere.
    """

    ip: str
    port: int | None = None
    user_agent: str = ""
    referrer: str = ""


def origin_of(request: HttpRequest) -> Origin | None:
    """The origin of a request, from REMOTE_ADDR and REMOTE_PORT; None where the address is none (a Unix socket).

    What stands before the site says in these two whose address it is: `config.middleware.TrustedProxyMiddleware` does.
    """
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", "").partition("%")[0])
    except ValueError:
        return None
    port = _port(str(request.META.get("REMOTE_PORT", "")))
    return Origin(str(address), port, request.META.get("HTTP_USER_AGENT", "")[:500], request.META.get("HTTP_REFERER", "")[:500])


def _port(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 0
    return number if 0 < number <= LAST_PORT else None
