"""What the demonstration's files say, read once into frozen data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from education.vocabulary import AliasKind, BodyPlace, CodeSystem, Kind, TagGroup

FOLDER = Path(__file__).resolve().parent.parent / "demo"
FOLDERS = {Kind.TOPIC: "topics", Kind.QUESTION: "questions", Kind.MEDICINE: "medicines"}

#: Keys that every page may have; what is left belongs to its kind.
SHARED = frozenset(
    {
        "kind",
        "slug",
        "title",
        "summary",
        "tags",
        "review_interval_months",
        "aliases",
        "references",
        "codes",
        "care_cards",
    }
)
RELATIONS = ("related_topics", "topics", "medicines", "related_questions", "used_for")


class DocumentProblem(ValueError):
    """A file cannot be read as a page; the message names the file and what is wrong."""


@dataclass(frozen=True)
class TagRow:
    slug: str
    label: str
    group: TagGroup
    description: str
    body_places: list[BodyPlace] = field(default_factory=list)


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


@dataclass(frozen=True)
class Demonstration:
    """All of it: the tags and the pages, topics first and questions last."""

    tags: tuple[TagRow, ...]
    pages: tuple[PageDocument, ...]


def read_demonstration(folder: Path = FOLDER) -> Demonstration:
    """Read every file of the folder. Raises DocumentProblem at the first that fails."""
    tags = _parse(folder / "tags.toml", _read_tags)
    pages = []
    for kind in (Kind.TOPIC, Kind.MEDICINE, Kind.QUESTION):
        for path in sorted((folder / FOLDERS[kind]).glob("*.toml")):
            page = _parse(path, _read_page)
            if (page.kind, page.slug) != (kind, path.stem):
                raise DocumentProblem(f"{path}: kind and slug do not fit the file.")
            pages.append(page)
    return Demonstration(tags=tuple(tags), pages=tuple(pages))


def _parse(path: Path, read: Any) -> Any:
    try:
        return read(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DocumentProblem(f"{path}: {error}") from error


def _read_tags(content: dict[str, Any]) -> list[TagRow]:
    return [
        TagRow(
            row["slug"],
            row["label"],
            TagGroup(row["group"]),
            row["description"],
            [BodyPlace(place) for place in row.get("body_places", ())],
        )
        for row in content["tags"]
    ]


def _read_page(content: dict[str, Any]) -> PageDocument:
    return PageDocument(
        kind=Kind(content["kind"]),
        slug=content["slug"],
        title=content["title"],
        summary=content["summary"],
        tags=tuple(content["tags"]),
        review_interval_months=content.get("review_interval_months"),
        aliases=tuple(
            AliasRow(row["text"], AliasKind(row["kind"]))
            for row in content.get("aliases", ())
        ),
        references=tuple(ReferenceRow(**row) for row in content.get("references", ())),
        codes=tuple(
            CodeRow(CodeSystem(row["system"]), row["code"], row["display"])
            for row in content.get("codes", ())
        ),
        care_cards=tuple(content.get("care_cards", ())),
        links={name: tuple(content[name]) for name in RELATIONS if content.get(name)},
        parts=dict(_parts(content)),
    )


def _parts(content: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in content.items():
        if name not in SHARED and name not in RELATIONS:
            yield name, value
