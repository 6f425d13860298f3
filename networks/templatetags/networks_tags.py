"""What other templates show of networks; nothing here tells a stranger that a secret network exists."""

from html import unescape
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.template import Context
from django.utils.html import strip_tags

from networks import accounts
from networks.models import Network, Topic
from networks.permissions import ties_of
from networks.states import Visibility

register = template.Library()

TEASED = 6
CHAPTER_TOPICS = 6
"""How many topics about a chapter its page names, and how many spaces it offers to open one in."""


@register.simple_tag(takes_context=True)
def participating_networks(context: Context, page: Model) -> QuerySet[Network]:
    """The networks that took part in writing a page, in the editors' order, without those the person may not know of."""
    return Network.objects.visible_to(_person(context)).filter(participations__page=page.pk).order_by("participations__sort_order")


@register.inclusion_tag("networks/chapter_in_spaces.html", takes_context=True)
def chapter_in_spaces(context: Context, page: Model) -> dict[str, Any]:
    """Where a chapter is discussed, and where the person could open it for discussion: their networks first, then who talks in public."""
    user = _person(context)
    about = Topic.objects.visible_to(user).current().filter(chapter=page.pk).select_related("network")
    own = [tie.network_id for tie in ties_of(user).memberships] if user.is_authenticated else []
    topics = sorted(about.newest_first()[:CHAPTER_TOPICS], key=lambda topic: topic.network_id not in own)
    without = Network.objects.joined_by(user).exclude(pk__in=[topic.network_id for topic in topics])[:CHAPTER_TOPICS] if own else []
    return {"page": page, "topics": topics, "without": without, "request": context.get("request")}


@register.simple_tag
def networks_of(user: Any) -> QuerySet[Network]:
    """The networks somebody belongs to."""
    return Network.objects.joined_by(user)


@register.inclusion_tag("networks/network_badge.html", takes_context=True)
def network_badge(context: Context, network: Network | None) -> dict[str, Any]:
    """The badge of the network somebody spoke for; nothing without a network, or for who may not know of it."""
    return {"network": network if network and _may_know(_person(context), network) else None}


@register.inclusion_tag("networks/teaser.html", takes_context=True)
def networks_teaser(context: Context) -> dict[str, Any]:
    """Some networks for a home page, the person's own first, and the way to all of them."""
    user = _person(context)
    own = list(Network.objects.joined_by(user)[:TEASED])
    others = Network.objects.visible_to(user).exclude(pk__in=[network.pk for network in own])
    return {"networks": [*own, *others[: TEASED - len(own)]]}


@register.filter
def name_of(user: Any) -> str:
    """The name shown beside what somebody writes; empty for nobody."""
    return accounts.name_of(user) if user else ""


@register.filter
def words_of(html: str) -> str:
    """The words of a text in HTML, on one line: what search engines are told of it."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


@register.simple_tag
def sign_in_url(path: str) -> str:
    """The page to sign in, which leads back to `path`."""
    return accounts.sign_in_url(path)


@register.filter
def initials(network: Network) -> str:
    """Up to three letters that stand for a network without a logo."""
    words = [word for word in (network.acronym or network.name).split() if word[0].isalnum()]
    if len(words) == 1:
        return words[0][:3].upper()
    return "".join(word[0] for word in words if word[0].isupper() or len(word) > 3)[:3].upper() or "?"


def _person(context: Context) -> Any:
    """Whose page this is; a visitor's where the context does not say (a partial included with `only` keeps the request)."""
    request = context.get("request") or getattr(context, "request", None)
    return getattr(request, "user", None) or AnonymousUser()


def _may_know(user: Any, network: Network) -> bool:
    """The rule of `Network.objects.visible_to`, asked once a page for all the badges of secret networks on it."""
    if network.visibility != Visibility.SECRET:
        return True
    if not hasattr(user, "secret_networks_known"):
        known = Network.objects.visible_to(user).filter(visibility=Visibility.SECRET)
        user.secret_networks_known = set(known.values_list("pk", flat=True))
    return network.pk in user.secret_networks_known
