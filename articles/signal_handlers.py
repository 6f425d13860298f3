"""Keeps the copies of pictures in step with pages and with the library."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail.signals import page_published

from articles import pictures
from articles.models import GuideImage


def connect() -> None:
    """Listen to publications and to changes of pictures."""
    page_published.connect(page_was_published, dispatch_uid="articles.page_was_published")
    post_save.connect(picture_was_saved, sender=GuideImage, dispatch_uid="articles.picture_was_saved")


def page_was_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Make the copies of the pictures that readers will ask for."""
    pictures.prepare(instance)


def picture_was_saved(sender: type[GuideImage], instance: GuideImage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Make them again for a picture that pages show already."""
    if not created and not raw:
        pictures.prepare_again(instance)
