"""The one door to a discussion for requests: fetch and authorise in the same call, 404 where there is nothing to see."""

from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import Http404, HttpRequest

from comments import permissions
from comments.models import Discussion, ThreadComment
from comments.news import noting_visits
from comments.states import ONCE_PUBLIC, Mode
from comments.targets import registered_models, target_of
from comments.visitors.pages import depends_on
from networks.prepared import Parameter, PreparedQuery

_DISCUSSION = PreparedQuery(
    lambda: Discussion.objects.filter(pk=Parameter("pk", Discussion._meta.pk)).select_related("network", "consultation")
)


def is_readable(request: HttpRequest, discussion: Discussion) -> bool:
    """Whether this request may read a discussion: its person may, or what was typed on the target's page unlocked it."""
    if permissions.can_see_discussion(request.user, discussion):
        return True
    if discussion.mode == Mode.HIDDEN or discussion.target_model not in registered_models():
        return False
    return discussion.target is not None and discussion.kind.unlocked_for(request, discussion.target)


def readable_discussion(request: HttpRequest, pk: int) -> Discussion:
    """Return a discussion the request may read; raises Http404 for any other, existing or not."""
    discussion = _DISCUSSION.first(pk=pk)
    if discussion is not None:
        _fetch_target(discussion)
    if discussion is None or not is_readable(request, discussion):
        raise Http404
    return discussion


def _fetch_target(discussion: Discussion) -> None:
    """Let a discussion know its target, as it would itself, at a fifth of the price."""
    if discussion.target_model in registered_models():
        target = _target_query(discussion.target_model).first(pk=discussion.object_id)
        Discussion._meta.get_field("target").set_cached_value(discussion, target)


@cache
def _target_query(model: type[Model]) -> PreparedQuery:
    return PreparedQuery(lambda: model._base_manager.filter(pk=Parameter("pk", model._meta.pk)))  # noqa: SLF001 (as generic keys)


def readable_comment(request: HttpRequest, pk: int) -> ThreadComment:
    """Return a comment of a discussion the request may read, whatever its status; raises Http404 for any other."""
    comment = ThreadComment.objects.filter(pk=pk).select_related("discussion__content_type", "discussion__network").first()
    if comment is None or not is_readable(request, comment.discussion):
        raise Http404
    return comment


def public_comment(request: HttpRequest, pk: int) -> ThreadComment:
    """Return a comment that readers of its discussion may know of; raises Http404 for any other."""
    comment = readable_comment(request, pk)
    if comment.status not in ONCE_PUBLIC:
        raise Http404
    return comment


def readable_target(request: HttpRequest, label: str, key: str) -> Model:
    """Return an object that carries a discussion, named by its model and key as a form named it; raises Http404."""
    model = {registered._meta.label_lower: registered for registered in registered_models()}.get(label)
    target: Any = _find(model, key) if model else None
    if target is None:
        raise Http404
    visible = target_of(model).visible_to(model, request.user).filter(pk=target.pk).exists()
    if not visible and not target_of(model).unlocked_for(request, target):
        raise Http404
    return target


def _find(model: type[Model], key: str) -> Model | None:
    try:
        return model._default_manager.filter(pk=key).first()
    except (ValueError, TypeError, OverflowError):
        return None


def discussion_shown(obj: Model, viewer: Any = None) -> Discussion:
    """Return the discussion of a target as its page shows it; one that was never opened is returned unsaved.

    The page that shows its target has authorised the person already; for a `viewer`, the discussion knows what they have
    read of it. Raises LookupError for an unregistered model.
    """
    target = target_of(type(obj))
    if obj.pk is not None:
        discussions = Discussion.objects.for_target(obj).select_related("content_type", "network", "charter", "consultation")
        found = (noting_visits(discussions, viewer) if viewer else discussions).first()
        if found is not None:
            Discussion._meta.get_field("target").set_cached_value(found, obj)
            _show(found)
            return found
    return Discussion(
        **target.opens_with,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=str(obj.pk or ""),
        title=target.title(obj)[:300],
        network_id=target.network_id(obj),
        target_open=target.is_open(obj),
    )


def _show(discussion: Discussion) -> None:
    """Let the page that is being computed depend on the discussion it shows, until it opens or closes by itself."""
    changes = discussion.next_change
    depends_on(discussion.pk, discussion.version, until=changes.timestamp() if changes else None)
