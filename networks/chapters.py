"""The chapters that topics can be about: pages of a host's own types, which networks know nothing of.

A host registers them in its own `AppConfig.ready()`:

    from networks.chapters import register
    register(BlogPage)
"""

from typing import Any

from wagtail.models import Page
from wagtail.query import PageQuerySet

_models: list[type[Page]] = []


def register(model: type[Page]) -> None:
    """Let topics be about the pages of this type; registering again changes nothing."""
    if model not in _models:
        _models.append(model)


def readable_pages(model: type[Page], user: Any) -> PageQuerySet:
    """The pages of a type that a person may read: the type's own `visible_to(user)`, else published pages behind no restriction."""
    manager: Any = model._default_manager
    return manager.visible_to(user) if hasattr(manager.all(), "visible_to") else manager.live().public()


def visible_to(user: Any) -> PageQuerySet:
    """The chapters a person may read, in the order of the guide."""
    found = Page.objects.none()
    for model in _models:
        found = found | Page.objects.filter(pk__in=readable_pages(model, user).order_by().values("pk"))
    return found.order_by("path")
