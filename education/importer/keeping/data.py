"""What was found, as the data that is stored and printed, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from education.import_vocabulary import AnswerState, Damage, Danger
from education.importer.findings import (
    Answer,
    Contradiction,
    Flag,
    FoundBrand,
    FoundMedicine,
    FoundTopic,
    Group,
    Side,
    Variant,
)
from education.importer.passages import Block, Mark
from education.models import ImportedItem

Found = Group | FoundTopic | FoundMedicine
Data = Mapping[str, Any]

#: Where the content of an item keeps what changed since an earlier file.
DIFFERENCE = "difference"


@dataclass(frozen=True)
class Difference:
    """What a changed file says otherwise than the one that was decided on.

    `decision` is what was decided then, `page_id` the page that came of it, or None.
    """

    wordings: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    decision: str = ""
    page_id: int | None = None


def as_data(found: Found) -> dict[str, Any]:
    """What was found as plain lists, dicts and strings."""
    return asdict(found)


def group_of(item: ImportedItem) -> Group:
    """The group of questions that an item of that kind holds."""
    raw = item.content
    return Group(
        **_kept(raw, "key", "digest", "question", "aspect", "topic"),
        variants=tuple(Variant(**row) for row in raw["variants"]),
        answers=tuple(_answer(row) for row in raw["answers"]),
        contradictions=tuple(
            Contradiction(row["about"], tuple(Side(**side) for side in row["sides"]))
            for row in raw["contradictions"]
        ),
        medicines=tuple(raw["medicines"]),
    )


def topic_of(item: ImportedItem) -> FoundTopic:
    """The topic that an item of that kind holds."""
    raw = item.content
    return FoundTopic(
        raw["name"], tuple(raw["also_called"]), tuple(raw["lines"]), raw["url"]
    )


def medicine_of(item: ImportedItem) -> FoundMedicine:
    """The medicine that an item of that kind holds."""
    raw = item.content
    return FoundMedicine(
        **_kept(raw, "generic", "prescription"),
        brands=tuple(
            FoundBrand(**{**row, "lines": tuple(row["lines"])}) for row in raw["brands"]
        ),
        classes=tuple(raw["classes"]),
        lines=tuple(raw["lines"]),
        known=tuple((what, fact) for what, fact in raw["known"]),
    )


def difference_of(item: ImportedItem) -> Difference | None:
    """What changed since an earlier file; None where it was not decided on before."""
    raw = item.content.get(DIFFERENCE)
    if raw is None:
        return None
    return Difference(
        tuple(raw["wordings"]), tuple(raw["answers"]), raw["decision"], raw["page_id"]
    )


def _kept(raw: Data, *names: str) -> dict[str, Any]:
    return {name: raw[name] for name in names}


def _answer(raw: Data) -> Answer:
    return Answer(
        **_kept(raw, "question_line", "is_displaced"),
        heading_lines=tuple(raw["heading_lines"]),
        lines=tuple(raw["lines"]),
        blocks=tuple(
            Block(row["line"], row["paragraph"], tuple(row["items"]))
            for row in raw["blocks"]
        ),
        state=AnswerState(raw["state"]),
        marks=tuple(
            Mark(**{**row, "damage": Damage(row["damage"])}) for row in raw["marks"]
        ),
        flags=tuple(
            Flag(**{**row, "danger": Danger(row["danger"])}) for row in raw["flags"]
        ),
    )
