"""Pictures and videos."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from articles.blocks.text import TEXT_FEATURES
from articles.video import Video, video_of

MEDIA = _("Pictures and videos")


class PictureBlock(blocks.StructBlock):
    """A picture with what it says, its caption and its credit; the alternative text is required unless it is decorative."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    credit = blocks.CharBlock(
        label=_("Credit"), required=False, max_length=200, help_text=_("Empty: the credit given with the picture in the library.")
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        group = MEDIA
        template = "articles/blocks/picture.html"
        description = _("A picture with its alternative text, caption and credit.")


class VideoValue(blocks.StructValue):
    """What the template asks of a video."""

    @property
    def video(self) -> Video | None:
        """Where the video is shown from, None for an address that is no known video."""
        return video_of(self.get("url") or "")


class VideoBlock(blocks.StructBlock):
    """A video that another site shows only after the reader asked for it, or a file of our own."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = blocks.URLBlock(label=_("Address"), required=False, help_text=_("The page of the video on YouTube, Vimeo or a PeerTube site."))
    file = DocumentChooserBlock(label=_("Or a file"), required=False, help_text=_("MP4 or WebM. Nothing leaves this site."))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=TEXT_FEATURES,
        required=False,
        help_text=_("What is said and shown, for those who cannot hear or see it."),
    )

    def clean(self, value: Any) -> Any:
        """Ask for one source, and for an address this site can show."""
        cleaned = super().clean(value)
        url, file = cleaned.get("url"), cleaned.get("file")
        if self.is_deferred_validation:
            return cleaned
        if bool(url) == bool(file):
            raise _error("url", _("Give the address of a video or choose a file, one of the two."))
        if url and video_of(url) is None:
            raise _error("url", _("This site can show videos of YouTube, Vimeo and the PeerTube sites named in its settings."))
        if file and file.file_extension not in {"mp4", "webm"}:
            raise _error("file", _("Choose an MP4 or WebM file."))
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")
        group = MEDIA
        template = "articles/blocks/video.html"
        value_class = VideoValue
        description = _("A video. Nothing of another site loads before the reader agrees.")
        preview_value = {
            "title": "Le parcours en trois minutes",
            "url": "https://vimeo.com/76979871",
            "file": None,
            "caption": "",
            "transcript": "",
        }


def _error(field: str, message: str) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={field: ValidationError(message)})
