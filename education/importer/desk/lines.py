"""Every line of a file as it was found, so that nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from education.import_vocabulary import Disposition
from education.importer.desk.access import file_or_404, importers_only
from education.importer.desk.crumbs import crumbs
from education.importer.desk.shown import (
    Caution,
    Span,
    Stretch,
    caution_of,
    stretches,
)
from education.importer.findings import Flag
from education.models import ImportedFile, ImportedLine
from education.narrowing import Choice
from education.paging import part_of

PART = 50

#: In an address: the lines with a warning that no piece shows.
WARNED = "warned"


@dataclass(frozen=True)
class LineRow:
    """One line as it was found, and the warnings that no piece shows."""

    place: str
    became: str
    text: str
    stretches: tuple[Stretch, ...]
    cautions: tuple[Caution, ...]


@require_safe
@importers_only
def lines(request: HttpRequest, file_id: int) -> HttpResponse:
    """The lines in order, all or those of which one thing became."""
    file = file_or_404(file_id)
    became = request.GET.get("became", "")
    sentence = ""
    found = ImportedLine.objects.filter(file=file).order_by("number")
    if became == WARNED:
        found = found.filter(number__in=warned_lines(file))
    elif became in Disposition.values:
        found = found.filter(disposition=became)
    elif became:
        sentence = "There is nothing of that name here, so it was not used."
    part, no_such_part = part_of(found, request.GET.get("p", ""), PART)
    context = {
        "header_title": f"Lines of “{file.name}”",
        "header_icon": "list-ul",
        "breadcrumbs_items": crumbs(file, "Lines"),
        "rows": _rows(file, part),
        "part": part,
        "elided_page_range": part.numbers,
        "chips": _chips(file, became),
        "sentence": sentence or no_such_part,
    }
    status = 404 if no_such_part else 400 if sentence else 200
    return TemplateResponse(
        request, "education/admin/imports/lines.html", context, status=status
    )


def warned_lines(file: ImportedFile) -> set[int]:
    """The numbers of the lines that belong to no piece and have a warning."""
    return {flag["line"] for flag in file.loose_flags}


def _rows(file: ImportedFile, lines: Iterable[ImportedLine]) -> list[LineRow]:
    flags = [Flag(**raw) for raw in file.loose_flags]
    return [_row(one, [f for f in flags if f.line == one.number]) for one in lines]


def _row(line: ImportedLine, flags: list[Flag]) -> LineRow:
    label = Disposition(line.disposition).label if line.disposition else ""
    spans = [Span(flag.start, flag.end, flag.danger) for flag in flags]
    return LineRow(
        place=line.place,
        became=str(label or "Not sorted yet"),
        text=line.text,
        stretches=stretches(line.text, spans),
        cautions=tuple(caution_of(flag, line.place) for flag in flags),
    )


def counts_of_lines(file: ImportedFile) -> list[tuple[str, str, int]]:
    """Value, label and number of what became of the lines, each line counted once."""
    counted: dict[str, Any] = dict(
        ImportedLine.objects.filter(file=file)
        .order_by()
        .values_list("disposition")
        .annotate(Count("pk"))
    )
    said = [(one.value, str(one.label), counted.get(one, 0)) for one in Disposition]
    if unsorted := counted.get("", 0):
        said.append(("", "Not sorted yet", unsorted))
    return said


def _chips(file: ImportedFile, became: str) -> list[Choice]:
    address = reverse("imports:lines", args=[file.pk])
    counts = [one for one in counts_of_lines(file) if one[0]]
    everything = Choice(
        "All", address, sum(count for _, _, count in counts), became == ""
    )
    return [
        everything,
        *(
            Choice(label, f"{address}?became={value}", count, became == value)
            for value, label, count in counts
        ),
        *_warned(file, address, became),
    ]


def _warned(file: ImportedFile, address: str, became: str) -> list[Choice]:
    if not (count := len(warned_lines(file))):
        return []
    is_chosen = became == WARNED
    return [
        Choice(
            "In no piece, with a warning",
            f"{address}?became={WARNED}",
            count,
            is_chosen,
        )
    ]
