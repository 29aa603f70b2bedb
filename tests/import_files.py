"""Files to import, made for tests: good ones and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from openpyxl import Workbook

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006'
    '/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
#: A part that each kind of package has.
MAIN_PART = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


def word(*paragraphs: tuple[str, str] | str) -> bytes:
    """A Word document. A pair is (style, text)."""
    document = Document()
    for paragraph in paragraphs:
        pair = ("Normal", paragraph) if isinstance(paragraph, str) else paragraph
        document.add_paragraph(pair[1], style=pair[0])
    return saved(document)


def workbook(rows: Iterable[Sequence[Any]], title: str = "Sheet") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def with_part(package: bytes, name: str, content: bytes | str) -> bytes:
    """The package with one part put in or replaced."""
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        parts = {each: packed.read(each) for each in packed.namelist()}
    return zipped({**parts, name: content})


def part_of(package: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        return packed.read(name).decode()


def bomb(ending: str, entries: int = 25, each: int = 40_000_000) -> bytes:
    """About 40 kB that claim to be, and would inflate to, a gigabyte.

    One packed part stands behind many names, so that the file stays small.
    """
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(bytes(each)) + packer.flush()
    checksum = zlib.crc32(bytes(each))
    names = [MAIN_PART[ending].encode()]
    names += [f"word/media/{number}.bin".encode() for number in range(entries - 1)]
    fields = (20, 0, 8, 0, 0, checksum, len(packed), each)
    local = _record(b"PK\x03\x04", "<HHHHHIIIHH", *fields, len(names[0]), 0) + names[0]
    directory = b"".join(
        _record(
            *(b"PK\x01\x02", "<HHHHHHIIIHHHHHII", 20, *fields),
            *(len(name), 0, 0, 0, 0, 0, 0),
        )
        + name
        for name in names
    )
    begin = len(local) + len(packed)
    end = _record(
        *(b"PK\x05\x06", "<HHHHIIH", 0, 0, entries, entries),
        *(len(directory), begin, 0),
    )
    return local + packed + directory + end


def _record(signature: bytes, layout: str, *fields: int) -> bytes:
    return signature + struct.pack(layout, *fields)


def topics(*inside: str, before: str = "") -> bytes:
    """A file of MedlinePlus."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<health-topics total="1">{"".join(inside)}</health-topics>'
    ).encode()
