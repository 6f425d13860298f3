"""Blocks of words: headings, text, lists, quotes, key points, figures, tables, accordions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

INLINE_FEATURES = ["bold", "italic", "link", "document-link", "superscript"]
TEXT_FEATURES = [*INLINE_FEATURES, "ol", "ul"]

TEXT = _("Text")
EVIDENCE = _("Evidence")


class HeadingBlock(blocks.StructBlock):
    """A heading of the article; the list of contents is made of them."""

    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("h2", _("Heading")), ("h3", _("Subheading"))], default="h2", search_index=False)

    class Meta:
        icon = "title"
        label = _("Heading")
        group = TEXT
        template = "articles/blocks/heading.html"
        form_layout = ["text", "level"]
        description = _("Opens a part of the article, and stands in its list of contents.")
        preview_value = {"text": "Pourquoi ce guide ?", "level": "h2"}


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        template = "articles/blocks/text.html"
        description = _("Paragraphs, lists and links.")
        preview_value = (
            "<p>Se constituer en réseau, c’est vouloir agir <b>collectivement</b>.</p><ul><li>Se fédérer</li><li>Peser</li></ul>"
        )


class ItemsBlock(blocks.StructBlock):
    """A list whose items stand out from the text."""

    ordered = blocks.BooleanBlock(label=_("Numbered"), required=False)
    items = blocks.ListBlock(blocks.RichTextBlock(features=INLINE_FEATURES, label=_("Item")), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("List")
        group = TEXT
        template = "articles/blocks/list.html"
        description = _("A list that stands out, numbered or not. Short lists may stay in the text.")
        preview_value = {"ordered": True, "items": ["<p>Nommer le changement voulu</p>", "<p>Choisir les moyens</p>"]}


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Quote"), rows=3, help_text=_("Without quotation marks: they are added."))
    author = blocks.CharBlock(label=_("Who says it"), required=False, max_length=200)
    source = blocks.CharBlock(label=_("Where"), required=False, max_length=300, help_text=_("Title of the book, the report, the meeting."))
    url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = EVIDENCE
        template = "articles/blocks/quote.html"
        description = _("Somebody’s words, with who said them and where.")
        preview_value = {
            "text": "L’influence se joue aussi au conseil municipal.",
            "author": "Une bénévole",
            "source": "Séminaire",
            "url": "",
        }


class KeyPointBlock(blocks.StructBlock):
    """What a reader in a hurry should remember."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120, help_text=_("Empty: “Key point”."))
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "key"
        label = _("Key point")
        group = TEXT
        template = "articles/blocks/key_point.html"
        description = _("What a reader in a hurry should remember.")
        preview_value = {"title": "À retenir", "text": "<p>Parler des changements voulus avant de parler des moyens.</p>"}


class FigureBlock(blocks.StructBlock):
    """A number and what it counts."""

    number = blocks.CharBlock(label=_("Number"), max_length=20, help_text=_("With its unit: 70 %, 1.3 million, 3 days."))
    label = blocks.CharBlock(label=_("What it counts"), max_length=200)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "decimal"
        label = _("Figure")


class FiguresBlock(blocks.ListBlock):
    """One to four figures side by side."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(FigureBlock(), **{"min_num": 1, "max_num": 4, **kwargs})

    class Meta:
        icon = "decimal"
        label = _("Figures")
        group = EVIDENCE
        template = "articles/blocks/figures.html"
        description = _("One to four numbers, each with what it counts and its source.")
        preview_value = [{"number": "11", "label": "têtes de réseau ont pris part au parcours", "source": ""}]


class TableBlock(blocks.StructBlock):
    """A table with a caption and headers, so that it can be heard as well as seen."""

    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("rich_text", blocks.RichTextBlock(label=_("Text with links"), features=INLINE_FEATURES, required=False)),
        ],
        label=_("Table"),
    )
    row_headers = blocks.BooleanBlock(
        label=_("The first column names the rows"),
        required=False,
        default=True,
        help_text=_("Screen readers then say it before each cell."),
    )
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=300)

    def clean(self, value: Any) -> Any:
        """Ask for a caption and a heading for each column, once the page is published."""
        cleaned = super().clean(value)
        table = cleaned["table"]
        if self.is_deferred_validation:
            return cleaned
        if not table.columns or not table.row_data:
            raise _table_error(_("Add a column and a row, or delete the table."))
        if not table.caption:
            raise _table_error(_("Give the table a caption: it says what is compared."))
        if not all(column["heading"] for column in table.columns):
            raise _table_error(_("Give each column a heading."))
        return cleaned

    class Meta:
        icon = "table"
        label = _("Table")
        group = EVIDENCE
        template = "articles/blocks/table.html"
        description = _("Rows and columns, with a caption and headers.")
        preview_value = {
            "table": {
                "caption": "Deux façons de peser",
                "columns": [{"type": "text", "heading": "Levier"}, {"type": "text", "heading": "Pour qui"}],
                "rows": [{"values": ["Plaidoyer", "Parlement"]}, {"values": ["Exemple", "Communes"]}],
            },
            "row_headers": True,
            "source": "",
        }


def _table_error(message: str) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={"table": ValidationError(message)})


class FoldBlock(blocks.StructBlock):
    """A passage folded under its title."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "collapse-down"
        label = _("Passage")


class AccordionBlock(blocks.ListBlock):
    """Passages folded under their titles."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(FoldBlock(), **{"min_num": 1, **kwargs})

    class Meta:
        icon = "collapse-down"
        label = _("Accordion")
        group = TEXT
        template = "articles/blocks/accordion.html"
        description = _("Passages folded under their titles: definitions, examples, questions and answers.")
        preview_value = [{"title": "Qu’est-ce qu’une tête de réseau ?", "text": "<p>Une association d’associations.</p>"}]
