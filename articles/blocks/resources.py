"""Files to download and links to follow."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from articles.languages import language_choices, language_name

RESOURCES = _("Files and links")
EXAMPLE = {"type": "link", "value": {"title": "Le compte rendu du séminaire", "url": "https://example.org/", "language": "fr"}}


class DownloadBlock(blocks.StructBlock):
    """A file, shown with its type, size and language."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200, help_text=_("Empty: the title given in the library."))
    description = blocks.CharBlock(label=_("Description"), required=False, max_length=300)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "articles/blocks/download.html"


class LinkValue(blocks.StructValue):
    """Where a link leads and what it is called."""

    @property
    def text(self) -> str:
        """The title given, else the page's own, else the address."""
        page = self.get("page")
        return self.get("title") or (page.title if page else self.get("url", ""))

    @property
    def language_name(self) -> str:
        """The language of the page it leads to, when it was said."""
        return language_name(self.get("language") or "")


class LinkBlock(blocks.StructBlock):
    """A page of this site or an address elsewhere."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200, help_text=_("Empty: the title of the page."))
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    url = blocks.URLBlock(label=_("Or an address"), required=False)
    description = blocks.CharBlock(label=_("Description"), required=False, max_length=300)
    language = blocks.ChoiceBlock(label=_("Language"), choices=language_choices, required=False, search_index=False)

    def clean(self, value: Any) -> Any:
        """Ask for one destination, and for a title where the destination has none of its own."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise StructBlockValidationError(block_errors={"url": ValidationError(_("Choose a page or give an address, one of the two."))})
        if cleaned.get("url") and not cleaned.get("title"):
            raise StructBlockValidationError(block_errors={"title": ValidationError(_("Say where the link leads."))})
        return cleaned

    class Meta:
        icon = "link"
        label = _("Link")
        template = "articles/blocks/link.html"
        value_class = LinkValue


class ResourceList(blocks.StreamBlock):
    """Files and links, in their order."""

    document = DownloadBlock()
    link = LinkBlock()


class ResourcesBlock(blocks.StructBlock):
    """Files and links where the text speaks of them."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    items = ResourceList(label=_("Files and links"))

    class Meta:
        icon = "download"
        label = _("Files and links")
        group = RESOURCES
        template = "articles/blocks/resources.html"
        description = _("Files to download and links, where the text speaks of them.")
        preview_value = {"title": "Pour aller plus loin", "items": [EXAMPLE]}


class SourcesValue(blocks.StructValue):
    """What the template asks of the sources."""

    @property
    def heading(self) -> str:
        """The heading of the block."""
        return self.get("title") or gettext("All the sources")


class SourcesBlock(blocks.StructBlock):
    """All that an article rests on."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120, help_text=_("Empty: “All the sources”."))
    items = ResourceList(label=_("Files and links"))

    class Meta:
        icon = "folder-open-1"
        label = _("All the sources")
        group = RESOURCES
        template = "articles/blocks/sources.html"
        value_class = SourcesValue
        description = _(
            "All that the article rests on: titled files with type, size and language, and links. Once in an article, at its end."
        )
        preview_value = {"title": "", "items": [EXAMPLE, EXAMPLE]}
