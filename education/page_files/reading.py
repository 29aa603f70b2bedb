"""Reads a folder of pages; what does not fit is named by its file, never skipped."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from education.page_files.keys import (
    BESIDE,
    LINKS_OF,
    PARTS_OF,
    check_page,
    check_tags,
)
from education.page_files.shape import (
    FOLDERS,
    TAGS_FILE,
    AliasRow,
    CodeRow,
    Content,
    DocumentProblem,
    PageDocument,
    ReferenceRow,
    TagRow,
)
from education.vocabulary import AliasKind, BodyPlace, CodeSystem, Kind, TagGroup

#: The longest page that anybody wrote holds some 30 kB.
MOST_BYTES = 2_000_000
IN_ORDER = (Kind.TOPIC, Kind.MEDICINE, Kind.QUESTION)


def read_folder(folder: Path) -> tuple[Content, list[DocumentProblem]]:
    """All that can be read, and a problem for each file that cannot.

    Nothing outside of the folder is read: a link to another place is a problem.
    """
    problems = list(_stray(folder))
    tags: list[TagRow] = []
    pages: list[PageDocument] = []

    def keep(path: Path, take: Callable[[Any], None]) -> None:
        try:
            take(_parsed(path))
        except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
            problems.append(DocumentProblem(f"{path}: {_said(error)}"))

    keep(folder / TAGS_FILE, lambda content: tags.extend(read_tags(content)))
    for kind in IN_ORDER:
        for path in sorted((folder / FOLDERS[kind]).glob("*.toml")):
            keep(
                path,
                lambda content, kind=kind, path=path: pages.append(
                    _page_of(content, kind, path.stem)
                ),
            )
    return Content(tuple(tags), tuple(pages)), problems


def _said(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file."
    if isinstance(error, UnicodeDecodeError):
        return "This is no text in UTF-8."
    if isinstance(error, RecursionError):
        return "It is nested too deeply."
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"This is no TOML: {error}."
    return str(error)


def _stray(folder: Path) -> Iterator[DocumentProblem]:
    """Files that would be left out in silence, and links that lead elsewhere."""
    kept = set(FOLDERS.values())
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if path.is_symlink():
            yield DocumentProblem(f"{path}: Links to other places are not followed.")
        elif path.suffix == ".toml" and not (
            (len(place.parts) == 2 and place.parts[0] in kept)
            or str(place) == TAGS_FILE
        ):
            known = ", ".join(f"{name}/" for name in FOLDERS.values())
            yield DocumentProblem(f"{path}: Pages lie in {known} and nowhere else.")


def _parsed(path: Path) -> dict[str, Any]:
    if path.is_symlink() or path.parent.is_symlink():
        raise ValueError("Links to other places are not followed.")
    if path.exists() and not path.is_file():
        raise ValueError("This is no file.")
    with path.open("rb") as file:
        held = file.read(MOST_BYTES + 1)
    if len(held) > MOST_BYTES:
        raise ValueError(f"A page has at most {MOST_BYTES:,} bytes; this is larger.")
    return tomllib.loads(held.decode("utf-8-sig"))


def _page_of(content: dict[str, Any], kind: Kind, stem: str) -> PageDocument:
    page = read_page(content)
    if (page.kind, page.slug) != (kind, stem):
        raise ValueError("kind and slug do not fit the file.")
    return page


def read_tags(content: dict[str, Any]) -> list[TagRow]:
    """The rows of `tags.toml`. Raises ValueError with a sentence."""
    check_tags(content, "The file")
    found = [
        TagRow(
            row["slug"],
            row["label"],
            TagGroup(row["group"]),
            row["description"],
            [BodyPlace(place) for place in row.get("body_places", ())],
            dict(row.get("labels", {})),
        )
        for row in content["tags"]
    ]
    slugs = [row.slug for row in found]
    if twice := sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        raise ValueError(f'The tag "{twice[0]}" stands here twice.')
    return found


def read_page(content: dict[str, Any]) -> PageDocument:
    """The page that a file holds. Raises ValueError with a sentence."""
    check_page(content)
    kind = Kind(content["kind"])
    own = (*BESIDE, *PARTS_OF[kind])
    return PageDocument(
        kind=kind,
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
        links={
            name: tuple(content[name]) for name in LINKS_OF[kind] if content.get(name)
        },
        parts={name: value for name, value in content.items() if name in own},
    )
