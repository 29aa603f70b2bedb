"""What each line of a document is: by what the format says of it, else by its shape."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby

from education.import_vocabulary import LineRole
from education.importer.sources import SourceDocument, SourceLine
from education.importer.understanding import signs, wordings
from education.importer.understanding.spans import sentences

LONGEST_QUESTION = 300
LONGEST_SHORT_LINE = 120
WORDS_OF_A_SENTENCE = 5
TOKEN_AT_END = 40
MOST_WORDS_OF_A_HEADING = 12
MOST_WORDS_OF_A_PLAIN_HEADING = 6
MOST_WORDS_WITHOUT_MARK = 16

_BULLET = re.compile(r"\s*(?:[-*+•‣▪●○◦►·–—✓✔➤→]\s+|[•‣▪●○◦►✓✔➤]|\(?\d{1,2}[.)]\s+)")
_ASKED = re.compile(r"\s*(?:Q|Question|P|Pregunta)\s?\d{0,4}\s?[.:)]\s*", re.IGNORECASE)
_ANSWERED = re.compile(
    r"\s*(?:A|Answer|Ans|R|Respuesta)\s?\d{0,4}\s?[.:)]\s+", re.IGNORECASE
)
_TWO = re.compile(r"\s\(?2[.)]\s")
_NUMBERED = re.compile(r"\s*\(?\d{1,3}[.)]\s+")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]?\s+(?=[A-Z¿¡ÁÉÍÓÚÑ])")
#: Two words without a space between them, where one item of a list ran into the next.
_GLUED = re.compile(r"[a-z]{2}[A-Z][a-z]|\)[A-Z][a-z]")
_RUNS_ON = re.compile(r"[a-z)][?.][A-Z][a-z]")
_END_OF_QUESTION = re.compile(r"[?؟？][\s\"'”’)*_.]{0,6}\Z")


class Kind(Enum):
    QUESTION = auto()
    HEADING = auto()
    BULLET = auto()
    PARAGRAPH = auto()
    RESIDUE = auto()
    BLANK = auto()


@dataclass(frozen=True)
class Unit:
    """A line and what it is. Its own words stand from `start` on.

    `is_certain` where the format or a question mark says so.
    """

    line: SourceLine
    kind: Kind
    start: int = 0
    is_certain: bool = False

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def text(self) -> str:
        return self.line.text[self.start :].strip()

    @property
    def is_body(self) -> bool:
        return self.kind in (Kind.BULLET, Kind.PARAGRAPH)


def units(document: SourceDocument) -> list[Unit]:
    """The lines of a document with their kinds, in order."""
    language = wordings.known_language(document.language)
    found: list[Unit] = []
    for line in document.lines:
        unit = _unit(line, language)
        if _votes(unit, found):
            unit = Unit(line, Kind.RESIDUE)
        found.append(unit)
    return _settled(found, language)


def _votes(unit: Unit, before: list[Unit]) -> bool:
    """Whether a "Yes" or "No" is the button under "Was this helpful?"."""
    if unit.kind is Kind.BLANK or len(unit.text) > 6:
        return False
    is_after = bool(before) and before[-1].kind is Kind.RESIDUE
    return is_after and bool(wordings.YES_OR_NO.match(wordings.folded(unit.text)))


def _unit(line: SourceLine, language: str) -> Unit:
    if line.is_blank:
        return Unit(line, Kind.BLANK)
    if line.role == LineRole.QUESTION:
        return Unit(line, Kind.QUESTION, _after(_ASKED, line.text), True)
    if line.role == LineRole.ANSWER:
        return Unit(line, *_body(line.text), True)
    if is_residue(line.text, language):
        return Unit(line, Kind.RESIDUE)
    if line.role == LineRole.HEADING:
        start = _after(_NUMBERED, line.text)
        asks = is_question(line.text[start:], language)
        return Unit(line, Kind.QUESTION if asks else Kind.HEADING, start, True)
    if line.role == LineRole.BULLET:
        start = _after(_BULLET, line.text)
        asks = _has_mark(line.text) and is_question(line.text[start:], language)
        return Unit(line, Kind.QUESTION if asks else Kind.BULLET, start, True)
    return _by_shape(line, language)


def _by_shape(line: SourceLine, language: str) -> Unit:
    text = line.text
    if asked := _after(_ASKED, text):
        return Unit(line, Kind.QUESTION, asked, True)
    if answered := _after(_ANSWERED, text):
        return Unit(line, Kind.PARAGRAPH, answered, True)
    if bullet := _bullet(text):
        if _has_mark(text) and is_question(text[bullet:], language):
            return Unit(line, Kind.QUESTION, bullet, True)
        return Unit(line, Kind.BULLET, bullet)
    if is_question(text, language):
        return Unit(line, Kind.QUESTION, 0, _has_mark(text))
    if looks_like_heading(text, language):
        return Unit(line, Kind.HEADING)
    return Unit(line, Kind.PARAGRAPH)


def _body(text: str) -> tuple[Kind, int]:
    if start := _after(_ANSWERED, text):
        return Kind.PARAGRAPH, start
    start = _bullet(text)
    return (Kind.BULLET if start else Kind.PARAGRAPH), start


def _bullet(text: str) -> int:
    """Where the words after a bullet begin; a whole list in one line is no bullet."""
    start = _after(_BULLET, text)
    return (
        0 if text[:start].strip(" (") in ("1.", "1)") and _TWO.search(text) else start
    )


def _after(mark: re.Pattern[str], text: str) -> int:
    found = mark.match(text)
    return found.end() if found and found.end() < len(text) else 0


def is_residue(text: str, language: str) -> bool:
    """Whether a whole line is left over from the web page it was copied from."""
    if len(text) > 2 * LONGEST_QUESTION:
        return False
    plain = wordings.folded(text.strip())
    if not re.search(r"\w", plain):
        return True
    if not wordings.RESIDUE[language].match(plain):
        return False
    said = sentences(text)
    return len(said) < 2 or len(said[-1].of(text).split()) < WORDS_OF_A_SENTENCE


def _has_mark(text: str) -> bool:
    return bool(_END_OF_QUESTION.search(text[-8:]))


def is_question(text: str, language: str) -> bool:
    """Whether a line asks: by its mark, or by its beginning where that is missing.

    A paragraph that ends with a question is none, and a heading in capitals that
    starts with "How to" is a heading.
    """
    text = text.strip()
    if len(text) > LONGEST_QUESTION or _RUNS_ON.search(text):
        return False
    if signs.TOKENS[language].search(text[-TOKEN_AT_END:]):
        return False
    if _has_mark(text):
        return _asks_alone(text)
    if text.endswith((".", "!", ":", ";", ",", "…")) or _SENTENCE_END.search(text):
        return False
    plain = wordings.folded(text.lstrip("¿ "))
    if len(plain.split()) > MOST_WORDS_WITHOUT_MARK or len(plain.split()) < 3:
        return False
    if not wordings.ASKING[language].match(plain):
        return False
    heads = re.match(r"(?:how|what|when|where) to\b|como \w+[aei]r\b", plain)
    return not (heads and _is_title_case(text, language))


def _asks_alone(text: str) -> bool:
    ends = len(_SENTENCE_END.findall(text))
    return ends == 0 or (ends == 1 and len(text) <= LONGEST_SHORT_LINE * 1.5)


def looks_like_heading(text: str, language: str) -> bool:
    """Whether a line is short, begins with a capital and does not end a sentence."""
    text = text.strip()
    if len(text) > LONGEST_SHORT_LINE or not text[:1].isupper():
        return False
    if text.endswith(":"):
        few = len(text.split()) <= MOST_WORDS_OF_A_PLAIN_HEADING
        return few and not wordings.LEADING_IN[language].search(wordings.folded(text))
    if text.endswith((".", "!", ";", ",", "…", "?", "-", "–")):
        return False
    if _SENTENCE_END.search(text) or _GLUED.search(text):
        return False
    many = len(text.split())
    if many <= MOST_WORDS_OF_A_PLAIN_HEADING:
        return True
    return many <= MOST_WORDS_OF_A_HEADING and _is_title_case(text, language)


def is_subheading(unit: Unit, language: str) -> bool:
    """Whether a heading is written like one inside an answer: "What can cause it".

    Only English writes those of a page with capitals.
    """
    if language != "en":
        return False
    few = len(unit.text.split()) < 2
    return not (few or unit.is_certain or _is_title_case(unit.text, language))


def _is_title_case(text: str, language: str) -> bool:
    said = re.findall(r"[^\W\d_]+(?:['’]\w+)?", text)
    large = [word for word in said if word.lower() not in wordings.SMALL[language]]
    capitals = sum(word[0].isupper() for word in large)
    return len(said) > 1 and bool(large) and capitals >= 0.8 * len(large)


def _settled(found: list[Unit], language: str) -> list[Unit]:
    """The same, but short answers by themselves are no headings.

    A short line is a heading where something stands under it or where it is written
    like one; between two questions it is the answer of the first, and several of them
    are its list.
    """
    said = [unit for unit in found if unit.kind not in (Kind.BLANK, Kind.RESIDUE)]
    rows = [list(row) for _, row in groupby(said, key=lambda unit: unit.kind)]
    kinds: dict[int, Kind] = {}
    for index, row in enumerate(rows):
        if row[0].kind is not Kind.HEADING or any(unit.is_certain for unit in row):
            continue
        is_asked = index > 0 and rows[index - 1][0].kind is Kind.QUESTION
        is_last = index + 1 == len(rows) or rows[index + 1][0].kind is Kind.QUESTION
        if not is_asked or not is_last:
            continue
        if len(row) > 1:
            kinds |= {unit.number: Kind.BULLET for unit in row}
        elif not _is_title_case(row[0].text, language):
            kinds[row[0].number] = Kind.PARAGRAPH
    return [
        replace(unit, kind=kinds[unit.number]) if unit.number in kinds else unit
        for unit in found
    ]
