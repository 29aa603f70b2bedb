"""What the files of a folder say, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from education.vocabulary import AliasKind, BodyPlace, CodeSystem, Kind, TagGroup

TAGS_FILE = "tags.toml"
FOLDERS = {Kind.TOPIC: "topics", Kind.QUESTION: "questions", Kind.MEDICINE: "medicines"}


class DocumentProblem(ValueError):
    """A file cannot be read as a page; the message names the file and what is wrong."""


@dataclass(frozen=True)
class TagRow:
    slug: str
    label: str
    group: TagGroup
    description: str
    body_places: list[BodyPlace] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AliasRow:
    text: str
    kind: AliasKind


@dataclass(frozen=True)
class ReferenceRow:
    title: str
    publisher: str
    url: str
    published: date | None = None
    accessed: date | None = None


@dataclass(frozen=True)
class CodeRow:
    system: CodeSystem
    code: str
    display: str


@dataclass(frozen=True)
class PageDocument:
    """One page. `parts` holds what belongs to its kind, `links` the slugs it names."""

    kind: Kind
    slug: str
    title: str
    summary: str
    tags: tuple[str, ...]
    review_interval_months: int | None
    aliases: tuple[AliasRow, ...]
    references: tuple[ReferenceRow, ...]
    codes: tuple[CodeRow, ...]
    care_cards: tuple[dict[str, Any], ...]
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Where it lies in its folder, such as "topics/muscle-cramps.toml"."""
        return f"{FOLDERS[self.kind]}/{self.slug}.toml"


@dataclass(frozen=True)
class Content:
    """All of a folder: the tags and the pages, topics first and questions last."""

    tags: tuple[TagRow, ...]
    pages: tuple[PageDocument, ...]
