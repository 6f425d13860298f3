"""What can carry a discussion, and what a discussion needs to know of it: the plug-in's extension point.

A host site registers any model or Wagtail page type in its own `AppConfig.ready()`:

    from comments.targets import PageTarget, register
    register(BlogPage, PageTarget())
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from comments.states import Mode
from networks.chapters import readable_pages
from networks.models import TopicGuest
from networks.permissions import can_read_topic, is_facilitator, is_guest_of, ties_of
from networks.states import Visibility


class Target:
    """What a discussion asks of the thing it is about; subclass it for a model that answers otherwise."""

    opens_with: dict[str, Any] = {}
    """Settings (fields of Discussion) that a new discussion of this kind starts with."""

    def url(self, obj: Any) -> str:
        """The address of the page that shows the discussion."""
        return obj.get_absolute_url()

    def title(self, obj: Any) -> str:
        """What the discussion is called in lists and mails."""
        return str(obj)

    def network_id(self, obj: Any) -> int | None:
        """The network the discussion belongs to, if any: its members may post and its moderators decide."""
        return getattr(obj, "network_id", None)

    def is_open(self, obj: Any) -> bool:
        """Whether the target itself still takes comments."""
        return True

    def visible_to(self, model: type[models.Model], user: Any) -> models.QuerySet:
        """The targets a person may read: the model's own `visible_to(user)`."""
        manager: Any = model._default_manager
        return manager.visible_to(user)

    def is_edited_by(self, user: Any, obj: Any) -> bool:
        """Whether a person edits the target: they point readers to comments, and write in its name."""
        return False

    def is_visible_to(self, user: Any, obj: Any) -> bool:
        """Whether a person may read one target: the model's own `is_visible_to(user)`, else whether `visible_to` holds it."""
        if hasattr(obj, "is_visible_to"):
            return obj.is_visible_to(user)
        return self.visible_to(type(obj), user).filter(pk=obj.pk).exists()

    def admits(self, user: Any, key: str) -> bool:
        """Whether a person takes part in the discussion of one target, by its key, without being a member of its network."""
        return False

    def audience(self, obj: Any) -> Any:
        """Who reads a target, as something to compare with others of its network; each of its own where nobody says more."""
        return (type(obj)._meta.label, obj.pk)

    def find(self, model: type[models.Model], path: str) -> Any | None:
        """The object whose page has this path (`/guide/…/`), or None."""
        return next((obj for obj in model._default_manager.all() if self.url(obj) == path), None)

    def unlocked_for(self, request: HttpRequest, obj: Any) -> bool:
        """Whether this request may read a target that `visible_to` leaves out (a password typed on a page)."""
        return False


class PageTarget(Target):
    """A Wagtail page."""

    def url(self, obj: Any) -> str:
        return obj.get_url() or "/"

    def title(self, obj: Any) -> str:
        return obj.title

    def visible_to(self, model: type[models.Model], user: Any) -> models.QuerySet:
        """The page type's own `visible_to(user)`, or else published pages behind no restriction."""
        return readable_pages(model, user)

    def is_edited_by(self, user: Any, obj: Any) -> bool:
        """Wagtail's answer, which takes two queries; who was given no right and belongs to no group edits no page."""
        return ties_of(user).has_rights and obj.permissions_for_user(user).can_edit()

    def audience(self, obj: Any) -> Any:
        """Published pages behind the same restrictions are read by the same people."""
        return (obj.live, sorted(restriction.pk for restriction in obj.get_view_restrictions()))

    def find(self, model: type[models.Model], path: str) -> Any | None:
        slug = path.strip("/").rpartition("/")[2]
        return next((page for page in model._default_manager.filter(slug=slug) if self.url(page) == path), None)

    def unlocked_for(self, request: HttpRequest, obj: Any) -> bool:
        """Every restriction above the page accepts this request, as Wagtail asked when it served the page."""
        return obj.live and all(restriction.accept_request(request) for restriction in obj.get_view_restrictions())


class TopicTarget(Target):
    """A topic of a network's space."""

    opens_with = {"moderation": "after", "posters": "members", "mode": Mode.OPEN}

    def is_open(self, obj: Any) -> bool:
        return obj.state == "open"

    def is_visible_to(self, user: Any, obj: Any) -> bool:
        return obj.network.visibility == Visibility.PUBLIC or can_read_topic(user, obj)

    def admits(self, user: Any, key: str) -> bool:
        """The guests of a topic."""
        return is_guest_of(user, int(key))

    def is_edited_by(self, user: Any, obj: Any) -> bool:
        return is_facilitator(user, obj.network)

    def audience(self, obj: Any) -> Any:
        """All topics of a network have the same readers, but for the guests of each."""
        if obj.network.visibility == Visibility.PUBLIC:
            return (obj.network_id, [])
        return (obj.network_id, sorted(TopicGuest.objects.filter(topic=obj).values_list("user", flat=True)))

    def find(self, model: type[models.Model], path: str) -> Any | None:
        try:
            match = resolve(path)
        except Resolver404:
            return None
        return model._default_manager.filter(pk=match.kwargs["pk"]).first() if match.view_name == "networks:topic" else None


_registry: dict[type[models.Model], Target] = {}


def register(model: type[models.Model], target: Target) -> None:
    """Let the instances of a model carry a discussion; registering again replaces what was said before."""
    _registry[model] = target


def registered_models() -> list[type[models.Model]]:
    """The models whose instances carry a discussion."""
    return list(_registry)


def find_target(path: str) -> models.Model | None:
    """The object of any registered model whose page has this path, or None."""
    return next((obj for model, target in _registry.items() if (obj := target.find(model, path)) is not None), None)


def target_of(model: type[models.Model]) -> Target:
    """What was registered for a model; raises LookupError for a model that carries no discussion."""
    try:
        return _registry[model]
    except KeyError:
        raise LookupError(f"{model._meta.label} carries no discussion: see comments.targets.register.") from None


def visible_targets(user: Any) -> models.Q:
    """The condition on discussions that their target may be read by the person."""
    condition = models.Q(pk__in=[])
    for model, target in _registry.items():
        keys = (
            target.visible_to(model, user)
            .order_by()
            .annotate(key=models.functions.Cast("pk", models.CharField(max_length=64)))
            .values("key")
        )
        condition |= models.Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    return condition
