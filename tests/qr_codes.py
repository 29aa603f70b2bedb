"""Reads QR codes as a camera would, with a library that did not draw them."""

from __future__ import annotations

import re
from typing import Any

import zxingcpp
from PIL import Image, ImageDraw

#: Pixels a module.
SCALE = 6


def read(picture: Any) -> list[str]:
    """What the QR codes of a picture say."""
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def printed(html: str) -> list[Image.Image]:
    """The QR codes of a page as pictures: strokes on white, as its SVG says."""
    drawings = r'<svg viewBox="0 0 (\d+) \d+" class="qr">.*?d="(M4 [^"]*)"'
    return [_drawn(int(side), path) for side, path in re.findall(drawings, html, re.S)]


def _drawn(side: int, path: str) -> Image.Image:
    picture = Image.new("L", (side * SCALE, side * SCALE), 255)
    pen = ImageDraw.Draw(picture)
    x = y = 0.0
    for act, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        first, *second = (float(number) for number in numbers.split())
        if act == "h":
            top = y - 0.5
            corner = ((x + first) * SCALE - 1, (top + 1) * SCALE - 1)
            pen.rectangle((x * SCALE, top * SCALE, *corner), fill=0)
            x += first
        elif act == "M":
            x, y = first, second[0]
        else:
            x, y = x + first, y + second[0]
    return picture
