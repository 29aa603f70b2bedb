"""What a file came to, in numbers, and the list of its pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from education.import_vocabulary import (
    AnswerState,
    Danger,
    ImportState,
    ItemDecision,
    ItemKind,
    SourceFormat,
    SourceRights,
)
from education.importer.desk.access import (
    file_and_piece_or_404,
    file_or_404,
    importers_only,
    named,
)
from education.importer.desk.choosing import View, chips, needs_answer, read_view
from education.importer.desk.crumbs import crumbs
from education.importer.desk.item_context import just_decided
from education.importer.desk.lines import counts_of_lines, warned_lines
from education.importer.desk.shown import ICONS
from education.importer.desk.walking import address
from education.models import ImportedFile, ImportedItem
from education.models.imports import IN_A_PAGE
from education.paging import part_of
from education.vocabulary import Kind

PART = 20

Counts = list[dict[str, Any]]


@dataclass(frozen=True)
class PieceRow:
    """One piece as the list shows it. `danger` is a value or ""."""

    title: str
    url: str
    kind: str
    topic: str
    about: str
    danger: str
    danger_label: str
    danger_icon: str
    is_answer_needed: bool
    doubts: tuple[str, ...]
    decision: str
    is_open: bool


class Pieces:
    """A list of pieces for its paginator, which need not count them again."""

    def __init__(self, pieces: QuerySet, view: View, counts: Counts) -> None:
        self.pieces = pieces
        self.counted = _added(row for row in counts if view.holds(row))

    def count(self) -> int:
        return self.counted

    def __len__(self) -> int:
        return self.counted

    def __getitem__(self, part: slice) -> QuerySet:
        return self.pieces[part]


@require_safe
@importers_only
def overview(request: HttpRequest, file_id: int) -> HttpResponse:
    """In so many statements, whatever the size of the file."""
    file, before = file_and_piece_or_404(file_id, request.GET.get("after", ""))
    if file.state != ImportState.READY:
        return redirect("imports:progress", file.pk)
    counts: Counts = list(ImportedItem.objects.filter(file=file).counted())
    topics = _topics(counts)
    view, sentence = read_view(request.GET, topics)
    pieces = Pieces(view.pieces(file).select_related("decided_by"), view, counts)
    part, no_such_part = part_of(pieces, request.GET.get("p", ""), PART)
    line_counts = counts_of_lines(file)
    context = {
        "header_title": file.name,
        "header_icon": "upload",
        "breadcrumbs_items": crumbs(None, file.name),
        "file": file,
        "about": _about(file),
        "numbers": _numbers(counts),
        "line_counts": line_counts,
        "warned": len(warned_lines(file)),
        "line_total": sum(count for _, _, count in line_counts),
        "chips": chips(view, counts, reverse("imports:overview", args=[file.pk])),
        "topics": topics.items(),
        "view": view,
        "rows": [_row(piece, view) for piece in part],
        "begin": address(file.pk, None, view, name="begin"),
        "part": part,
        "elided_page_range": part.numbers,
        "just": just_decided(before, view),
        "sentence": sentence or no_such_part,
    }
    status = 404 if no_such_part else 400 if sentence else 200
    return TemplateResponse(
        request, "education/admin/imports/overview.html", context, status=status
    )


def _about(file: ImportedFile) -> dict[str, str]:
    return {
        "format": str(SourceFormat(file.format).label),
        "language": file.locale.get_display_name(),
        "rights": str(SourceRights(file.rights).label),
    }


@require_safe
@importers_only
def begin(request: HttpRequest, file_id: int) -> HttpResponse:
    """Lead to the first piece that is open, or back where none is."""
    file = file_or_404(file_id)
    topic = request.GET.get("topic", "")
    view, _ = read_view(request.GET, [topic])
    first = view.walk(file).to_decide().values_list("pk", flat=True).first()
    return redirect(address(file.pk, first, view))


def _topics(counts: Counts) -> dict[str, int]:
    """The topics that pieces belong to, and how many pieces each has."""
    found: Counter[str] = Counter()
    for row in counts:
        found[row["topic"]] += row["count"]
    return {name: found[name] for name in sorted(found) if name}


def _numbers(counts: Counts) -> dict[str, Any]:
    """How many pieces are decided, need an answer or are dangerous, and of each kind.

    What is counted of dangers and answers is what nobody decided on yet.
    """
    is_open = [row for row in counts if row["decision"] == ItemDecision.OPEN]
    total, left = _added(counts), _added(is_open)
    return {
        "total": total,
        "open": left,
        "decided": total - left,
        "in_a_page": _added(r for r in counts if r["decision"] in IN_A_PAGE),
        "set_aside": _added(
            r for r in counts if r["decision"] == ItemDecision.SET_ASIDE
        ),
        "known": _added(r for r in counts if r["decision"] == ItemDecision.KNOWN),
        "answer_needed": _added(r for r in is_open if needs_answer(r)),
        "kinds": [
            (kind.plural, _added(r for r in counts if r["kind"] == kind))
            for kind in Kind
        ],
        "dangers": [
            (
                danger.value,
                danger.label,
                ICONS[danger],
                _added(r for r in is_open if r["danger"] == danger),
            )
            for danger in Danger
        ],
    }


def _added(rows: Iterable[Mapping[str, Any]]) -> int:
    return sum(row["count"] for row in rows)


def _row(piece: ImportedItem, view: View) -> PieceRow:
    danger = Danger(piece.danger) if piece.danger else None
    decision = ItemDecision(piece.decision)
    label = str(decision.label)
    return PieceRow(
        title=piece.title,
        url=address(piece.file_id, piece.pk, view),
        kind=str(ItemKind(piece.kind).label),
        topic=piece.topic if piece.kind == ItemKind.QUESTION else "",
        about=_held(piece),
        danger=piece.danger,
        danger_label=str(danger.label) if danger else "",
        danger_icon=ICONS[danger] if danger else "",
        is_answer_needed=needs_answer(vars(piece)),
        doubts=tuple(
            brand["doubt"]
            for brand in piece.content.get("brands", ())
            if brand["doubt"]
        ),
        decision=f"{label}, {named(piece.decided_by)}" if piece.decided_by else label,
        is_open=decision == ItemDecision.OPEN,
    )


def _held(piece: ImportedItem) -> str:
    """What the piece holds, in a few words."""
    found = piece.content
    if piece.kind == ItemKind.TOPIC:
        return ", ".join(found.get("also_called", ()))
    if piece.kind == ItemKind.MEDICINE:
        return ", ".join(brand["name"] for brand in found.get("brands", ()))
    asked, answers = len(found.get("variants", ())), len(found.get("answers", ()))
    said = f"Asked {asked} times" if asked > 1 else "Asked once"
    if not answers:
        return f"{said}, no answer"
    state = str(AnswerState(piece.state).label).lower()
    return f"{said}, {answers} answer{'s' if answers > 1 else ''}, the best: {state}"
