"""From bytes to text, whatever the encoding."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from education.importer.sources import FileRefused

#: Longest first: that of UTF-16 begins that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: In what programs for English and Spanish wrote before UTF-8, the likeliest first.
_OLD = ["cp1252", "mac_roman", "cp850"]

#: So much is looked at to tell the encoding: a guess takes time.
_LOOKED_AT = 65_536

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

NOT_TEXT = (
    "It is not text. Open it in the program that made it and save it as plain text "
    "(UTF-8) or as a Word document (.docx)."
)


def decoded(content: bytes, declared: str = "") -> str:
    """The text, without its byte order mark. `declared` is what the file says itself.

    Raises `FileRefused` where it is not text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(_in(content, encoding))
    if b"\0" in content:
        raise FileRefused(NOT_TEXT)
    text = _in(content, "utf-8")
    if text is None and declared:
        text = _in(content, declared)
    return _checked(text if text is not None else _guessed(content))


def _in(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _guessed(content: bytes) -> str | None:
    """What a guess from the first letters that are not plain ones makes of it."""
    first = next(place for place, byte in enumerate(content) if byte > 127)
    begin = max(0, first - _LOOKED_AT // 2)
    best = from_bytes(content[begin : begin + _LOOKED_AT], cp_isolation=_OLD).best()
    encodings = [best.encoding, *_OLD] if best else _OLD
    found = (_in(content, encoding) for encoding in encodings)
    return next((text for text in found if text is not None), None)


def _checked(text: str | None) -> str:
    """Without control characters, but for the few that stray into pasted text."""
    if text is None or "\0" in text:
        raise FileRefused(NOT_TEXT)
    if len(_CONTROL.findall(text)) > max(3, len(text) // 200):
        raise FileRefused(NOT_TEXT)
    return text
