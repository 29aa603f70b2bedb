"""The report on an imported file, in words for whoever reads it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from education.import_vocabulary import (
    AnswerState,
    Damage,
    Danger,
    Disposition,
    ItemDecision,
    SourceFormat,
    SourceRights,
)
from education.importer.keeping.reporting import (
    Outcome,
    QuestionFound,
    Report,
    Standing,
)
from education.importer.keeping.words import places
from education.vocabulary import Kind, PrescriptionStatus


def as_text(report: Report) -> Iterator[str]:
    """The report, line by line."""
    yield f"{report.file} ({SourceFormat(report.format).label}, {report.language})"
    yield f"  {SourceRights(report.rights).label}. sha256 {report.sha256}"
    yield from _ledger(report)
    for title, rows in (
        ("Not read", [f"{row.place}: {row.why}" for row in report.refused]),
        ("Left out", report.left_out),
        ("Damaged words", _damage(report)),
        ("Unsafe or doubtful words", _flags(report)),
        ("Health topics", _topics(report)),
        ("Medicines", _medicines(report)),
        ("Questions", _questions(report)),
    ):
        lines = list(rows)
        if lines:
            yield ""
            yield title
            yield from (f"  {line}" for line in lines)


def outcome_as_text(outcome: Outcome) -> Iterator[str]:
    """What was made, and what was not."""
    yield ""
    yield f"Drafts made: {len(outcome.made)}"
    for made in outcome.made:
        yield f"  {Kind(made.kind).label}: {made.title}"
    for title, rows in (
        ("Waiting for a person", outcome.left),
        ("Refused", outcome.failed),
    ):
        if rows:
            yield f"{title}: {len(rows)}"
            for row in rows:
                yield f"  {Kind(row.kind).label}: {row.title}. {row.why}"


def _ledger(report: Report) -> Iterator[str]:
    parts = [
        f"{report.ledger[each]} {each.label.lower()}"
        for each in Disposition
        if report.ledger[each]
    ]
    counts = report.counts
    yield f"  {report.lines} lines: {', '.join(parts)}."
    if report.loose:
        yield f"  Of no question: {places(report.loose)}."
    yield (
        f"  {counts['wordings']} wordings of {counts['questions']} questions: "
        f"{counts['complete']} with an answer, {counts['to_repair']} to be repaired, "
        f"{counts['answer_needed']} without."
    )
    yield (
        f"  {counts['displaced_answers']} displaced answers, "
        f"{counts['incomplete_lines']} incomplete lines, "
        f"{counts['contradictions']} contradictions, {counts['topics']} topics, "
        f"{counts['medicines']} medicines, {counts['brands']} brand names."
    )
    dangers = ", ".join(
        f"{counts[f'lines_{danger}']} {danger.label.lower()}" for danger in Danger
    )
    yield f"  Lines with a flag, each by its gravest: {dangers}."
    yield (
        f"  {counts['open']} to decide ({counts['changed']} changed since an earlier "
        f"file), {counts['known']} known from earlier files."
    )


def _damage(report: Report) -> Iterator[str]:
    for row in report.damage:
        yield f"{row.place}: {Damage(row.damage).label}. {row.detail}"


def _flags(report: Report) -> Iterator[str]:
    for flag in report.flags:
        danger = str(Danger(flag.danger).label).upper()
        yield f"{danger} {flag.place}: {flag.reason} {flag.to_do}"


def _topics(report: Report) -> Iterator[str]:
    for topic in report.topics:
        also = f", also {', '.join(topic.also_called)}" if topic.also_called else ""
        yield f"{topic.name}{also} ({topic.places})"
        yield from _standing(topic.standing)


def _medicines(report: Report) -> Iterator[str]:
    for medicine in report.medicines:
        said = [medicine.generic, *medicine.classes]
        if medicine.prescription:
            said.append(PrescriptionStatus(medicine.prescription).label.lower())
        yield f"{', '.join(said)} ({medicine.places})"
        for brand in medicine.brands:
            kind = ", a combination" if brand.is_combination else ""
            doubt = f". {brand.doubt}" if brand.doubt else ""
            yield f"  {brand.name}{kind}{doubt}"
        yield from _standing(medicine.standing)


def _questions(report: Report) -> Iterator[str]:
    for question in report.questions:
        yield from _question(question)


def _question(question: QuestionFound) -> Iterator[str]:
    state = AnswerState(question.state).label.lower()
    topic = f", {question.topic}" if question.topic else ""
    yield f"{question.question} ({state}; {question.places}{topic})"
    for wording in dict.fromkeys(question.wordings):
        if wording != question.question:
            yield f"  also asked: {wording}"
    for answer in question.answers:
        if answer.places:
            where = ", displaced" if answer.is_displaced else ""
            state = AnswerState(answer.state).label.lower()
            yield f"  answer: {answer.places} ({state}{where})"
    for matter in question.contradictions:
        yield f"  answers differ on {matter.about}:"
        yield from (f"    {side.place}: {side.says}" for side in matter.sides)
    yield from _standing(question.standing)


def _standing(standing: Standing) -> Iterator[str]:
    if standing.decision != ItemDecision.OPEN:
        yield f"  {ItemDecision(standing.decision).label}."
    if standing.changed:
        for wording in standing.changed.wordings:
            yield f"  new since an earlier file: {wording}"
        for answer in standing.changed.answers:
            yield f"  new answer since an earlier file: {answer}"
    for near in standing.near:
        live = "live" if near.is_live else "draft"
        yield f"  near: “{near.title}” ({live}). {near.why}"
