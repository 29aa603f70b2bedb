"""What a file is: by what it holds first, then by the ending of its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from education.import_vocabulary import SourceFormat
from education.importer.reading.packages import names_in
from education.importer.sources import FileRefused

ENDINGS = {
    ".txt": SourceFormat.TEXT,
    ".text": SourceFormat.TEXT,
    ".md": SourceFormat.MARKDOWN,
    ".markdown": SourceFormat.MARKDOWN,
    ".html": SourceFormat.HTML,
    ".htm": SourceFormat.HTML,
    ".docx": SourceFormat.DOCX,
    ".csv": SourceFormat.CSV,
    ".tsv": SourceFormat.CSV,
    ".xlsx": SourceFormat.XLSX,
    ".xml": SourceFormat.MEDLINEPLUS,
}

_MACROS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb")
_SAVE_AS_TEXT = "Save it as plain text (.txt) or as a Word document (.docx)."

#: What files begin with that can be told but not read, and what to do with them.
_UNREADABLE = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "It is a file of an old Word or Excel, or one with a password. Save it as "
        ".docx or .xlsx without a password.",
    ),
    (
        b"{\\rtf",
        "It is rich text (RTF). Open it in a word processor and save it as .docx.",
    ),
    (
        b"%PDF-",
        "It is a PDF, in which lines have no order. Save the document that it was made "
        "of as .docx, or copy its text into a text file.",
    ),
    (b"\x89PNG", f"It is a picture. {_SAVE_AS_TEXT}"),
    (b"\xff\xd8\xff", f"It is a picture. {_SAVE_AS_TEXT}"),
    (b"GIF8", f"It is a picture. {_SAVE_AS_TEXT}"),
    (b"\x1f\x8b", "It is compressed. Unpack it and choose the files in it."),
    (b"7z\xbc\xaf", "It is compressed. Unpack it and choose the files in it."),
    (b"Rar!", "It is compressed. Unpack it and choose the files in it."),
)
_ARCHIVE = "It is an archive of files. Unpack it and choose the files in it."
_OPEN_DOCUMENT = (
    "It is an OpenDocument file. Save it as a Word document (.docx) or as an Excel "
    "workbook (.xlsx)."
)

_MARKS_AND_BLANKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.I)
_XML = re.compile(rb"<\?xml\s|<health-topics[\s>]", re.I)
_NAMES = {
    SourceFormat.TEXT: ("plain text", ".txt"),
    SourceFormat.MARKDOWN: ("Markdown", ".md"),
    SourceFormat.HTML: ("a web page", ".html"),
    SourceFormat.DOCX: ("a Word document", ".docx"),
    SourceFormat.CSV: ("a table as text", ".csv"),
    SourceFormat.XLSX: ("an Excel workbook", ".xlsx"),
    SourceFormat.MEDLINEPLUS: ("XML", ".xml"),
}


def kind_of(name: str, content: bytes) -> SourceFormat:
    """The format. Raises `FileRefused` where content and ending disagree."""
    if not content.strip(_MARKS_AND_BLANKS + b"\0"):
        raise FileRefused("It is empty.")
    held = _held(content)
    ending = PurePosixPath(name).suffix.lower()
    if ending in _MACROS:
        raise FileRefused(
            "It may hold macros. Save it as a document without macros (.docx or .xlsx)."
        )
    named = ENDINGS.get(ending)
    if named is None:
        raise FileRefused(
            "Its name does not tell what it is. It must end in one of "
            f"{', '.join(ENDINGS)}."
        )
    if held is not None and held is not named:
        what, fitting = _NAMES[held]
        raise FileRefused(
            f"It is {what}, but its name ends in {ending}. Save it as "
            f"{_NAMES[named][0]}, or give it a name that ends in {fitting}."
        )
    if held is None and named in (SourceFormat.DOCX, SourceFormat.XLSX):
        raise FileRefused(
            f"It is not {_NAMES[named][0]}, although its name ends in {ending}. Open "
            "it in the program that made it and save it as such."
        )
    return named


def _held(content: bytes) -> SourceFormat | None:
    """What the content itself tells, or None where it may be any kind of text."""
    for beginning, sentence in _UNREADABLE:
        if content.startswith(beginning):
            raise FileRefused(sentence)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(content)
    beginning = (
        content[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    )
    if _WEB_PAGE.match(beginning):
        return SourceFormat.HTML
    if _XML.match(beginning):
        is_web = _WEB_PAGE.search(beginning)
        return SourceFormat.HTML if is_web else SourceFormat.MEDLINEPLUS
    return None


def _packed(content: bytes) -> SourceFormat:
    names = set(names_in(content))
    if "word/document.xml" in names:
        return SourceFormat.DOCX
    if "xl/workbook.xml" in names:
        return SourceFormat.XLSX
    raise FileRefused(_OPEN_DOCUMENT if "mimetype" in names else _ARCHIVE)
