"""The bodies of pages: which blocks each kind of page is written with."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from articles.blocks.media import PictureBlock, VideoBlock
from articles.blocks.resources import ResourcesBlock, SourcesBlock
from articles.blocks.text import (
    TEXT_FEATURES,
    AccordionBlock,
    FiguresBlock,
    HeadingBlock,
    ItemsBlock,
    KeyPointBlock,
    QuoteBlock,
    TableBlock,
    TextBlock,
)


class StandardBody(blocks.StreamBlock):
    """What any page may be written with."""

    heading = HeadingBlock()
    text = TextBlock(features=TEXT_FEATURES)
    list = ItemsBlock()
    picture = PictureBlock()
    key_point = KeyPointBlock()
    table = TableBlock()
    accordion = AccordionBlock()
    resources = ResourcesBlock()

    def clean(self, value: Any) -> Any:
        """Refuse a subheading above the first heading: those who listen to the page move by its headings."""
        cleaned = super().clean(value)
        first = next(((index, block) for index, block in enumerate(cleaned) if block.block_type == "heading"), None)
        if first and first[1].value["level"] == "h3" and not self.is_deferred_validation:
            error = ValidationError(_("The first heading cannot be a subheading."))
            raise StreamBlockValidationError(block_errors={first[0]: error})
        return cleaned


class ArticleBody(StandardBody):
    """What an article is written with."""

    quote = QuoteBlock()
    figures = FiguresBlock()
    video = VideoBlock()
    sources = SourcesBlock()

    class Meta:
        block_counts = {"sources": {"max_num": 1}}


class LatestArticlesBlock(blocks.StructBlock):
    """The guide's first or newest articles."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=12)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Latest articles")
        template = "articles/blocks/latest_articles.html"
        description = _("The articles published last.")


class NetworksBlock(blocks.StructBlock):
    """The networks and their spaces."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES, required=False)

    class Meta:
        icon = "group"
        label = _("Networks")
        template = "articles/blocks/networks.html"
        description = _("The networks everyone may know of, and the way to their spaces.")


class HomeSections(blocks.StreamBlock):
    """What a home page is made of."""

    latest_articles = LatestArticlesBlock()
    networks = NetworksBlock()
    heading = HeadingBlock()
    text = TextBlock(features=TEXT_FEATURES)
    key_point = KeyPointBlock()
    figures = FiguresBlock()
    quote = QuoteBlock()
