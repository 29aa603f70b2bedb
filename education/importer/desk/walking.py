"""Going through the pieces of a file one by one."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from education.import_vocabulary import ItemDecision
from education.importer.desk.choosing import View
from education.models import ImportedItem


@dataclass(frozen=True)
class Walk:
    """Where a piece stands among those that are gone through; 0: not among them."""

    position: int
    count: int
    left: int
    previous: int | None
    next: int | None
    next_open: int | None

    @property
    def says(self) -> str:
        if not self.position:
            return f"Not among the {self.count} that you chose"
        return f"{self.position} of {self.count}"


def walk_of(view: View, item: ImportedItem) -> Walk:
    """One statement, whatever the number of pieces.

    Whoever comes to the end is led back to what was passed over.
    """
    pieces = list(view.walk(item.file).values_list("pk", "decision"))
    keys = [key for key, _ in pieces]
    here = keys.index(item.pk) if item.pk in keys else -1
    is_open = [decision == ItemDecision.OPEN for _, decision in pieces]
    around = [*range(here + 1, len(keys)), *range(max(here, 0))]
    return Walk(
        position=here + 1,
        count=len(keys),
        left=sum(is_open),
        previous=keys[here - 1] if here > 0 else None,
        next=keys[here + 1] if here + 1 < len(keys) else None,
        next_open=next((keys[place] for place in around if is_open[place]), None),
    )


def address(
    file_id: int,
    item_id: int | None,
    view: View,
    after: int | None = None,
    name: str = "overview",
) -> str:
    """Of a piece, or where there is none of the overview, or what `name` says.

    `after` is the piece that was just decided on: the page offers to undo that.
    """
    said = "&".join(
        part for part in (view.query, f"after={after}" if after else "") if part
    )
    url = (
        reverse("imports:item", args=[file_id, item_id])
        if item_id
        else reverse(f"imports:{name}", args=[file_id])
    )
    return f"{url}?{said}" if said else url
