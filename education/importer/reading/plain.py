"""Plain text: every line is one, blank ones too."""

from __future__ import annotations

import re

from education.importer.reading.decoding import decoded
from education.importer.reading.gathering import Content, Lines

_END = re.compile("\r\n|[\n\r\u2028\u2029]")


def read_plain(content: bytes) -> Content:
    """Lines as they stand in the file, each without its end."""
    text = decoded(content)
    lines = Lines()
    begin = 0
    for number, end in enumerate(_END.finditer(text), start=1):
        lines.add(text[begin : end.start()], f"line {number}")
        begin = end.end()
    if begin < len(text):
        lines.add(text[begin:], f"line {len(lines.found) + 1}")
    return Content(tuple(lines.found))
