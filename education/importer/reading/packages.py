"""Packages of Word and Excel: checked part by part before any program reads them.

What a zip file says of its sizes is not believed: parts are inflated in small pieces
and counted. What is handed on is a new package of exactly what was checked.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from education.importer.reading.limits import (
    LARGEST_UNPACKED,
    LARGEST_XML,
    MEGABYTE,
    MOST_MARKS,
    MOST_PARTS,
)
from education.importer.sources import FileRefused

_PIECE = 65_536
_ENTRY = b"PK\x01\x02"

#: As Word and Excel pack. Others give out a whole bomb for one small piece of it.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML = (".xml", ".rels", ".vml")
_DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be")

DAMAGED = (
    "It is damaged or was not saved to its end. Open it in the program that made it "
    "and save it again."
)
_TOO_LARGE = (
    f"It unpacks to more than {LARGEST_UNPACKED // MEGABYTE} MB. Split it into smaller "
    "files, or save it without its pictures."
)
_ENCRYPTED = "It is protected by a password. Save it without one."
_MACROS = "It holds macros. Save it as a document without macros (.docx or .xlsx)."
_ENTITIES = (
    "It declares a document type or entities, as no Word or Excel file does. Open it "
    "in the program that made it and save it again."
)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error),
    *(OSError, ValueError, RuntimeError, IndexError),
)


@dataclass(frozen=True)
class Package:
    """A checked package. `names` are those of all parts, `others` of what is no XML.

    `content` has the others empty: nothing reads pictures or what is embedded.
    """

    content: bytes
    names: tuple[str, ...]
    others: tuple[str, ...]


def names_in(content: bytes) -> tuple[str, ...]:
    """The names of the parts, unchecked. Raises `FileRefused` where it is no zip."""
    with _opened(content) as packed:
        return tuple(part.filename for part in _listed(packed))


def checked(content: bytes) -> Package:
    """The package, harmless to read. Raises `FileRefused` where it is not."""
    copy = io.BytesIO()
    names, others = [], []
    left = _Left()
    with _opened(content) as packed, zipfile.ZipFile(copy, "w") as unpacked:
        for part in _listed(packed):
            if part.is_dir():
                continue
            is_xml = part.filename.lower().endswith(_XML)
            held = _inflated(packed, part, left, is_xml)
            names.append(part.filename)
            if not is_xml:
                others.append(part.filename)
            unpacked.writestr(part.filename, held)
    return Package(copy.getvalue(), tuple(names), tuple(others))


@dataclass
class _Left:
    """What may still be inflated."""

    whole: int = LARGEST_UNPACKED
    xml: int = LARGEST_XML
    marks: int = MOST_MARKS


def _opened(content: bytes) -> zipfile.ZipFile:
    if content.count(_ENTRY) > MOST_PARTS:
        raise FileRefused(DAMAGED)
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise FileRefused(DAMAGED) from error


def _listed(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The parts as the package declares them, if what it declares is acceptable."""
    parts = packed.infolist()
    names = [part.filename for part in parts]
    if any(part.compress_type not in _METHODS for part in parts):
        raise FileRefused(DAMAGED)
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise FileRefused(DAMAGED)
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(_ENCRYPTED)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise FileRefused(_TOO_LARGE)
    if any("vbaproject" in name.lower() for name in names):
        raise FileRefused(_MACROS)
    return parts


def _inflated(
    packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: _Left, is_xml: bool
) -> bytes:
    """A part of XML, or nothing of any other, which is only counted."""
    pieces = []
    for piece in _pieces(packed, part):
        left.whole -= len(piece)
        if is_xml:
            left.xml -= len(piece)
            left.marks -= piece.count(b"<") + piece.count(b"=")
            pieces.append(piece)
        if min(left.whole, left.xml) < 0:
            raise FileRefused(_TOO_LARGE)
        if left.marks < 0:
            raise FileRefused(
                "It has more marks than text that people wrote would. Copy its text "
                "into a new document."
            )
    held = b"".join(pieces)
    if any(
        sign.encode(encoding) in held
        for sign in _DECLARATIONS
        for encoding in _ENCODINGS
    ):
        raise FileRefused(_ENTITIES)
    if not _is_plainly_encoded(held):
        raise FileRefused(DAMAGED)
    return held


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with packed.open(part) as inflating:
            while piece := inflating.read(_PIECE):
                yield piece
    except _BROKEN as error:
        raise FileRefused(DAMAGED) from error


def _is_plainly_encoded(xml: bytes) -> bool:
    """Whether the search for declarations could see them: no unusual encoding."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return True
    first = xml[:200].split(b"?>")[0].lower()
    if not first.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml"):
        return True
    return b"encoding" not in first or any(
        name in first for name in (b"utf-8", b"utf8", b"us-ascii", b"utf-16")
    )
