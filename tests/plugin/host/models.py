"""What the host publishes: pages of Wagtail, and games that are plain rows."""

from typing import Any

from django.db import models
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.models import Page

from comments.panels import discussion_panel


class HostPage(Page):
    """A page whose editor holds the discussion's settings."""

    edit_handler = TabbedInterface(
        [
            ObjectList(Page.content_panels, heading="Content"),
            ObjectList(Page.promote_panels, heading="Promote"),
            ObjectList([discussion_panel()], heading="Discussion"),
        ]
    )


class GameQuerySet(models.QuerySet["Game"]):
    """Reads of games."""

    def visible_to(self, user: Any) -> "GameQuerySet":
        """Games that are out."""
        return self.filter(is_out=True)


class Game(models.Model):
    """A game."""

    name = models.CharField(max_length=100)
    is_out = models.BooleanField(default=True)

    objects = GameQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The game's page."""
        return f"/games/{self.pk}/"
