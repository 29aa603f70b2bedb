"""What one rule would find in a passage that an editor pastes."""

from __future__ import annotations

from education.import_vocabulary import Damage, SourceFormat
from education.importer.flagging.cases import cases_of
from education.importer.flagging.finding import hits, matcher_of
from education.importer.flagging.rules import Rule
from education.importer.passages import Mark, Passage, Understanding
from education.importer.sources import SourceDocument, SourceLine

FINDS_NOTHING = "This rule finds nothing in the passage."


def try_rule(rule: Rule, pasted: str) -> str:
    """What the rule finds, in a sentence.

    A first line that ends with a question mark is the question, what follows the
    answer. An answer that ends with dots counts as cut off.
    """
    texts = [" ".join(line.split()) for line in pasted.splitlines() if line.strip()]
    if not texts or not texts[0].endswith("?"):
        texts.insert(0, "")
    lines = tuple(
        SourceLine(number, text, f"line {number}")
        for number, text in enumerate(texts, start=1)
    )
    document = SourceDocument("", "", SourceFormat.TEXT, lines, rule.language)
    understanding = Understanding((_passage(lines),), {}, ())
    for case in cases_of(document, understanding, matcher_of((rule,))):
        for said, span in hits(case, rule):
            if span is None:
                return f"This rule finds the whole answer: “{said.text.written}”"
            start, end = said.text.place_of(span)
            return f"This rule finds “{said.text.written[start:end]}”."
    return FINDS_NOTHING


def _passage(lines: tuple[SourceLine, ...]) -> Passage:
    question, *answer = lines
    marks = tuple(
        Mark(Damage.CUT_OFF, line.number, 0, len(line.text), "")
        for line in answer
        if line.text.endswith(("...", "…", ":"))
    )
    return Passage(
        question.text,
        question.number,
        answer_lines=tuple(line.number for line in answer),
        marks=marks,
    )
