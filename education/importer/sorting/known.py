"""The names of medicines that are known before a document is read.

Our own list is `medicines.toml`; what the portal's pages say goes before it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from education.models import MedicationPage
from education.vocabulary import PrescriptionStatus

_WORD = re.compile(r"[^\W_]+")
FILE = Path(__file__).with_name("medicines.toml")


@dataclass(frozen=True)
class KnownMedicine:
    """What is known of a medicine.

    `also` are other generic names, as in Europe or in Spanish. `if_taken` says that the
    body makes it itself, so that not every text that names it speaks of a medicine.
    """

    generic: str
    brands: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    status: str = ""
    schedule: str = ""
    also: tuple[str, ...] = ()
    if_taken: bool = False

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """For whoever writes its profile: what, and the fact."""
        status = PrescriptionStatus(self.status).label if self.status else ""
        rows = (
            ("Class", ", ".join(self.classes)),
            ("Brands", ", ".join(self.brands)),
            ("Usual status (US)", status),
            ("Controlled (US)", f"Schedule {self.schedule}" if self.schedule else ""),
            ("Also called", ", ".join(self.also)),
        )
        return tuple((what, fact) for what, fact in rows if fact)


@dataclass(frozen=True)
class Combination:
    """A brand whose product holds several medicines."""

    brand: str
    holds: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """Names of medicines, of products that hold several, and of kinds of medicine."""

    medicines: tuple[KnownMedicine, ...] = ()
    combinations: tuple[Combination, ...] = ()
    classes: tuple[str, ...] = ()

    @cached_property
    def by_generic(self) -> dict[str, KnownMedicine]:
        """By every generic name, in lower case."""
        return {
            name.casefold(): medicine
            for medicine in self.medicines
            for name in (*medicine.also, medicine.generic)
        }

    @cached_property
    def by_brand(self) -> dict[str, KnownMedicine]:
        """By brand, as it is written, for brands that hold this medicine alone."""
        return {
            brand: medicine for medicine in self.medicines for brand in medicine.brands
        }

    @cached_property
    def holding(self) -> dict[str, tuple[str, ...]]:
        """What products hold that hold several medicines, by brand as written."""
        return {row.brand: row.holds for row in self.combinations}

    def is_brand(self, name: str) -> bool:
        """Whether it is a known brand, of one medicine or of several."""
        return name in self.by_brand or name in self.holding

    def generics_in(self, text: str) -> Iterator[KnownMedicine]:
        """The medicines whose generic name a text in lower case says, in order."""
        for name in _said(text, self._generics):
            yield self.by_generic[name]

    def brands_in(self, text: str) -> Iterator[str]:
        """The brands that a text says as they are written: with their capitals."""
        yield from _said(text, self._brands)

    @cached_property
    def _generics(self) -> dict[str, list[str]]:
        return _by_first_word(self.by_generic)

    @cached_property
    def _brands(self) -> dict[str, list[str]]:
        return _by_first_word((*self.by_brand, *self.holding))

    @cached_property
    def class_names(self) -> frozenset[str]:
        """What is a kind of medicine and never one, in lower case."""
        own = {name for medicine in self.medicines for name in medicine.classes}
        names = {name.casefold() for name in (*self.classes, *own)}
        return frozenset(names | {f"{name}s" for name in names})


@cache
def own_list() -> Known:
    """What `medicines.toml` says."""
    content = tomllib.loads(FILE.read_text("utf-8"))
    return Known(
        medicines=tuple(_read(row) for row in content["medicine"]),
        combinations=tuple(
            Combination(brand, tuple(holds))
            for brand, holds in content["combinations"].items()
        ),
        classes=tuple(content["classes"]),
    )


def known_in(language: str) -> Known:
    """Our own list, and what the portal's pages of a language name: drafts, too."""
    own = own_list()
    pages = MedicationPage.objects.filter(locale__language_code=language)
    pages = pages.exclude(generic_name="").prefetch_related("brands")
    medicines = {medicine.generic.casefold(): medicine for medicine in own.medicines}
    combinations = {row.brand: row for row in own.combinations}
    for page in pages.order_by("pk"):
        generic = page.generic_name.casefold()
        was = medicines.get(generic)
        alone = [brand.name for brand in page.brands.all() if not brand.is_combination]
        medicines[generic] = KnownMedicine(
            generic=page.generic_name,
            brands=_together(was.brands if was else (), alone),
            classes=was.classes if was else (),
            status=page.prescription_status,
            schedule=page.controlled_schedule if page.is_controlled else "",
            also=was.also if was else (),
            if_taken=was.if_taken if was else False,
        )
        for brand in page.brands.all():
            if brand.is_combination and brand.name not in combinations:
                combinations[brand.name] = Combination(
                    brand.name, (page.generic_name, brand.note)
                )
    return Known(
        medicines=tuple(medicines.values()),
        combinations=tuple(combinations.values()),
        classes=own.classes,
    )


def _by_first_word(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        found[_WORD.match(name)[0]].append(name)  # type: ignore[index]
    return dict(found)


def _said(text: str, by_first_word: dict[str, list[str]]) -> Iterator[str]:
    end = 0
    for word in _WORD.finditer(text):
        for name in by_first_word.get(word[0], ()) if word.start() >= end else ():
            after = word.start() + len(name)
            is_whole = not re.match(r"[\w-]", text[after : after + 1])
            if text.startswith(name, word.start()) and is_whole:
                if text[word.start() - 1 : word.start()] != "-":
                    yield name
                    end = after
                break


def _together(names: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple({name.casefold(): name for name in (*names, *more)}.values())


def _read(row: dict[str, Any]) -> KnownMedicine:
    return KnownMedicine(
        generic=row["generic"],
        brands=tuple(row.get("brands", ())),
        classes=tuple(row["classes"]),
        status=row["status"],
        schedule=row.get("schedule", ""),
        also=tuple(row.get("also", ())),
        if_taken=row.get("if_taken", False),
    )
