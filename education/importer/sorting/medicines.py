"""The medicines that a document names, under their generic names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from education.importer.findings import FoundBrand, FoundMedicine, Group
from education.importer.sorting.known import Known
from education.importer.sorting.medicine_names import Named, named_in
from education.importer.sources import SourceDocument
from education.vocabulary import PrescriptionStatus

_FREE = (
    r"over[- ]the[- ]counter|\bOTC\b|non-?prescription|without (?:a )?prescription|"
    r"(?:not|nt|n't) (?:need|require) a prescription"
)
_STATUS = re.compile(
    rf"(?P<free>{_FREE})|(?P<bound>prescription|prescribed?s?\b)", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


@dataclass
class _Brand:
    lines: set[int] = field(default_factory=set)
    left_unsaid: bool = False


@dataclass
class _Medicine:
    lines: set[int] = field(default_factory=set)
    brands: dict[str, _Brand] = field(default_factory=lambda: defaultdict(_Brand))
    statuses: set[str] = field(default_factory=set)


def find_medicines(
    document: SourceDocument, groups: tuple[Group, ...], known: Known
) -> tuple[tuple[FoundMedicine, ...], tuple[Group, ...]]:
    """The medicines of a document, and its groups with the names of theirs."""
    found: dict[str, _Medicine] = defaultdict(_Medicine)
    named = {line.number: named_in(line.text, known) for line in document.lines}
    learned = _brands_learned(named)
    for line in document.lines:
        names = named[line.number]
        for generic in names.generics:
            found[generic].lines.add(line.number)
            found[generic].statuses |= _statuses(line.text, generic)
        for brand, beside in names.brands.items():
            for generic in _generics_of(brand, beside, learned, known):
                found[generic].lines.add(line.number)
                row = found[generic].brands[brand]
                row.lines.add(line.number)
                row.left_unsaid |= bool(names.said) and brand not in names.said
    ordered = sorted(found, key=lambda generic: (min(found[generic].lines), generic))
    medicines = tuple(_as_found(generic, found[generic], known) for generic in ordered)
    return medicines, tuple(_with_medicines(one, medicines) for one in groups)


def _with_medicines(one: Group, medicines: tuple[FoundMedicine, ...]) -> Group:
    lines = set(one.lines)
    return replace(
        one, medicines=tuple(m.generic for m in medicines if lines & set(m.lines))
    )


def _brands_learned(named: dict[int, Named]) -> dict[str, list[str]]:
    """What brands stand for that the document itself explains somewhere."""
    learned: dict[str, list[str]] = {}
    for names in named.values():
        for brand, generics in names.brands.items():
            if generics:
                learned.setdefault(brand, generics)
    return learned


def _generics_of(
    brand: str, beside: list[str], learned: dict[str, list[str]], known: Known
) -> list[str]:
    if beside:
        return beside
    if brand in learned:
        return learned[brand]
    if brand in known.by_brand:
        return [known.by_brand[brand].generic]
    # Of a product that holds several, the first is the one that it is bought for.
    return list(known.holding.get(brand, ())[:1])


def _statuses(text: str, generic: str) -> set[str]:
    """What a line says of how this medicine is had, in the sentence that names it."""
    found = set()
    for sentence in _SENTENCE.findall(text):
        for mention in re.finditer(re.escape(generic), sentence, re.IGNORECASE):
            said = [
                (abs(mention.start() - word.start()), word)
                for word in _STATUS.finditer(sentence)
            ]
            if said:
                nearest = min(said, key=lambda pair: pair[0])[1]
                found.add("free" if nearest["free"] else "bound")
    return found


def _as_found(generic: str, row: _Medicine, known: Known) -> FoundMedicine:
    medicine = known.by_generic.get(generic.casefold())
    status = ""
    if row.statuses == {"free"}:
        status = PrescriptionStatus.OVER_THE_COUNTER
    elif row.statuses == {"bound"}:
        status = PrescriptionStatus.PRESCRIPTION
    elif row.statuses:
        status = PrescriptionStatus.BOTH
    return FoundMedicine(
        generic=generic,
        brands=tuple(
            _as_brand(name, brand, generic, known) for name, brand in row.brands.items()
        ),
        classes=medicine.classes if medicine else (),
        prescription=str(status),
        lines=tuple(sorted(row.lines)),
        known=medicine.facts if medicine else (),
    )


def _as_brand(name: str, row: _Brand, generic: str, known: Known) -> FoundBrand:
    holds = known.holding.get(name, ())
    medicine = known.by_brand.get(name)
    doubts = []
    if holds:
        doubts.append(f"{name} holds several medicines: {', '.join(holds)}.")
    elif medicine is None:
        doubts.append(f"{name} is not a brand that is known here: check the label.")
    elif medicine.generic.casefold() != generic.casefold():
        doubts.append(f"{name} is known here as a brand of {medicine.generic}.")
    if row.left_unsaid:
        doubts.append(
            f"The text names {name}, but not where it says which the brands are."
        )
    return FoundBrand(
        name=name,
        lines=tuple(sorted(row.lines)),
        is_known=bool(holds) or medicine is not None,
        is_combination=bool(holds),
        doubt=" ".join(doubts),
    )
