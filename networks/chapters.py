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


def is_chapter(page: Page) -> bool:
    """Whether topics can be about a page: it is of a registered type."""
    return page.specific_class in _models


def visible_to(user: Any) -> PageQuerySet:
    """The chapters a person may read, in the order of the guide: the model's own `visible_to(user)`, else public pages."""
    found = Page.objects.none()
    for model in _models:
        manager: Any = model._default_manager
        pages = manager.visible_to(user) if hasattr(manager.all(), "visible_to") else manager.live().public()
        found = found | Page.objects.filter(pk__in=pages.order_by().values("pk"))
    return found.order_by("path")
