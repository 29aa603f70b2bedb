"""From what a version of a page holds to a document: the way back of `building`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wagtail.fields import StreamField

from education.page_files.building import PAGE_TYPES, RELATIONS
from education.page_files.keys import BESIDE, PARTS_OF
from education.page_files.links import Place, with_names, with_rich_texts
from education.page_files.shape import (
    AliasRow,
    CodeRow,
    DocumentProblem,
    PageDocument,
    ReferenceRow,
)
from education.vocabulary import AliasKind, CodeSystem, Kind

#: What a version of a page holds, as a revision keeps it.
Held = Mapping[str, Any]
Row = dict[str, Any]

#: Written even where it says what is usual: nobody should have to know that.
ALWAYS = frozenset({"scope", "prescription_status", "controlled_schedule"})


@dataclass(frozen=True)
class Names:
    """How pages and tags are called in files, by their keys in this database.

    `lost` takes a sentence for each name that could not be given.
    """

    language: str
    tags: Mapping[int, str]
    places: Mapping[int, Place]
    lost: list[str] = field(default_factory=list)
    by_number: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        named = {
            str(pk): place.name_in(self.language) for pk, place in self.places.items()
        }
        object.__setattr__(self, "by_number", named)


def describe(kind: Kind, content: Held, names: Names) -> PageDocument:
    """The document of a page whose version holds this content.

    Raises DocumentProblem where it holds something that no file can.
    """
    document = PageDocument(
        kind=kind,
        slug=content["slug"],
        title=content["title"],
        summary=content.get("summary") or "",
        tags=tuple(_tags(content, names)),
        review_interval_months=content.get("review_interval_months"),
        aliases=tuple(
            AliasRow(row["text"], AliasKind(row["kind"]))
            for row in _in_order(content, "other_words")
        ),
        references=tuple(
            ReferenceRow(
                row["title"],
                row["publisher"],
                row["url"],
                _day(row.get("published")),
                _day(row.get("accessed")),
            )
            for row in _in_order(content, "references")
        ),
        codes=tuple(
            CodeRow(CodeSystem(row["system"]), row["code"], row["display"])
            for row in _in_order(content, "codes")
        ),
        care_cards=tuple(_stream(content, "care_cards")),
        links=dict(_links(kind, content, names)),
        parts=dict(_parts(kind, content)),
    )
    return _with_names(document, names)


def _with_names(document: PageDocument, names: Names) -> PageDocument:
    def lost(number: str) -> None:
        names.lost.append(
            f"{document.file}: A link leads to page {number}, which does not exist. "
            "Its words are kept."
        )

    return with_rich_texts(
        document, lambda source: with_names(source, names.by_number, lost)
    )


def _in_order(content: Held, rows: str) -> list[Row]:
    found = content.get(rows) or []
    return sorted(found, key=lambda row: row.get("sort_order") or 0)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _tags(content: Held, names: Names) -> Iterator[str]:
    """In the order in which they were given; one that was deleted is nowhere."""
    carried = [row["tag"] for row in content.get("tagged_items") or []]
    yield from dict.fromkeys(names.tags[tag] for tag in carried if tag in names.tags)


def _links(
    kind: Kind, content: Held, names: Names
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for relation in RELATIONS[kind]:
        slugs = []
        for row in _in_order(content, relation.rows):
            place = names.places.get(row[relation.field])
            if place is None:
                names.lost.append(
                    f"{content['slug']}: A page among its {relation.key} is gone."
                )
                continue
            slugs.append(place.slug_in(names.language))
        if slugs:
            yield relation.key, tuple(slugs)


def _parts(kind: Kind, content: Held) -> Iterator[tuple[str, Any]]:
    page_type = PAGE_TYPES[kind]
    for name in (*BESIDE, *PARTS_OF[kind]):
        if name == "brands":
            value: Any = [
                {key: row[key] for key in ("name", "status", "note")}
                for row in _in_order(content, name)
            ]
        elif isinstance(page_type._meta.get_field(name), StreamField):
            value = _stream(content, name)
        else:
            # A version from before there was such a field says what is usual.
            usual = page_type._meta.get_field(name).get_default()
            value = content.get(name, usual)
        if value or name in ALWAYS:
            yield name, value


def _stream(content: Held, name: str) -> list[Row]:
    raw = content.get(name) or []
    blocks = json.loads(raw) if isinstance(raw, str) else raw
    return [_row(block) for block in blocks]


def _row(block: Row) -> Row:
    kind = block["type"]
    if kind not in _ROWS:
        raise DocumentProblem(f'There is no piece of text named "{kind}".')
    return _ROWS[kind](block["value"] or {}, kind)


def _care_card(value: Row, kind: str) -> Row:
    return {
        "level": value.get("level") or "",
        "heading": value.get("heading") or "",
        "reasons": _items(value.get("reasons")),
        "action": value.get("action") or "",
    }


def _section(value: Row, kind: str) -> Row:
    body = [_row(passage) for passage in value.get("body") or []]
    return {
        "aspect": value.get("aspect") or "",
        "heading": value.get("heading") or "",
        "body": body,
    }


def _text(value: Any, kind: str) -> Row:
    return {"type": kind, "value": value or ""}


def _list(value: Row, kind: str) -> Row:
    items = {"items": _items(value.get("items"))}
    return {"type": kind} | _heading(value) | items


def _table(value: Row, kind: str) -> Row:
    table = value.get("table") or {}
    caption = table.get("caption") or ""
    columns = [column["heading"] or "" for column in table.get("columns") or []]
    return (
        {"type": kind, "caption": value.get("caption") or ""}
        | ({"table_caption": caption} if caption else {})
        | {
            "columns": columns,
            "rows": [
                [cell or "" for cell in row["values"][: len(columns)]]
                for row in table.get("rows") or []
            ],
        }
    )


def _heading(value: Row) -> Row:
    heading = value.get("heading") or ""
    return {"heading": heading} if heading else {}


def _items(rows: list[Any] | None) -> list[str]:
    """Items with a key of their own, or as they were stored before there were keys."""
    return [
        (row["value"] if isinstance(row, dict) else row) or "" for row in rows or []
    ]


_ROWS: Mapping[str, Callable[[Any, str], Row]] = {
    "care_card": _care_card,
    "section": _section,
    "text": _text,
    "tip": _text,
    "do": _list,
    "dont": _list,
    "steps": _list,
    "table": _table,
}
