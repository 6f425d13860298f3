"""Template tags by which a page shows its discussion, without its app knowing of this one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.db.models import Model, Q, QuerySet
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from comments.access import discussion_shown
from comments.models import Contribution, Discussion
from comments.news import Unread, unread_by
from comments.orders import Order
from comments.section import Notice, render_section
from comments.spaces.coverage import can_steer
from comments.states import Mode
from comments.targets import registered_models
from comments.visitors.pages import depends_on
from networks.keys import key_in
from networks.permissions import Standing

register = template.Library()


@dataclass(frozen=True)
class Summary:
    """How much was published about something, and when last."""

    count: int
    last_at: datetime | None


@register.simple_tag(takes_context=True)
def discussion(context: Context, obj: Model) -> SafeString:
    """Write the whole discussion section of an object whose page this is; nothing for a model that carries none.

    Reads only: the discussion of a target that nobody talked about yet may not exist.
    """
    obj = _specific(obj)
    request = context.get("request")
    if request is None or type(obj) not in registered_models():
        return mark_safe("")
    asked = request.GET
    section = render_section(
        request,
        _shown(request, obj),
        obj,
        order=Order.of(asked.get("tri", "")),
        after=asked.get("after", ""),
        before=asked.get("before", ""),
        sought=key_in(asked.get("commentaire", "")),
        notice=_notice(request),
    )
    return mark_safe(section)  # noqa: S308 (a rendered template)


@register.simple_tag(takes_context=True)
def comment_count(context: Context, obj: Model) -> int:
    """Return how many published comments an object has, by its discussion's counter."""
    request, specific = context.get("request"), _specific(obj)
    if request is None or type(specific) not in registered_models():
        return for_object(comment_counts([obj]), obj)
    shown = _shown(request, specific)
    return 0 if shown.mode == Mode.HIDDEN else shown.published_count


@register.simple_tag
def comment_counts(objects: Iterable[Model]) -> Mapping[tuple[int, str], int]:
    """Return the published comments of many objects, in one query; read them by `counts|for_object:obj`."""
    return {key: count for key, (count,) in _by_object(objects, "published_count").items()}


@register.simple_tag
def comment_summaries(objects: Iterable[Model]) -> Mapping[tuple[int, str], Summary]:
    """Return what was published about each of many objects, in one query; read by `summaries|for_object:obj`."""
    return {key: Summary(count, last_at) for key, (count, last_at) in _by_object(objects, "published_count", "last_published_at").items()}


@register.simple_tag(takes_context=True)
def unread_marks(context: Context, objects: Iterable[Model]) -> Mapping[tuple[int, str], Unread]:
    """Return what the page's person has not read about each of many objects, in one query; read by `marks|for_object:obj`."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return unread_by(user, _discussions_of(objects))


def _discussions_of(objects: Iterable[Model]) -> QuerySet[Discussion]:
    keys: dict[int, list[str]] = defaultdict(list)
    for obj in objects:
        content_type, key = _key(obj)
        keys[content_type].append(key)
    wanted = Q(pk__in=[])
    for content_type, ids in keys.items():
        wanted |= Q(content_type=content_type, object_id__in=ids)
    return Discussion.objects.filter(wanted)


def _by_object(objects: Iterable[Model], *columns: str) -> Mapping[tuple[int, str], list[Any]]:
    found = {}
    rows = _discussions_of(objects).values_list("pk", "version", "mode", "content_type", "object_id", *columns)
    for pk, version, mode, content_type, key, *values in rows:
        depends_on(pk, version)
        if mode != Mode.HIDDEN:
            found[content_type, key] = values
    return found


@register.inclusion_tag("comments/contributions/tab.html")
def contributions_tab(standing: Standing, section: str) -> dict[str, Any]:
    """The tab of a space that leads to its network's contributions; for who validates them, how many wait."""
    waiting = Contribution.objects.filter(network=standing.network).waiting().count() if standing.is_facilitator else 0
    return {"network": standing.network, "is_current": section == "contributions", "waiting": waiting}


@register.filter
def steers(user: Any) -> bool:
    """Whether somebody sees which networks speak about which chapters."""
    return can_steer(user)


@register.filter
def for_object(values: Mapping[tuple[int, str], Any], obj: Model) -> Any:
    """Return what `comment_counts`, `comment_summaries` or `unread_marks` says of one object; 0 for nothing."""
    return values.get(_key(obj), 0)


def _shown(request: Any, obj: Model) -> Discussion:
    """The discussion of an object, read once for a page that shows both it and its count."""
    read = request.__dict__.setdefault("_palabre_discussions", {})
    key = (type(obj), obj.pk)
    if obj.pk is None or key not in read:
        read[key] = discussion_shown(obj, getattr(request, "user", None))
    return read[key]


def _specific(obj: Model) -> Model:
    return obj.specific if isinstance(obj, Page) else obj


def _key(obj: Model) -> tuple[int, str]:
    if isinstance(obj, Page):
        return obj.content_type_id, str(obj.pk)
    return ContentType.objects.get_for_model(obj).pk, str(obj.pk)


def _notice(request: Any) -> Notice | None:
    if not hasattr(request, "_messages"):
        return None
    return next(filter(None, map(Notice.from_message, get_messages(request))), None)
