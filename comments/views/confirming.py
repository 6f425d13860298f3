"""Proving a guest's address: the mailed link shows the comment, a button confirms it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments import access, guests, notifications, rate_limit, services
from comments.addresses import fold
from comments.confirmation import Proof, read_token
from comments.models import GuestPass, ThreadComment
from comments.origins import origin_of
from comments.services import StaleDecision
from comments.states import Status
from comments.views.reading import address_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link confirms, and confirm it on POST: mail programs that follow links publish nothing."""
    proof = read_token(token)
    if proof is None:
        return render(request, "comments/confirm_unknown.html", status=404)
    if proof.comment.status != Status.AWAITING_EMAIL:
        return _nothing_to_confirm(request, proof.comment)
    if proof.expired:
        return _renew(request, proof, token) if request.method == "POST" else _page(request, proof, "expired")
    return _confirm(request, proof) if request.method == "POST" else _page(request, proof, "ask")


def _confirm(request: HttpRequest, proof: Proof) -> HttpResponse:
    try:
        comment = services.prove_email(proof.comment, origin=origin_of(request))
    except StaleDecision as stale:
        return _nothing_to_confirm(request, stale.comment)
    response = _lead_to(request, comment)
    if not request.user.is_authenticated:
        guests.remember(request, response, _pass_for(request, comment))
    return response


def _pass_for(request: HttpRequest, comment: ThreadComment) -> GuestPass:
    """The pass this browser has for the comment's address already, else a new one."""
    guest = guests.proven_guest(request)
    if guest and guest.email == fold(comment.user_email):
        services.use_guest_pass(guest.guest_pass, name=comment.user_name)
        return guest.guest_pass
    return services.remember_guest(comment)


def _nothing_to_confirm(request: HttpRequest, comment: ThreadComment) -> HttpResponse:
    """The link was used, or its comment is erased: by its author, or because nobody confirmed it for days."""
    return _page(request, Proof(comment, expired=False), "gone" if comment.status == Status.REMOVED else "used")


def _lead_to(request: HttpRequest, comment: ThreadComment) -> HttpResponse:
    """Thank where the comment stands or will stand, or right here where its discussion cannot be read."""
    if not access.is_readable(request, comment.discussion):
        return _page(request, Proof(comment, expired=False), "used")
    published = comment.status == Status.PUBLISHED
    sentence = (
        gettext("Thank you, your address is confirmed and your comment is published.")
        if published
        else gettext("Thank you, your address is confirmed. Your comment will be published once a moderator has read it.")
    )
    messages.success(request, sentence, extra_tags=f"discussion c{comment.pk}")
    return redirect(address_of(comment) if published else comment.discussion.get_absolute_url())


def _renew(request: HttpRequest, proof: Proof, token: str) -> HttpResponse:
    if not rate_limit.seconds_to_wait(request, "renew"):
        notifications.ask_for_proof_again(proof.comment, used_link=token)
    return _page(request, proof, "sent")


def _page(request: HttpRequest, proof: Proof, state: str) -> HttpResponse:
    """One template for every state of a link; the comment's words are shown only to confirm them."""
    discussion = proof.comment.discussion
    context = {
        "state": state,
        "html": proof.comment.html if state == "ask" else "",
        "discussion": discussion if access.is_readable(request, discussion) else None,
    }
    return render(request, "comments/confirm.html", context)
