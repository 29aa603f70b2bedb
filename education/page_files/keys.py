"""Which keys a file may hold, and of what type each is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices

from education.models.medicine_parts import LINES, PARTS
from education.vocabulary import (
    AliasKind,
    AnswerScope,
    BodyPlace,
    BrandStatus,
    CareLevel,
    CodeSystem,
    ControlledSchedule,
    HealthAspect,
    Kind,
    PrescriptionStatus,
    TagGroup,
)

#: Raises ValueError with a sentence that begins with the place it is given.
Check = Callable[[Any, str], None]


def text(value: Any, where: str) -> None:
    if not isinstance(value, str):
        raise ValueError(f"{where} has to be text.")
    if "\0" in value:
        raise ValueError(f"{where} holds a zero byte, which no database keeps.")


def number(value: Any, where: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{where} has to be a whole number.")


def yes_or_no(value: Any, where: str) -> None:
    if not isinstance(value, bool):
        raise ValueError(f"{where} has to be true or false.")


def day(value: Any, where: str) -> None:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(f"{where} has to be a day, such as 2026-01-31, not quoted.")


def choice(of: type[TextChoices], may_be_empty: bool = False) -> Check:
    """One of these values; a draft may leave open what its editors still choose."""
    allowed = [*of.values, ""] if may_be_empty else of.values

    def check(value: Any, where: str) -> None:
        if value not in allowed:
            words = ", ".join(f'"{each}"' for each in of.values)
            raise ValueError(f"{where} has to be one of {words}.")

    return check


def rows(of: Check) -> Check:
    def check(value: Any, where: str) -> None:
        if not isinstance(value, list):
            raise ValueError(f"{where} has to be a list.")
        for place, row in enumerate(value, start=1):
            of(row, f"{where}, row {place},")

    return check


def table(needed: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """Keys that have to be there and keys that may be; any other is refused."""
    known = {**needed, **optional}

    def check(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise ValueError(f"{where} has to be a group of keys.")
        for key in value:
            if key not in known:
                raise ValueError(f'{where} has the key "{key}", which is not known.')
        for key in needed:
            if key not in value:
                raise ValueError(f'{where} has no key "{key}".')
        for key, held in value.items():
            known[key](held, f'{where} key "{key}"')

    return check


def words(value: Any, where: str) -> None:
    """Text by text, such as labels by language."""
    if not isinstance(value, dict):
        raise ValueError(f"{where} has to be a group of keys.")
    for key, held in value.items():
        text(key, f"A key of {where}")
        text(held, f'{where} key "{key}"')


TEXTS = rows(text)

_CARD = table(
    {
        "level": choice(CareLevel, may_be_empty=True),
        "heading": text,
        "reasons": TEXTS,
    },
    {"action": text},
)
CARDS = rows(_CARD)

_PLAIN = {"type": text, "value": text}
_ITEMS = table({"type": text, "items": TEXTS}, {"heading": text})
_TABLE = table(
    {"type": text, "caption": text, "columns": TEXTS, "rows": rows(TEXTS)},
    {"table_caption": text},
)
_PASSAGES = {
    "text": table(_PLAIN, {}),
    "tip": table(_PLAIN, {}),
    "do": _ITEMS,
    "dont": _ITEMS,
    "steps": _ITEMS,
    "table": _TABLE,
}


def _passage(value: Any, where: str) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in _PASSAGES:
        known = ", ".join(f'"{each}"' for each in _PASSAGES)
        raise ValueError(f'{where} key "type" has to be one of {known}.')
    _PASSAGES[kind](value, where)
    for place, row in enumerate(value["rows"] if kind == "table" else (), start=1):
        if len(row) != len(value["columns"]):
            raise ValueError(
                f"{where} row {place} of the table has {len(row)} cells for "
                f"{len(value['columns'])} columns."
            )


_SECTION = table(
    {"aspect": choice(HealthAspect, may_be_empty=True), "body": rows(_passage)},
    {"heading": text},
)

_SHARED_NEEDED: Mapping[str, Check] = {
    "kind": choice(Kind),
    "slug": text,
    "title": text,
    "summary": text,
    "tags": TEXTS,
}
#: Fields of every page that stand in its file only where they say something.
BESIDE: Mapping[str, Check] = {
    "change_note": text,
    "seo_title": text,
    "search_description": text,
    "show_in_menus": yes_or_no,
}
_SHARED: Mapping[str, Check] = {
    "review_interval_months": number,
    "aliases": rows(table({"text": text, "kind": choice(AliasKind)}, {})),
    "references": rows(
        table(
            {"title": text, "publisher": text, "url": text},
            {"published": day, "accessed": day},
        )
    ),
    "codes": rows(
        table({"system": choice(CodeSystem), "code": text, "display": text}, {})
    ),
    "care_cards": CARDS,
    **BESIDE,
}
#: What belongs to one kind of page, in the order in which it is written.
PARTS_OF: Mapping[Kind, Mapping[str, Check]] = {
    Kind.TOPIC: {"key_points": text, "sections": rows(_SECTION)},
    Kind.QUESTION: {
        "short_answer": text,
        "scope": choice(AnswerScope),
        "answer": rows(_passage),
    },
    Kind.MEDICINE: {
        "generic_name": text,
        "pronunciation": text,
        "prescription_status": choice(PrescriptionStatus),
        "controlled_schedule": choice(ControlledSchedule),
        **{line.field: text for line in LINES},
        "boxed_warning": text,
        **{part.field: text for part in PARTS},
        **{part.cards: CARDS for part in PARTS if part.cards},
        "brands": rows(
            table({"name": text}, {"status": choice(BrandStatus), "note": text})
        ),
    },
}
LINKS_OF: Mapping[Kind, tuple[str, ...]] = {
    Kind.TOPIC: ("related_topics",),
    Kind.QUESTION: ("topics", "medicines", "related_questions"),
    Kind.MEDICINE: ("used_for",),
}

_PAGES = {
    kind: table(
        _SHARED_NEEDED,
        {**_SHARED, **PARTS_OF[kind], **dict.fromkeys(LINKS_OF[kind], TEXTS)},
    )
    for kind in Kind
}


def check_page(content: dict[str, Any]) -> None:
    """Raise ValueError with a sentence at the first key that does not fit a page."""
    if "kind" not in content:
        raise ValueError('The page has no key "kind".')
    choice(Kind)(content["kind"], 'The page key "kind"')
    _PAGES[Kind(content["kind"])](content, "The page")


check_tags: Check = table(
    {
        "tags": rows(
            table(
                {
                    "slug": text,
                    "label": text,
                    "group": choice(TagGroup),
                    "description": text,
                },
                {"body_places": rows(choice(BodyPlace)), "labels": words},
            )
        )
    },
    {},
)
