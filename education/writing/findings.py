"""What a check finds, and what the checks are given to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

#: Fields that hold names and how to say them; they are not prose.
NOT_PROSE = ("generic_name", "pronunciation")


class Severity(Enum):
    """Whether a page may be handed over as it is."""

    BLOCKING = "blocking"
    ADVISORY = "advisory"


@dataclass(frozen=True)
class Finding:
    """One thing to put right, or to look at again.

    `field` names the field or the rows of the form, `label` the place as editors know
    it, and `block` the block there, if any. `page_id` is the other page that it is
    about.
    """

    rule: str
    severity: Severity
    field: str
    label: str
    what: str
    to_do: str
    block: str = ""
    page_id: int | None = None

    @property
    def is_blocking(self) -> bool:
        return self.severity is Severity.BLOCKING

    @property
    def sentence(self) -> str:
        """What is the matter and what to do, as a form says it at its field."""
        return f"{self.what} {self.to_do}"


@dataclass(frozen=True)
class Passage:
    """A piece of a page: one field, one section, or one block of an answer.

    `text` is plain, one line a paragraph, heading or list item. `sources` are its
    pieces of rich text as stored, for whoever looks for links. `block_type` and
    `block` (its id) are "" for a field without blocks; `aspect` is the health aspect
    of a section, or "".
    """

    field: str
    label: str
    text: str
    sources: tuple[str, ...] = ()
    block_type: str = ""
    aspect: str = ""
    block: str = ""

    @property
    def is_care_card(self) -> bool:
        return self.block_type == "care_card"

    def finding(self, rule: str, severity: Severity, what: str, to_do: str) -> Finding:
        """Something that was found in this passage."""
        return Finding(rule, severity, self.field, self.label, what, to_do, self.block)


@dataclass(frozen=True)
class Question:
    """A question that another page answers, or another wording of it."""

    page_id: int
    title: str
    wording: str


@dataclass(frozen=True)
class Draft:
    """Everything that the checks read of one page.

    `other_words` are those that readers see on it, `copied` what was found in imported
    files and may not stay as it is. What only the database knows comes last: names of
    medicines (lower case), for each page that is linked why it is not public ("" where
    it is), and what other pages are asked.
    """

    kind: str
    language: str
    title: str
    passages: tuple[Passage, ...]
    other_words: tuple[str, ...] = ()
    sources: int = 0
    needs_care_card: bool = False
    is_about_medicines: bool = False
    copied: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    linked: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(passage.text for passage in self.passages)

    @property
    def prose(self) -> Iterator[Passage]:
        return (place for place in self.passages if place.field not in NOT_PROSE)
