"""Links of the menus and the footer."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles.blocks.resources import LinkBlock


class MenuLinkBlock(LinkBlock):
    """A link of a menu."""

    description = None
    language = None

    class Meta:
        template = None


class MenuLinks(blocks.StreamBlock):
    """Links in their order."""

    link = MenuLinkBlock()


class FooterColumnBlock(blocks.StructBlock):
    """Links under a title."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    links = MenuLinks(label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")


class FooterColumns(blocks.StreamBlock):
    """Columns of links."""

    column = FooterColumnBlock()

    class Meta:
        max_num = 4
