"""A logo as somebody uploads it, made into the one file that the public gets."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageFile

#: Never SVG, which may hold scripts.
FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 1024 * 1024
MOST_PIXELS_A_SIDE = 4000
TOO_MANY_PIXELS = (
    f"The picture is more than {MOST_PIXELS_A_SIDE} pixels wide or high. Save the logo "
    "smaller."
)
#: Twice what the header shows, for sharp screens.
WIDEST, HIGHEST = 640, 160


class NotALogo(ValueError):
    """Says in a sentence what is wrong with the file."""


def logo_png(file: BinaryIO, size: int) -> bytes:
    """The picture in this file of `size` bytes as a PNG that fits the header.

    It is drawn anew, so that nothing else in the file, such as where a photo was taken,
    goes with it. Raises `NotALogo`.
    """
    if size > MOST_BYTES:
        raise NotALogo("The file is larger than 1 MB. Save the logo smaller.")
    # Others in the same process, such as WeasyPrint, let half a picture pass.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if max(picture.size) > MOST_PIXELS_A_SIDE:
                raise NotALogo(TOO_MANY_PIXELS)
            return _drawn_anew(picture)
    except NotALogo:
        raise
    except Image.DecompressionBombError as error:
        raise NotALogo(TOO_MANY_PIXELS) from error
    except Exception as error:  # each format has errors of its own
        raise NotALogo("Upload the logo as a PNG, JPEG or WebP picture.") from error


def _drawn_anew(picture: Image.Image) -> bytes:
    clean = picture.convert("RGBA")
    drawn_on = clean.getbbox()
    if drawn_on is None:
        raise NotALogo("The picture is empty: nothing in it can be seen.")
    # Room around it would stand between the logo and the name.
    clean = clean.crop(drawn_on)
    clean.thumbnail((WIDEST, HIGHEST))
    fresh = Image.new("RGBA", clean.size)
    fresh.paste(clean)
    written = BytesIO()
    fresh.save(written, "PNG", optimize=True)
    return written.getvalue()
