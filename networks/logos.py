"""The logo that a facilitator sends: let in as a picture, kept small, as a picture made here and nothing else of the file."""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP")
ACCEPT = "image/png,image/jpeg,image/webp"
"""The same for the attribute `accept` of a file field."""
MAX_SIZE = 5 * 1024 * 1024
"""In bytes."""
MAX_SIDE = 4000
"""In pixels: a picture of 16 million takes 60 to 250 MB to read, more is not read."""
KEPT_SIZE = (480, 240)
"""In pixels, at most: twice the size a space's head shows."""
_SHRUNK_AS_THEY_ARE = {"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"}
"""The modes whose pixels are colours, and not numbers in a list of colours."""


def logo_from(upload: Any) -> ContentFile:
    """Return the logo to keep, a PNG without anything else the file said; raises ValidationError, in a sentence, for what is no picture."""
    if upload.size > MAX_SIZE:
        raise ValidationError(
            _("This picture has %(size)s, which is more than the %(most)s that are taken."),
            "size",
            {"size": filesizeformat(upload.size), "most": filesizeformat(MAX_SIZE)},
        )
    upload.seek(0)
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if max(picture.size) > MAX_SIDE:
                raise ValidationError(_("This picture is too large: %(most)s pixels on each side at most."), "side", {"most": MAX_SIDE})
            return ContentFile(_small(picture), name="logo.png")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is no picture that can be read. Possible are PNG, JPEG and WebP."), "picture") from error


def _small(picture: Image.Image) -> bytes:
    """The picture upright and small; made smaller before anything else, which would copy all of it."""
    if picture.mode in _SHRUNK_AS_THEY_ARE:
        picture.thumbnail((max(KEPT_SIZE), max(KEPT_SIZE)))
    upright = ImageOps.exif_transpose(picture)
    small = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    small.thumbnail(KEPT_SIZE)
    kept = BytesIO()
    small.save(kept, "PNG", optimize=True)
    return kept.getvalue()
