"""What was read from a file, whatever its format: lines, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from education.import_vocabulary import LineRole, SourceFormat, SourceRights


class FileRefused(ValueError):
    """The file cannot be read at all; the message is a sentence for whoever chose."""


@dataclass(frozen=True)
class SourceLine:
    """One line of text, or one block or cell of a format that has no lines.

    `number` counts from 1 without gaps, in reading order. `place` says where that is
    in words ("line 7", "Sheet1, cell B7"). `role` is what the format itself says of
    the line; a text file says nothing. `section` is the topic under which the format
    puts it, or "".
    """

    number: int
    text: str
    place: str
    role: LineRole = LineRole.PLAIN
    section: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class RefusedRow:
    """A row that could not be read, and why; the rest of the file could."""

    place: str
    why: str


@dataclass(frozen=True)
class SourceTopic:
    """A topic that the format itself names, with its other names and its address.

    `codes` are MeSH descriptors as (identifier, name).
    """

    name: str
    also_called: tuple[str, ...] = ()
    url: str = ""
    identifier: str = ""
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SourceDocument:
    """A file as read. `sha256` is of its bytes; `left_out` are sentences for people.

    `credit` is the attribution that the owner of the words asks for, or "".
    """

    name: str
    sha256: str
    format: SourceFormat
    lines: tuple[SourceLine, ...]
    language: str = "en"
    rights: SourceRights = SourceRights.UNKNOWN
    credit: str = ""
    topics: tuple[SourceTopic, ...] = ()
    left_out: tuple[str, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
