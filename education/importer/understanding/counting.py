"""Whether an answer gives as many things as it announces."""

from __future__ import annotations

import re

from education.import_vocabulary import Damage
from education.importer.understanding import signs, wordings
from education.importer.understanding.endings import Reading, stops_at_one
from education.importer.understanding.lists import Part
from education.importer.understanding.spans import Span, sentences

_ANNOUNCES = re.compile(
    r"\b(?:there (?:are|exist)|comes? in|divided into|falls? into|grouped into|"
    r"classified (?:as|into)|includes?|encompass\w*|consists? of|ha(?:s|ve)|these|"
    r"following|hay|existen|se dividen? en|incluyen?|tienen?)\b"
)
#: Names in a row take no more words; what is longer describes the first of them.
MOST_WORDS_OF_NAMES = 25

_BRACKETS = re.compile(r"\([^()]{0,300}\)")
#: "Wet kind – it oozes. Dry kind – it itches.": what stands before each dash.
_DASHED = re.compile(r"(?:^|[.;])\s{0,3}[^\W\d_][^.;:–—]{1,40} [–—-] ")
_BETWEEN = re.compile(r",|;|\b(?:and|or|y|o|e)\b")
_ORDINALS = (
    re.compile(r"\b(?:the first|one (?:is|type|kind|of them)|first(?:ly)?,)"),
    re.compile(r"\b(?:the second|the other|another|second(?:ly)?,)"),
    re.compile(r"\b(?:the third|third(?:ly)?,)"),
    re.compile(r"\b(?:the fourth|fourth(?:ly)?,)"),
)


def mark_shortage(reading: Reading, original: str, found: list[Part]) -> None:
    """Mark a line that announces more than it gives."""
    if reading.is_incomplete:
        return
    if one := stops_at_one(original):
        if not reading.around.goes_on and not reading.around.is_after_bullet:
            detail = "The numbered list stops at 1."
            end = len(original.rstrip())
            reading.mark(Damage.COUNT_SHORT, one.start(), end, detail)
        return
    language = reading.around.language
    for span in sentences(reading.text):
        said = wordings.folded(reading.text[span.start : span.end])
        count = signs.COUNTS[language].search(said)
        if not count or not _is_announced(said, count):
            continue
        many = announced(count, language)
        given = _given(reading, span, said, count, found)
        if given is not None and 0 < given < many:
            detail = f"Announces {count.group().strip()} and gives {given}."
            reading.mark(Damage.COUNT_SHORT, span.start, span.end, detail)
        return


def announced(count: re.Match[str], language: str) -> int:
    """The number in a match of `signs.COUNTS`."""
    word = count.group(1).lower()
    return signs.NUMBERS[language].get(word) or int(word)


def _is_announced(said: str, count: re.Match[str]) -> bool:
    before = said[: count.start()]
    return bool(_ANNOUNCES.search(before)) or ":" in said[count.end() :]


def _given(
    reading: Reading, span: Span, said: str, count: re.Match[str], found: list[Part]
) -> int | None:
    """How many things stand after the announcement; None where nobody can tell."""
    listed = [part for part in found if part.items and part.end > span.start]
    if listed:
        return max(len(part.items) for part in listed)
    if reading.around.follows:
        return reading.around.follows
    after = said[count.end() :]
    if ":" in after:
        listing = after.partition(":")[2] + reading.text[span.end :]
        if dashed := _DASHED.findall(listing):
            return len(dashed)
        named = _BRACKETS.sub("", after.partition(":")[2])
        given = [piece for piece in _BETWEEN.split(named) if piece.strip(" .")]
        rest = reading.text[span.end :].strip()
        is_naming = len(given) > 1 and len(named.split()) <= MOST_WORDS_OF_NAMES
        return len(given) if is_naming or not rest else None
    rest = wordings.folded(reading.text[span.end :])
    ordinals = [bool(ordinal.search(rest)) for ordinal in _ORDINALS]
    if not ordinals[0]:
        return None
    return ordinals.index(False) if False in ordinals else None
