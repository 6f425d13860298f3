"""Bringing a WordPress site in."""

from django.apps import AppConfig


class WordpressConfig(AppConfig):
    """The app of the import."""

    name = "wordpress"
    verbose_name = "WordPress"
