"""How much a piece of content speaks of what a question asks."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache

import snowballstemmer

from education.importer.understanding import wordings
from education.importer.understanding.intents import cues, wanted
from education.importer.understanding.segments import Asked, Outline, Piece

SAME_WORDS = 1.5
SAME_WANT_IN_HEADING = 1.0
OTHER_WANT_IN_HEADING = -0.5
CUE_IN_BODY = 0.7
#: As much of a piece is read as says what it is about.
READ = 1500

_WORD = re.compile(r"[^\W_]{3,30}")
_STEMMED_IN = {"en": "english", "es": "spanish"}


class Affinity:
    """Compares questions and pieces of one document.

    Words count by how rare they are in it: every line names the condition.
    """

    def __init__(self, laid_out: Outline, language: str) -> None:
        self.language = wordings.known_language(language)
        stemmer = snowballstemmer.stemmer(_STEMMED_IN[self.language])
        self._stem = cache(stemmer.stemWord)
        self._asked = {
            asked.place: self._stems(asked.unit.text) for asked in laid_out.questions
        }
        self._said = {
            piece.place: self._stems(_text(piece)) for piece in laid_out.pieces
        }
        everything = [*self._asked.values(), *self._said.values()]
        often = Counter(stem for stems in everything for stem in stems)
        many = len(everything)
        self._weight = {
            stem: math.log((many + 1) / times) + 0.05 for stem, times in often.items()
        }
        self._whole = {
            place: sum(self._weight[stem] for stem in stems)
            for place, stems in self._asked.items()
        }
        self._want = {
            asked.place: wanted(asked.unit.text, self.language)
            for asked in laid_out.questions
        }
        self._heads = {
            piece.place: wanted(piece.heading.text, self.language)
            for piece in laid_out.pieces
            if piece.heading
        }
        self._cues = {
            piece.place: cues(_body(piece), self.language) for piece in laid_out.pieces
        }
        self._known: dict[tuple[int, int], float] = {}

    def of(self, asked: Asked, piece: Piece) -> float:
        """A number from about -0.5 (nothing in common) to about 3."""
        key = (asked.place, piece.place)
        if key not in self._known:
            self._known[key] = self._words(*key) + self._wants(*key)
        return self._known[key]

    def _stems(self, text: str) -> frozenset[str]:
        return frozenset(
            self._stem(word) for word in _WORD.findall(wordings.folded(text))
        )

    def _words(self, question: int, piece: int) -> float:
        asked = self._asked[question]
        shared = sum(self._weight[stem] for stem in asked & self._said[piece])
        return SAME_WORDS * shared / self._whole[question] if shared else 0.0

    def _wants(self, question: int, piece: int) -> float:
        want = self._want[question]
        if not want:
            return 0.0
        worth = CUE_IN_BODY if want in self._cues[piece] else 0.0
        if heads := self._heads.get(piece):
            worth += SAME_WANT_IN_HEADING if heads == want else OTHER_WANT_IN_HEADING
        return worth


def _body(piece: Piece) -> str:
    return "\n".join(unit.text[:READ] for unit in piece.body)[:READ]


def _text(piece: Piece) -> str:
    heading = piece.heading.text if piece.heading else ""
    return f"{heading}\n{_body(piece)}"
