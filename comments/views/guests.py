"""What guests ask about their address: a new link for what they wrote, and to be remembered no more.

Nobody learns here whether an address is known: every answer is the same, and what is found out is found out when a mail leaves.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments import guests, notifications, rate_limit, services
from comments.confirmation import read_token_to_forget
from comments.forms import AddressForm

WISHES: dict[str, Callable[[str], None]] = {"link": notifications.new_links_asked, "forget": notifications.forgetting_asked}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and send it new links, or the link by which every browser forgets it."""
    if request.method != "POST":
        return render(request, "comments/new_link.html", {"form": AddressForm()})
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render(request, "comments/new_link.html", {"form": form}, status=422)
    if rate_limit.seconds_to_wait(request, "new_link"):
        return render(request, "comments/new_link.html", {"form": form, "too_often": True}, status=429)
    wish = "forget" if request.POST.get("wish") == "forget" else "link"
    WISHES[wish](form.cleaned_data["email"])
    return render(request, "comments/new_link.html", {"sent": wish})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Ask, then let this browser know the guest no more; what they wrote stays."""
    guest = guests.proven_guest(request)
    if request.method != "POST":
        return render(request, "comments/forget.html", {"state": "ask" if guest else "nobody", "guest": guest, "back": _back(request)})
    if guest:
        services.revoke_guest_pass(guest.guest_pass)
    response = render(request, "comments/forget.html", {"state": "done", "back": _back(request)})
    guests.forget(response)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forget_everywhere(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link by which every browser forgets an address: GET asks, POST does it."""
    email = read_token_to_forget(token)
    if not email:
        return render(request, "comments/confirm_unknown.html", status=404)
    if request.method != "POST":
        return render(request, "comments/forget.html", {"state": "ask_everywhere", "email": email})
    services.revoke_guest_passes(email)
    response = render(request, "comments/forget.html", {"state": "done_everywhere", "email": email})
    guest = guests.proven_guest(request)
    if guest is None or guest.email == email:
        guests.forget(response)
    return response


def _back(request: HttpRequest) -> str:
    """The page the guest came from, where it is one of ours."""
    address = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"
