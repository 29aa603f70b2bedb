"""A picture of a page's title, for who shares its address."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

import font_hanken_grotesk as font
from PIL import Image, ImageDraw, ImageFont

from education.colors import WHITE, light_shades
from education.richtext import in_one_line

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
#: Height of the band that says whose page it is.
BAND = 120
TITLE_SIZES = (84, 72, 62, 54)
MOST_LINES = 5
LINE = 1.16
#: Part of what a picture is kept by: raise it when it is drawn in another way.
DRAWING = 1


def draw(kind: str, title: str, site_name: str, accent: str) -> bytes:
    """A PNG of 1200 by 630 pixels: the kind of page and its title, on the accent."""
    kind, title, site_name = map(in_one_line, (kind, title, site_name))
    shades = light_shades(accent)
    picture = Image.new("RGB", (WIDTH, HEIGHT), shades["color-deep"])
    pen = ImageDraw.Draw(picture)
    soft = shades["color-on-deep-soft"]
    pen.text((MARGIN, MARGIN), kind, soft, _font(font.HankenGroteskSemiBold, 40))
    _draw_title(pen, title)
    pen.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), fill=shades["color-tint"])
    named = _cut(site_name, _font(font.HankenGroteskBold, 40), WIDTH - 2 * MARGIN)
    middle = HEIGHT - BAND / 2
    pen.text(
        (MARGIN, middle),
        named,
        shades["color-on-tint"],
        _font(font.HankenGroteskBold, 40),
        anchor="lm",
    )
    written = BytesIO()
    # Few colors are enough for words, and a quarter of the bytes.
    picture.quantize(48).save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw_title(pen: ImageDraw.ImageDraw, title: str) -> None:
    """As large as it fits between the kind and the name of the site."""
    top, room = MARGIN + 70, HEIGHT - BAND - MARGIN - 70 - 40
    for size in TITLE_SIZES:
        drawn_in = _font(font.HankenGroteskBold, size)
        lines = wrapped(title, drawn_in, WIDTH - 2 * MARGIN)
        if len(lines) * size * LINE <= room:
            break
    fits = min(int(room / (size * LINE)), MOST_LINES)
    if len(lines) > fits:
        lines = [*lines[: fits - 1], f"{lines[fits - 1]}…"]
        lines[-1] = _cut(lines[-1], drawn_in, WIDTH - 2 * MARGIN)
    for place, line in enumerate(lines):
        pen.text((MARGIN, top + place * size * LINE), line, WHITE, drawn_in)


def wrapped(text: str, drawn_in: ImageFont.FreeTypeFont, room: int) -> list[str]:
    """The lines of a text, none of them wider than `room` pixels."""
    lines: list[str] = []
    for word in _pieces(text, drawn_in, room):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and drawn_in.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(text: str, drawn_in: ImageFont.FreeTypeFont, room: int) -> Iterator[str]:
    """Its words; one that is wider than a line comes in pieces."""
    for word in text.split():
        while drawn_in.getlength(word) > room:
            wide = bisect_right(
                range(len(word)), room, key=lambda n: drawn_in.getlength(word[:n])
            )
            fits = max(wide - 1, 1)
            yield word[:fits]
            word = word[fits:]
        yield word


def _cut(text: str, drawn_in: ImageFont.FreeTypeFont, room: int) -> str:
    if drawn_in.getlength(text) <= room:
        return text
    while text and drawn_in.getlength(f"{text}…") > room:
        text = text[:-1].rstrip(" …")
    return f"{text}…"


@lru_cache(maxsize=16)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)
