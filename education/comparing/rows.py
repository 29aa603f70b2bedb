"""The rows of a comparison: what each medicine's page says of one thing.

Nothing is put in other words. Rows are alike only where the words are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from wagtail.rich_text import expand_db_html

from education.models import MedicationPage, public_address
from education.models.medicine_parts import LINES, PARTS
from education.richtext import plain_text

#: Parts of the page that are shown whole, in this order.
TEXTS = (
    "uses",
    "who_cannot",
    "side_effects_common",
    "interactions_food_alcohol",
    "driving",
    "pregnancy_breastfeeding",
)
#: Where the page of a medicine shows its facts, and its boxed warning.
FACTS = "facts"
BOXED_WARNING = "boxed-warning"
#: Stands between texts while their links are looked up together.
_BREAK = "\x1e"


class Mark(TextChoices):
    """How the cells of a row compare, as readers are told."""

    SAME = "same", "The same"
    DIFFERENT = "different", "Different"
    PARTLY = "partly", "Not stated for all"
    NOWHERE = "nowhere", "Not stated"


@dataclass(frozen=True)
class Link:
    label: str
    address: str


@dataclass
class Cell:
    """What one page says: a line, links and a text, each of which may be missing.

    `text` is rich text as it is stored until it was expanded.
    """

    page: MedicationPage
    anchor: str
    line: str = ""
    links: Sequence[Link] = ()
    text: str = ""

    @property
    def is_stated(self) -> bool:
        return bool(self.words)

    @property
    def words(self) -> str:
        """What is compared: the words, without their looks."""
        labels = "\n".join(sorted(link.label for link in self.links))
        return "\n".join(filter(None, (self.line, labels, plain_text(self.text))))

    @property
    def address(self) -> str:
        """Where on its own page this stands."""
        return (
            f"{self.page.address}#{self.anchor}" if self.anchor else self.page.address
        )


@dataclass
class Row:
    heading: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def mark(self) -> Mark:
        said = {cell.words for cell in self.cells if cell.is_stated}
        if not said:
            return Mark.NOWHERE
        if len(said) > 1:
            return Mark.DIFFERENT
        return Mark.SAME if all(cell.is_stated for cell in self.cells) else Mark.PARTLY


def rows_of(
    pages: Sequence[MedicationPage],
    classes: Mapping[int, Sequence[Link]],
    topics: Mapping[int, Sequence[Link]],
) -> list[Row]:
    """The comparison of these medicines, whatever their number in few statements.

    `classes` are the kinds of medicine by the key of the page, `topics` what it is
    used for; published ones only.
    """
    rows = [
        Row(heading, [cell(page) for page in pages])
        for heading, cell in _cells(classes, topics)
    ]
    rows = [row for row in rows if row.heading != "Boxed warning" or _is_said(row)]
    _expand([cell for row in rows for cell in row.cells])
    return rows


def _cells(
    classes: Mapping[int, Sequence[Link]], topics: Mapping[int, Sequence[Link]]
) -> Iterator[tuple[str, Callable[[MedicationPage], Cell]]]:
    """Each heading, with what makes the cell of a page under it."""
    yield (
        "Boxed warning",
        lambda page: Cell(page, BOXED_WARNING, text=page.boxed_warning),
    )
    yield (
        "Kind of medicine",
        lambda page: Cell(page, FACTS, links=classes.get(page.pk, ())),
    )
    yield (
        "How you get it",
        lambda page: Cell(page, FACTS, line=page.get_prescription_status_display()),
    )
    yield (
        "Controlled medicine",
        lambda page: Cell(page, FACTS, line=page.get_controlled_schedule_display()),
    )
    for line in LINES:
        yield line.heading, _line_of(line.field)
    parts = {part.field: part for part in PARTS}
    for name in TEXTS:
        links = topics if name == "uses" else {}
        yield parts[name].heading, _text_of(name, parts[name].anchor, links)


def _line_of(name: str) -> Callable[[MedicationPage], Cell]:
    return lambda page: Cell(page, FACTS, line=getattr(page, name))


def _text_of(
    name: str, anchor: str, links: Mapping[int, Sequence[Link]]
) -> Callable[[MedicationPage], Cell]:
    def cell(page: MedicationPage) -> Cell:
        text = getattr(page, name)
        has_part = bool(plain_text(text))
        return Cell(
            page, anchor if has_part else "", links=links.get(page.pk, ()), text=text
        )

    return cell


def _is_said(row: Row) -> bool:
    return any(cell.is_stated for cell in row.cells)


def _expand(cells: Sequence[Cell]) -> None:
    """Let links in the texts lead somewhere; one statement for all of them."""
    texts = (cell.text.replace(_BREAK, "") for cell in cells)
    expanded = expand_db_html(_BREAK.join(texts)).split(_BREAK)
    for cell, text in zip(cells, expanded, strict=True):
        cell.text = text


def link_to(title: str, url_path: str) -> Link:
    return Link(title, public_address(url_path))
