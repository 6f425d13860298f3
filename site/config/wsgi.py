"""The WSGI entry point: `config.wsgi:application`."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")


class Utf8Request(WSGIRequest):
    """A request read as UTF-8, whatever character set it names: no page or form of the site is written in another.

    Django takes the name at its word, and fails on those that are no sets of characters (`hex`) or that write lone surrogates.
    """

    @property
    def encoding(self) -> str:
        """Always the site's own; what is named instead is let fall."""
        return "utf-8"

    @encoding.setter
    def encoding(self, name: str) -> None: ...


class Handler(WSGIHandler):
    """Django's own, with our requests."""

    request_class = Utf8Request


django.setup(set_prefix=False)
application = Handler()
