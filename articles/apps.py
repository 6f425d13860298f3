"""The guide: its pages and blocks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """The app of the guide."""

    name = "articles"
    verbose_name = _("Guide")
