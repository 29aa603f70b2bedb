"""What was understood of a document: which lines answer which question, how well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from education.import_vocabulary import AnswerState, Damage, Disposition


@dataclass(frozen=True)
class Mark:
    """Something wrong with the words of one line.

    `start` and `end` are offsets in the text of that line as read. `detail` is a
    sentence for editors.
    """

    damage: Damage
    line: int
    start: int
    end: int
    detail: str


@dataclass(frozen=True)
class Block:
    """A piece of an answer, cleaned: one paragraph, or the items of one list.

    `line` is where it was found.
    """

    line: int
    paragraph: str = ""
    items: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.paragraph or "\n".join(self.items)


@dataclass(frozen=True)
class Passage:
    """A question as it was asked, with the lines that answer it.

    `question` is cleaned of residue; where a heading with a body stands for a question,
    it is the heading and `is_implied` says so. `blocks` is what can be used of the
    answer: what is cut off is trimmed to its last whole sentence, run-together lists
    are split. `state` is "none" where nothing of that answers the question.
    """

    question: str
    question_line: int
    heading_lines: tuple[int, ...] = ()
    answer_lines: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()
    state: AnswerState = AnswerState.COMPLETE
    is_displaced: bool = False
    is_implied: bool = False
    section: str = ""

    @property
    def text(self) -> str:
        """The answer as plain text, a line for each paragraph and item."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line that belongs to the passage, in order."""
        belonging = {self.question_line, *self.heading_lines, *self.answer_lines}
        return tuple(sorted(belonging))


@dataclass(frozen=True)
class Understanding:
    """A document in passages. Every line of it has exactly one disposition.

    `loose` are the lines that belong to no passage.
    """

    passages: tuple[Passage, ...]
    dispositions: Mapping[int, Disposition]
    loose: tuple[int, ...]
