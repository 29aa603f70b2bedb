"""Lines as they are read, numbered and held to the limits."""

from __future__ import annotations

from dataclasses import dataclass, field

from education.import_vocabulary import LineRole, SourceRights
from education.importer.reading.limits import LONGEST_LINE, MOST_LINES
from education.importer.sources import (
    FileRefused,
    RefusedRow,
    SourceLine,
    SourceTopic,
)

#: As long as the database keeps them.
LONGEST_PLACE = 100
LONGEST_SECTION = 255

#: What no database keeps: NUL, and halves of characters.
_UNKEEPABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\ufffd")


def keepable(text: str) -> str:
    """Text that every database keeps. The replaced are never words."""
    return text.translate(_UNKEEPABLE)


@dataclass(frozen=True)
class Content:
    """What one format gave: the parts of a `SourceDocument` that formats decide."""

    lines: tuple[SourceLine, ...]
    left_out: tuple[str, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    rights: SourceRights = SourceRights.UNKNOWN
    credit: str = ""
    topics: tuple[SourceTopic, ...] = ()


@dataclass
class Lines:
    """Lines so far. Raises `FileRefused` when there are too many or one is too long."""

    found: list[SourceLine] = field(default_factory=list)

    def add(
        self,
        text: str,
        place: str,
        role: LineRole = LineRole.PLAIN,
        section: str = "",
    ) -> None:
        if len(self.found) == MOST_LINES:
            raise FileRefused(
                f"It has more than {MOST_LINES:,} lines. Split it into smaller files."
            )
        place = keepable(place)[:LONGEST_PLACE]
        if len(text) > LONGEST_LINE:
            raise FileRefused(
                f"It has more than {LONGEST_LINE:,} characters in one piece, at "
                f"{place}. Break the text into lines."
            )
        self.found.append(
            SourceLine(
                number=len(self.found) + 1,
                text=keepable(text),
                place=place,
                role=role,
                section=keepable(section)[:LONGEST_SECTION],
            )
        )
