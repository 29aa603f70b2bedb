"""A file, whatever its format, as one stream of lines."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

from education.import_vocabulary import SourceFormat
from education.importer.reading.kinds import kind_of
from education.importer.reading.limits import (
    LARGEST_FILE,
    LARGEST_MEDLINEPLUS,
    MEGABYTE,
)
from education.importer.reading.marked import read_markdown
from education.importer.reading.medlineplus import read_medlineplus
from education.importer.reading.plain import read_plain
from education.importer.reading.separated import read_separated
from education.importer.reading.web import read_web_page
from education.importer.reading.word import read_word
from education.importer.reading.workbooks import read_workbook
from education.importer.sources import FileRefused, SourceDocument

_LONGEST_NAME = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def read_file(name: str, content: bytes, language: str = "en") -> SourceDocument:
    """Every line of the file, in reading order.

    Raises `FileRefused` with a sentence that says what to do. No other exception
    leaves it, whatever the bytes.
    """
    name = tidy(name)
    kind = kind_of(name, content)
    is_medlineplus = kind is SourceFormat.MEDLINEPLUS
    largest = LARGEST_MEDLINEPLUS if is_medlineplus else LARGEST_FILE
    if len(content) > largest:
        raise FileRefused(
            f"It is larger than {largest // MEGABYTE} MB. Split it into smaller files."
        )
    if is_medlineplus:
        found = read_medlineplus(content, language)
    else:
        found = _READERS[kind](content)
    if all(line.is_blank for line in found.lines):
        raise FileRefused(" ".join(("It holds no text.", *found.left_out)))
    return SourceDocument(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        format=kind,
        lines=found.lines,
        language=language,
        rights=found.rights,
        credit=found.credit,
        topics=found.topics,
        left_out=found.left_out,
        refused=found.refused,
    )


def tidy(name: str) -> str:
    """The name alone: no folders, and nothing that does not show or turns it round."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = _CONTROL.sub("", last).encode(errors="replace").decode().strip()
    stem, dot, ending = shown.rpartition(".")
    spare = _LONGEST_NAME - len(dot + ending)
    return f"{stem[:spare]}{dot}{ending}" if spare > 0 else shown[:_LONGEST_NAME]


_READERS = {
    SourceFormat.TEXT: read_plain,
    SourceFormat.MARKDOWN: read_markdown,
    SourceFormat.HTML: read_web_page,
    SourceFormat.DOCX: read_word,
    SourceFormat.CSV: read_separated,
    SourceFormat.XLSX: read_workbook,
}
