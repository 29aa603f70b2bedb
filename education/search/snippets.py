"""The matching words of a page in context, from its best passage."""

from __future__ import annotations

import re
from typing import NamedTuple

from education.search.analysis import Analyser, folded_words
from education.search.ranking import Candidate, is_in
from education.search.terms import Asked

#: About as many letters are shown of a passage, at most.
ROOM = 220
#: How much stands after the first word that matches, however much stands before it.
AFTER = 60

_SENTENCE_END = re.compile(r"[.!?]\s+")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


class Piece(NamedTuple):
    """A run of words; `is_match` says that they were asked for."""

    text: str
    is_match: bool


def snippet(page: Candidate, asked: Asked, analyser: Analyser) -> list[Piece]:
    """What the page says about what was asked, a passage long.

    What it says first of itself wins over its text where both say as much. Words of
    another edition than the one that is public are never shown.
    """
    own = page.short_answer or page.summary
    best, most = own, _said(" ".join(analyser.words(own)), asked)
    if page.revision_id == page.live_revision_id:
        lines = zip(page.passages.splitlines(), page.body.splitlines(), strict=False)
        for passage, words in lines:
            said = _said(words, asked)
            if said > most:
                best, most = passage, said
    return _cut(_marked(best, asked, analyser))


def _said(words: str, asked: Asked) -> float:
    line = f" {words} "
    return sum(
        max((way.weight for way in term.ways if is_in(line, way)), default=0.0)
        for term in asked.terms
    )


def _marked(text: str, asked: Asked, analyser: Analyser) -> list[Piece]:
    """The text in pieces that match and pieces between them."""
    wanted = {stem for term in asked.terms for way in term.ways for stem in way.stems}
    pieces: list[Piece] = []
    last = 0
    for word in _WORD.finditer(text):
        if wanted.isdisjoint(analyser.stems(folded_words(word[0]))):
            continue
        pieces.append(Piece(text[last : word.start()], False))
        pieces.append(Piece(word[0], True))
        last = word.end()
    pieces.append(Piece(text[last:], False))
    return [piece for piece in pieces if piece.text]


def _cut(pieces: list[Piece]) -> list[Piece]:
    """About `ROOM` letters of it, from the sentence with the first match on.

    A sentence is never begun in its middle: "not" may stand before it.
    """
    if sum(len(piece.text) for piece in pieces) <= ROOM:
        return pieces
    first, *others = pieces
    if not first.is_match and others:
        begun = [end.end() for end in _SENTENCE_END.finditer(first.text)]
        if begun:
            first = Piece("\u2026 " + first.text[begun[-1] :], False)
    shown: list[Piece] = []
    room = max(ROOM, len(first.text) + AFTER)
    for piece in (first, *others):
        if len(piece.text) > room:
            text = piece.text[:room].rpartition(" ")[0] + " \u2026"
            shown.append(Piece(text, piece.is_match))
            break
        shown.append(piece)
        room -= len(piece.text)
    return shown
