"""The menus and the footer, which editors keep in the settings."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField

from articles.blocks.navigation import FooterColumns, MenuLinks
from articles.blocks.text import INLINE_FEATURES


@register_setting(icon="list-ul")
class Navigation(BaseSiteSetting):
    """What stands above and below every page of a site."""

    header = StreamField(MenuLinks(), verbose_name=_("menu"), blank=True, help_text=_("Empty: the guide and the networks."))
    footer_text = RichTextField(
        _("footer text"), features=INLINE_FEATURES, blank=True, help_text=_("Who publishes this site, in a sentence or two.")
    )
    footer_columns = StreamField(FooterColumns(), verbose_name=_("footer columns"), blank=True)
    legal = StreamField(
        MenuLinks(), verbose_name=_("legal links"), blank=True, help_text=_("Empty: the pages directly below the home page.")
    )

    panels = [FieldPanel("header"), FieldPanel("footer_text"), FieldPanel("footer_columns"), FieldPanel("legal")]

    class Meta:
        verbose_name = _("menus and footer")
        verbose_name_plural = _("menus and footers")
