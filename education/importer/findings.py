"""What a document came to: groups of questions, topics, medicines, and their flags.

`as_data` of these is what the desk keeps and what `--format json` prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from education.import_vocabulary import AnswerState, Danger, Disposition
from education.importer.passages import Block, Mark
from education.importer.sources import SourceDocument


@dataclass(frozen=True)
class Flag:
    """What is unsafe or doubtful in one line, why, and what to do about it.

    `start` and `end` are offsets in the text of the line as read; both 0 where it is
    the whole line. `rule` names the rule.
    """

    rule: str
    danger: Danger
    line: int
    start: int
    end: int
    reason: str
    to_do: str


@dataclass(frozen=True)
class Variant:
    """One wording of a group's question, and where it stands."""

    text: str
    line: int


@dataclass(frozen=True)
class Answer:
    """One answer of a group, as `Passage` describes it."""

    question_line: int
    heading_lines: tuple[int, ...]
    lines: tuple[int, ...]
    blocks: tuple[Block, ...]
    state: AnswerState
    is_displaced: bool = False
    marks: tuple[Mark, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True)
class Side:
    """What one answer says of a matter on which answers differ."""

    line: int
    says: str


@dataclass(frozen=True)
class Contradiction:
    """A matter on which the answers of a group differ, such as "how long"."""

    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Group:
    """Wordings that ask the same of the same thing, with their answers, best first.

    `key` stays the same when the file is read again or has grown: it is made of what
    is asked. `digest` changes when a line of the group does. `aspect` is a
    HealthAspect or "". `topic` is the name of a found topic or "". `medicines` are
    generic names that the group speaks of.
    """

    key: str
    digest: str
    question: str
    aspect: str
    topic: str
    variants: tuple[Variant, ...]
    answers: tuple[Answer, ...]
    contradictions: tuple[Contradiction, ...] = ()
    medicines: tuple[str, ...] = ()

    @property
    def state(self) -> AnswerState:
        """How much of an answer there is: that of the best."""
        return self.answers[0].state if self.answers else AnswerState.NONE

    @property
    def lines(self) -> tuple[int, ...]:
        found = {variant.line for variant in self.variants}
        for answer in self.answers:
            found |= {answer.question_line, *answer.heading_lines, *answer.lines}
        return tuple(sorted(found))

    @property
    def flags(self) -> tuple[Flag, ...]:
        return tuple(flag for answer in self.answers for flag in answer.flags)


@dataclass(frozen=True)
class FoundTopic:
    """A topic that groups belong to. `url` is where the format names one."""

    name: str
    also_called: tuple[str, ...]
    lines: tuple[int, ...]
    url: str = ""


@dataclass(frozen=True)
class FoundBrand:
    """A brand name. `doubt` says in a sentence why an editor must look, or is "".

    `is_combination` where it is known to hold other medicines, too.
    """

    name: str
    lines: tuple[int, ...]
    is_known: bool = True
    is_combination: bool = False
    doubt: str = ""


@dataclass(frozen=True)
class FoundMedicine:
    """A generic medicine that the document names.

    `prescription` is a PrescriptionStatus where the text says so, else "". `known` are
    facts of our own list for whoever writes the profile: (what, fact).
    """

    generic: str
    brands: tuple[FoundBrand, ...]
    classes: tuple[str, ...]
    prescription: str
    lines: tuple[int, ...]
    known: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sorted:
    """Everything that a document came to. `flags` holds those of loose lines, too."""

    document: SourceDocument
    dispositions: Mapping[int, Disposition]
    loose: tuple[int, ...]
    groups: tuple[Group, ...]
    topics: tuple[FoundTopic, ...]
    medicines: tuple[FoundMedicine, ...]
    flags: tuple[Flag, ...]
    marks: tuple[Mark, ...]
