"""What is looked at together: a question with the lines of its answer, or one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from education.importer.flagging.denying import is_needless, warns
from education.importer.flagging.matching import Found, Matcher
from education.importer.flagging.texts import Text, tokens_of
from education.importer.passages import Mark, Passage, Understanding
from education.importer.sources import SourceDocument
from education.wordings import Wording

#: A word that stands in so large a part of the questions is what the document is about.
SUBJECT = 0.25


@dataclass(frozen=True)
class Said:
    """One line of a case, with the wordings that it holds.

    What a heading says takes away what rules find below it; it advises nobody.
    `is_warned_of` where it is an item below words such as "Do not:". `reached` are
    wordings of which the question holds the other parts.
    """

    line: int
    text: Text
    found: Found
    is_heading: bool = False
    is_warned_of: bool = False
    reached: Found = field(default_factory=dict)


@dataclass
class Case:
    """A question with its answer as the document has it; `passage` if it is one."""

    question: Said
    answer: tuple[Said, ...]
    passage: Passage | None = None
    #: Words that many questions of the document share.
    subject: frozenset[str] = frozenset()
    #: What the answer says and does not call needless.
    held: frozenset[Wording] = field(init=False)

    def __post_init__(self) -> None:
        self.held = frozenset(
            one
            for said in self.answer
            for one, spans in said.found.items()
            if not all(is_needless(said.text, span) for span in spans)
        )

    @cached_property
    def body(self) -> tuple[Said, ...]:
        """The lines of the answer that are no headings, where there are such."""
        return tuple(said for said in self.answer if not said.is_heading) or self.answer

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self.passage.marks if self.passage else ()


def cases_of(
    document: SourceDocument, understanding: Understanding, matcher: Matcher
) -> Iterator[Case]:
    """Every passage, and every loose line by itself."""
    texts = {line.number: line.text for line in document.lines}
    subject = _subject(understanding)

    def said(line: int, text: str, asked: Text | None = None, **kinds: bool) -> Said:
        read = matcher.read(text)
        reached = matcher.reached(read, asked) if asked else {}
        return Said(line, read, matcher.found(read), reached=reached, **kinds)

    for passage in understanding.passages:
        numbers = {*passage.heading_lines, *passage.answer_lines}
        numbers -= {passage.question_line} - set(passage.answer_lines)
        question = said(passage.question_line, passage.question)
        answer, warned_of = [], False
        for number in sorted(numbers):
            one = said(
                number,
                texts[number],
                question.text,
                is_heading=number in passage.heading_lines,
                is_warned_of=warned_of,
            )
            answer.append(one)
            if texts[number].rstrip().endswith(":"):
                warned_of = warns(one.text)
        yield Case(question, tuple(answer), passage, subject)
    for number in understanding.loose:
        if texts[number].strip():
            yield Case(said(number, ""), (said(number, texts[number]),))


def _subject(understanding: Understanding) -> frozenset[str]:
    questions = [
        {token.word for token in tokens_of(passage.question)}
        for passage in understanding.passages
    ]
    counted = Counter(word for words in questions for word in words)
    return frozenset(
        word for word, times in counted.items() if times >= SUBJECT * len(questions)
    )
