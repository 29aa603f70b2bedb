"""What a file comes to, as a report that is printed before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from education.importer.keeping.applying import Applied
from education.importer.keeping.data import Difference
from education.models import ImportedItem


@dataclass(frozen=True)
class Near:
    """A page of the portal that is near; `is_same` where no second one can be made."""

    title: str
    kind: str
    is_live: bool
    is_same: bool
    why: str


@dataclass(frozen=True)
class Standing:
    """What was decided on a piece before ("open": nothing), and what is near to it.

    `changed` is what is new since an earlier file was decided on, else null.
    """

    decision: str
    changed: Difference | None
    near: tuple[Near, ...]


@dataclass(frozen=True)
class AnswerFound:
    """One passage that answers a question: where it stands and how whole it is."""

    places: str
    state: str
    is_displaced: bool
    text: str


@dataclass(frozen=True)
class Side:
    """What one answer says where answers differ."""

    place: str
    says: str


@dataclass(frozen=True)
class Differing:
    """A matter on which the answers of one question differ."""

    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class QuestionFound:
    """Wordings that ask the same, with their answers, best first."""

    question: str
    state: str
    topic: str
    aspect: str
    places: str
    wordings: tuple[str, ...]
    medicines: tuple[str, ...]
    answers: tuple[AnswerFound, ...]
    contradictions: tuple[Differing, ...]
    standing: Standing


@dataclass(frozen=True)
class TopicFound:
    name: str
    also_called: tuple[str, ...]
    places: str
    url: str
    standing: Standing


@dataclass(frozen=True)
class BrandFound:
    """A brand name; `doubt` says why an editor must look, or is ""."""

    name: str
    is_known: bool
    is_combination: bool
    doubt: str


@dataclass(frozen=True)
class MedicineFound:
    """A generic medicine; `prescription` is "" where the file does not say."""

    generic: str
    brands: tuple[BrandFound, ...]
    classes: tuple[str, ...]
    prescription: str
    places: str
    standing: Standing


@dataclass(frozen=True)
class FlagFound:
    """Unsafe or doubtful words, the gravest first."""

    danger: str
    place: str
    rule: str
    words: str
    reason: str
    to_do: str


@dataclass(frozen=True)
class DamageFound:
    """What is wrong with the words of one line."""

    damage: str
    place: str
    is_incomplete: bool
    detail: str


@dataclass(frozen=True)
class RefusedRow:
    place: str
    why: str


@dataclass(frozen=True)
class Report:
    """Everything that a file came to. Its fields are the keys of the JSON.

    `ledger` counts the lines by what became of them; the counts sum to `lines`.
    `loose` are the places of lines that belong to no question. `counts` are by name.
    """

    file: str
    sha256: str
    format: str
    language: str
    rights: str
    credit: str
    lines: int
    ledger: dict[str, int]
    loose: tuple[str, ...]
    left_out: tuple[str, ...]
    refused: tuple[RefusedRow, ...]
    counts: dict[str, int]
    damage: tuple[DamageFound, ...]
    flags: tuple[FlagFound, ...]
    questions: tuple[QuestionFound, ...]
    topics: tuple[TopicFound, ...]
    medicines: tuple[MedicineFound, ...]


@dataclass(frozen=True)
class Made:
    """A draft that was made."""

    kind: str
    title: str
    page_id: int


@dataclass(frozen=True)
class NotMade:
    """A piece of which nothing was made, and why."""

    kind: str
    title: str
    why: str


@dataclass(frozen=True)
class Outcome:
    """What `--apply` did: `failed` was refused, `left` waits for a person."""

    made: tuple[Made, ...] = ()
    failed: tuple[NotMade, ...] = ()
    left: tuple[NotMade, ...] = ()


def outcome_of(applied: Applied) -> Outcome:
    """What was done, as it is printed."""

    def told(rows: Sequence[tuple[ImportedItem, str]]) -> tuple[NotMade, ...]:
        return tuple(NotMade(item.kind, item.title, why) for item, why in rows)

    return Outcome(
        made=tuple(Made(page.kind, page.title, page.pk) for page in applied.made),
        failed=told(applied.failed),
        left=told(applied.left),
    )
