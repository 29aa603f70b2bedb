"""Finds where an answer breaks off; takes away what cannot stand without its rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from education.import_vocabulary import Damage
from education.importer.passages import Mark
from education.importer.understanding import signs, wordings
from education.importer.understanding.lists import Part, parts
from education.importer.understanding.spans import (
    Span,
    blanked,
    ends_whole,
    sentences,
)

#: Fewer words without a full stop may be a whole answer: "Two to three weeks".
FEWEST_WORDS_OF_A_SENTENCE = 8

_DOTS = re.compile(r"(?:\.\s?){2,}\.?[\"”)\]•·\s]*\Z|…[\"”)\]•·\s.]*\Z")
_WHOLE_BEFORE_DOTS = re.compile(r"[.!?]\s?(?:\.{3}|…)[\"”)•·\s]*\Z")
_TITLE = re.compile(
    r"(?:\b(?:Dr|Drs|Dra|Mr|Mrs|Ms|Prof|vs|e\.g|i\.e|Sr|Sra|p\. ?ej)\.|[,;–—-])\Z"
)
_STRAIGHT = re.compile(r"(?<!\d)\"")
_ONLY_ONE = re.compile(r"(?:\A|[:.!?]\s)\s*\(?1[.)]\s+(?=[^\W\d_])")


@dataclass(frozen=True)
class Around:
    """What stands around a line in its answer.

    `follows` counts the bullets right after it, `goes_on` whether anything comes.
    `is_stopped` where the document mostly ends its sentences with a full stop.
    """

    follows: int
    goes_on: bool
    is_bullet: bool
    is_after_bullet: bool
    is_stopped: bool
    language: str


@dataclass
class Reading:
    """A line while it is read: its words with what was taken off, and the marks."""

    line: int
    text: str
    around: Around
    marks: list[Mark]

    def mark(self, damage: Damage, start: int, end: int, detail: str) -> None:
        self.marks.append(Mark(damage, self.line, start, end, detail))

    def drop(self, *gone: Span) -> None:
        self.text = blanked(self.text, *((span.start, span.end) for span in gone))

    @property
    def is_incomplete(self) -> bool:
        return any(mark.damage.is_incomplete for mark in self.marks)


def whole_parts(reading: Reading) -> list[Part]:
    """The paragraphs and lists of a line without what is cut off or points nowhere."""
    found = parts(reading.text)
    is_list = any(part.damage or part.is_numbered for part in found)
    _drop_pointers(reading)
    _drop_torn(reading)
    cut = _cut_end(reading, is_list)
    if cut and is_list:
        return _without_last(parts(reading.text), cut, reading)
    if cut:
        reading.drop(cut)
    return parts(reading.text)


def _drop_pointers(reading: Reading) -> None:
    language, pointed, gone = reading.around.language, False, []
    spans = sentences(reading.text)
    for index, span in enumerate(spans):
        said = wordings.folded(reading.text[span.start : span.end])
        listed = reading.around.follows or index + 1 < len(spans)
        dead = signs.POINTERS[language].search(said) or (
            not listed and signs.ANNOUNCING[language].search(said)
        )
        if not dead and pointed:
            dead = signs.GOING_ON[language].match(said)
        pointed = bool(dead)
        if dead:
            detail = "Points to something that was not copied."
            reading.mark(Damage.POINTER, span.start, span.end, detail)
            if said.endswith(":"):
                _mark_missing_list(reading, span)
            gone.append(span)
    reading.drop(*gone)


def _mark_missing_list(reading: Reading, span: Span) -> None:
    detail = "Announces a list, and nothing follows."
    reading.mark(Damage.LIST_MISSING, span.start, span.end, detail)


def _drop_torn(reading: Reading) -> None:
    """Take away what breaks off in the middle, where two snippets were joined."""
    torn, gone = False, []
    for span in sentences(reading.text)[:-1]:
        said = span.of(reading.text)
        if _DOTS.search(said[-12:]):
            torn = not _WHOLE_BEFORE_DOTS.search(said[-12:])
            detail = "Breaks off in the middle."
            reading.mark(Damage.CUT_OFF, span.start, span.end, detail)
            if torn:
                gone.append(span)
        elif torn and span.is_weak:
            gone.append(span)
        else:
            torn = False
    reading.drop(*gone)


def _cut_end(reading: Reading, is_list: bool) -> Span | None:
    """The last sentence, where it breaks off; it is marked."""
    spans = sentences(reading.text)
    if not spans:
        return None
    last = spans[-1]
    said = reading.text[last.start : last.end]
    if said.endswith(":"):
        if reading.around.goes_on:
            return None
        _mark_missing_list(reading, last)
        return last
    if opened := _open_quotation(reading.text, spans):
        last = opened
    elif not _breaks_off(said, len(spans), reading.around, is_list):
        return None
    if not reading.is_incomplete or _DOTS.search(said[-12:]):
        detail = "Breaks off before the sentence ends."
        reading.mark(Damage.CUT_OFF, last.start, last.end, detail)
    if _WHOLE_BEFORE_DOTS.search(said[-12:]) and said.strip(" .…"):
        return None
    return last


def _breaks_off(said: str, many: int, around: Around, is_list: bool) -> bool:
    tail = said[-80:]
    if _DOTS.search(tail) or (_TITLE.search(tail) and not around.follows):
        return not (around.is_bullet and around.goes_on and tail.endswith((",", ";")))
    ended, language = wordings.folded(tail), around.language
    if signs.UNFINISHED[language].search(ended):
        return not (around.is_bullet and around.goes_on)
    if not around.is_bullet and signs.UNFINISHED_SENTENCE[language].search(ended):
        return not is_list
    if said.count("(") > said.count(")") and said.rfind("(") > said.rfind(")"):
        return True
    if ends_whole(tail) or tail.endswith((")", "]")) or is_list or around.goes_on:
        return False
    if around.is_bullet:
        return many > 1 and len(said.split()) >= FEWEST_WORDS_OF_A_SENTENCE
    return around.is_stopped and (
        many > 1 or len(said.split()) >= FEWEST_WORDS_OF_A_SENTENCE
    )


def _open_quotation(text: str, spans: tuple[Span, ...]) -> Span | None:
    """From where a quotation begins that does not end, to the end."""
    opened = text.rfind("“")
    if opened <= text.rfind("”"):
        straight = [match.start() for match in _STRAIGHT.finditer(text)]
        opened = straight[-1] if len(straight) % 2 else -1
    if opened < 0 or not re.match(r"\w", text[opened + 1 : opened + 2]):
        return None
    begins = max((s.start for s in spans if s.start <= opened), default=opened)
    return Span(begins, spans[-1].end)


def _without_last(found: list[Part], cut: Span, reading: Reading) -> list[Part]:
    """The parts without the item or sentence that is cut off."""
    if not found or not found[-1].items:
        reading.drop(cut)
        return parts(reading.text)
    last = found[-1]
    items = last.items[:-1]
    kept = Part(last.start, last.end, "", items, last.damage)
    return [*found[:-1], kept] if items else found[:-1]


def stops_at_one(text: str) -> re.Match[str] | None:
    """The "1." of a list that has no "2."."""
    found = _ONLY_ONE.search(text)
    if found and not re.search(r"(?:\A|\s)\(?2[.)]\s", text[found.end() :]):
        return found
    return None
