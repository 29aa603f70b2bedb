"""Writes documents as TOML, always in the same bytes for the same words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import tomli_w

from education.page_files.keys import BESIDE, LINKS_OF, PARTS_OF
from education.page_files.shape import DocumentProblem, PageDocument, TagRow


def page_file(document: PageDocument) -> bytes:
    """The file of a page. Raises DocumentProblem where UTF-8 has no such letters."""
    rows = {
        "aliases": [asdict(row) for row in document.aliases],
        "codes": [asdict(row) for row in document.codes],
        "references": [_without_gaps(asdict(row)) for row in document.references],
        "care_cards": list(document.care_cards),
    }
    content: dict[str, Any] = {
        "kind": document.kind,
        "slug": document.slug,
        "title": document.title,
        "summary": document.summary,
        "tags": list(document.tags),
    }
    if document.review_interval_months is not None:
        content["review_interval_months"] = document.review_interval_months
    for name in LINKS_OF[document.kind]:
        if document.links.get(name):
            content[name] = list(document.links[name])
    for name in (*BESIDE, *PARTS_OF[document.kind]):
        if name in document.parts:
            content[name] = document.parts[name]
    content |= {name: held for name, held in rows.items() if held}
    return _bytes(content, document.file)


def tags_file(rows: Iterable[TagRow]) -> bytes:
    """The file of the vocabulary. Raises DocumentProblem as `page_file` does."""
    return _bytes({"tags": [_tag(row) for row in rows]}, "tags.toml")


def _tag(row: TagRow) -> dict[str, Any]:
    content = asdict(row)
    for name in ("body_places", "labels"):
        if not content[name]:
            del content[name]
    return content


def _without_gaps(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _bytes(content: dict[str, Any], file: str) -> bytes:
    plain = _plain(content)
    # Several lines are easier to read, but would lose the return that some hold.
    written = tomli_w.dumps(plain, multiline_strings=not _holds_a_return(plain))
    try:
        return written.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentProblem(
            f"{file}: It holds half a letter, which no file can keep."
        ) from error


def _plain(value: Any) -> Any:
    """Choices as the text that is stored."""
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(held) for held in value]
    return str(value) if isinstance(value, str) else value


def _holds_a_return(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_a_return, value.values()))
    if isinstance(value, list):
        return any(map(_holds_a_return, value))
    return isinstance(value, str) and "\r" in value
