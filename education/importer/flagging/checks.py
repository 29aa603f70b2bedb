"""Ways of looking at a case that need more than the words of a rule.

Each takes a case and a rule and gives the lines that it finds, with the spans of what
it found, or none where it is the whole line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from education.import_vocabulary import Damage, SafetyCheck
from education.importer.flagging.cases import Case, Said
from education.importer.flagging.rules import Rule
from education.importer.flagging.texts import Span
from education.wordings import Wording

#: A line of a case, and where in it.
Hit = tuple[Said, Span | None]


def holds(said: Said, wanted: tuple[Wording, ...]) -> bool:
    """Whether the line says one of the wordings."""
    return any(one in said.found for one in wanted)


def unanswered(case: Case, rule: Rule) -> Iterator[Hit]:
    """An answer that breaks off, or that says nothing of `unless_anywhere`."""
    if not case.answer:
        return
    incomplete = any(mark.damage.is_incomplete for mark in case.marks)
    if incomplete or not case.held & set(rule.unless_anywhere):
        yield case.body[0], None


def partly_listed(case: Case, rule: Rule) -> Iterator[Hit]:
    """More is announced than is listed, where the line says what is looked for."""
    short = {mark.line for mark in case.marks if mark.damage == Damage.COUNT_SHORT}
    for said in case.body:
        if said.line in short and holds(said, rule.looks_for):
            yield said, None


def muddled_kinds(case: Case, rule: Rule) -> Iterator[Hit]:
    """What is announced as kinds is a sign that the kinds themselves do not name.

    `looks_for` announces the kinds, `also` are the signs.
    """
    for said in case.body:
        tokens = said.text.tokens
        for announced in _spans(said, rule.looks_for):
            before = {token.word for token in tokens[announced[0] : announced[1]]}
            for sign in _spans(said, rule.also):
                words = {token.word for token in tokens[sign[0] : sign[1]]}
                follows = sign[0] >= announced[1] and said.text.is_one_sentence(
                    announced[0], sign[1]
                )
                if follows and not words & before:
                    yield said, (announced[0], sign[1])
                    break


def ruled_out_itself(case: Case, rule: Rule) -> Iterator[Hit]:
    """The question wants to rule out what the whole document is about."""
    for span in _spans(case.question, rule.asked):
        after = case.question.text.tokens[span[1] :]
        little = case.question.text.vocabulary.little
        telling = {token.word for token in after if token.word not in little}
        if telling and case.answer and telling <= case.subject:
            yield case.body[0], None
            return


def _spans(said: Said, wanted: tuple[Wording, ...]) -> list[Span]:
    return sorted(span for one in wanted for span in said.found.get(one, ()))


CHECKS: dict[str, Callable[[Case, Rule], Iterator[Hit]]] = {
    SafetyCheck.UNANSWERED: unanswered,
    SafetyCheck.PARTLY_LISTED: partly_listed,
    SafetyCheck.MUDDLED_KINDS: muddled_kinds,
    SafetyCheck.RULED_OUT_ITSELF: ruled_out_itself,
}
