"""The demo: a guide, its networks and their conversations, to look around in; never in production."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The app of the demo."""

    name = "demo"
    verbose_name = "Demo"
