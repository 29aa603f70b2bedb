"""How a handout is to be printed: the sheet, and the size of its letters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from education.narrowing import Choice

SHEETS = {"a4": "A4", "letter": "Letter"}
SIZES = {"normal": "Normal print", "large": "Large print"}
_UNKNOWN = {
    "paper": "We do not know that paper, so this is for A4.",
    "size": "We do not know that size of letters, so they are of the usual size.",
}


@dataclass(frozen=True)
class Paper:
    """`pages` are what the bundle is made of, as its address names them."""

    sheet: str = "a4"
    size: str = "normal"
    pages: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @classmethod
    def asked_for(cls, query: QueryDict, pages: tuple[str, ...] = ()) -> Self:
        """Read the address; what means nothing is named in `unknown`, in sentences."""
        sheet = query.get("paper", "").strip().lower()
        size = query.get("size", "").strip().lower()
        wrong = {"paper": sheet not in {"", *SHEETS}, "size": size not in {"", *SIZES}}
        return cls(
            sheet if sheet in SHEETS else "a4",
            size if size in SIZES else "normal",
            pages,
            tuple(_UNKNOWN[name] for name, is_wrong in wrong.items() if is_wrong),
        )

    @property
    def query(self) -> str:
        """What stands after the address of the handout, with its "?"; or nothing."""
        asked = [("p", page) for page in self.pages]
        asked += [("paper", self.sheet)] if self.sheet != "a4" else []
        asked += [("size", self.size)] if self.size != "normal" else []
        return f"?{urlencode(asked, safe='/')}" if asked else ""

    @property
    def sheets(self) -> list[Choice]:
        return [
            Choice(
                label, replace(self, sheet=sheet).query, is_chosen=sheet == self.sheet
            )
            for sheet, label in SHEETS.items()
        ]

    @property
    def sizes(self) -> list[Choice]:
        return [
            Choice(label, replace(self, size=size).query, is_chosen=size == self.size)
            for size, label in SIZES.items()
        ]
