"""What the page of one piece shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from education.import_vocabulary import (
    AnswerState,
    Danger,
    ItemDecision,
    ItemKind,
    SourceRights,
)
from education.importer.desk.access import named
from education.importer.desk.choosing import View
from education.importer.desk.crumbs import crumbs
from education.importer.desk.deciding import DecisionForm, seen
from education.importer.desk.pages_offered import offered_pages
from education.importer.desk.shown import (
    ICONS,
    FoundLines,
    shown_answers,
    shown_contradictions,
    wordings,
)
from education.importer.desk.walking import Walk, address, walk_of
from education.importer.keeping import (
    NO_ANSWER,
    best_answer,
    difference_of,
    group_of,
    medicine_of,
    topic_of,
)
from education.models import ImportedItem
from education.vocabulary import HealthAspect, PrescriptionStatus

#: Usual reasons to set something aside, offered while typing.
REASONS = (
    "Not about health",
    "Asked and answered on another page",
    "Dangerous advice, and nothing worth keeping",
    "Advertising",
    "Too little to work with",
    "Not for our patients",
)


@dataclass(frozen=True)
class Decided:
    """What was decided on a piece, for the sentence that offers to undo it."""

    title: str
    decision: str
    reason: str
    by: str
    at: Any
    page_title: str
    page_url: str
    undo_url: str
    seen: str


def context_of(
    piece: ImportedItem,
    view: View,
    form: DecisionForm | None,
    before: ImportedItem | None,
) -> dict[str, Any]:
    """For the template; in three statements, whatever the size of the file.

    `before` is the piece that was decided on just before, if one was.
    """
    walk = walk_of(view, piece)
    is_open = piece.decision == ItemDecision.OPEN
    kind = ItemKind(piece.kind)
    return {
        "header_title": piece.title,
        "header_icon": "help" if kind == ItemKind.QUESTION else "doc-full",
        "breadcrumbs_items": crumbs(piece.file, walk.says),
        "piece": piece,
        "kind": kind,
        "is_question": kind == ItemKind.QUESTION,
        "danger": Danger(piece.danger) if piece.danger else None,
        "danger_icon": ICONS[Danger(piece.danger)] if piece.danger else "",
        "state": AnswerState(piece.state),
        "is_answer_needed": piece.state == AnswerState.NONE,
        "must_be_rewritten": piece.file.rights == SourceRights.UNKNOWN,
        "is_open": is_open,
        "decided": None if is_open else decided(piece, view),
        "just": just_decided(before, view),
        "walk": walk,
        "links": _links(piece, view, walk),
        "difference": difference_of(piece),
        "form": form,
        "reasons": REASONS,
        **_found(piece, form),
        **(offered(piece, form) if is_open else {}),
    }


def decided(piece: ImportedItem, view: View) -> Decided:
    url = reverse("imports:undo", args=[piece.file_id, piece.pk])
    page = piece.page
    return Decided(
        title=piece.title,
        decision=str(ItemDecision(piece.decision).label),
        reason=piece.reason,
        by=named(piece.decided_by),
        at=piece.decided_at,
        page_title=page.title if page else "",
        page_url=reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else "",
        undo_url=f"{url}?{view.query}" if view.query else url,
        seen=seen(piece),
    )


def just_decided(piece: ImportedItem | None, view: View) -> Decided | None:
    """What to say of it, while it is decided."""
    is_decided = piece is not None and piece.decision != ItemDecision.OPEN
    return decided(piece, view) if is_decided else None


def _links(piece: ImportedItem, view: View, walk: Walk) -> dict[str, str]:
    """Where one can go from here; and where the form is sent, the same view kept."""
    file = piece.file_id
    ways = {"previous": walk.previous, "next": walk.next}
    links = {name: address(file, key, view) for name, key in ways.items() if key}
    return links | {
        "here": address(file, piece.pk, view),
        "overview": address(file, None, view),
    }


def _found(piece: ImportedItem, form: DecisionForm | None) -> dict[str, Any]:
    if piece.kind == ItemKind.TOPIC:
        topic = topic_of(piece)
        lines = FoundLines(piece.file, topic.lines)
        return {
            "topic": topic,
            "lines": [lines.shown(number, ()) for number in topic.lines],
        }
    if piece.kind == ItemKind.MEDICINE:
        medicine = medicine_of(piece)
        lines = FoundLines(piece.file, medicine.lines)
        return {
            "medicine": medicine,
            "prescription": dict(PrescriptionStatus.choices).get(
                medicine.prescription, "The file does not say"
            ),
            "lines": [lines.shown(number, ()) for number in medicine.lines],
        }
    return _found_question(piece, form)


def _found_question(piece: ImportedItem, form: DecisionForm | None) -> dict[str, Any]:
    group = group_of(piece)
    lines = FoundLines(piece.file, group.lines)
    best = best_answer(group)
    said = form.data.get("answer", "") if form else ""
    chosen = int(said) if form and "answer" not in form.errors and said else best
    answers = shown_answers(group, lines, chosen)
    return {
        "group": group,
        "question": form.data.get("question", "") if form else group.question,
        "wordings": wordings(group, lines),
        "answers": answers,
        "grave": [one for one in answers if one.gravest == Danger.CRITICAL],
        "is_none_chosen": chosen == NO_ANSWER,
        "contradictions": shown_contradictions(group.contradictions, lines),
    }


def offered(piece: ImportedItem, form: DecisionForm | None) -> dict[str, Any]:
    """What a decision may choose among: pages that are near, topics, aspects."""
    find = form.data.get("find", "").replace("\0", "").strip() if form else ""
    said = form.data if form else {}
    pages = offered_pages(piece, find, said.get("topic_page", ""))
    return {
        "find": find,
        "reason": said.get("reason", ""),
        "into": said.get("into") or pages["nearest"],
        "aspects": HealthAspect.choices,
        "aspect": said.get("aspect") or piece.content.get("aspect", ""),
        **pages,
    }
