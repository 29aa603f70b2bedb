"""Texts as words with their places, so that wordings can be found in them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import snowballstemmer

from education.wordings import Atom, Wording

ALGORITHMS = {"en": "english", "es": "spanish"}
#: Words of a text after which nothing is looked at: a line of megabytes is no passage.
MOST_WORDS = 4000
LONGEST_WORD = 40

_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc\u00b4`\u00ad\u200b-\u200d\u2060]")
#: A word, a sign that says something, or the end of a sentence. A heading that was
#: glued to the words after it ("crampsUsing") ends where the capital stands.
_TOKEN = re.compile(
    r"(?P<word>\d+(?:[.,]\d+)*|[^\W\d_](?:[^\W\d_]|['\u2018\u2019\u02bc](?=[^\W\d_]))*)"
    r"|(?P<sign>%)|(?P<pause>[,;()\u2013\u2014])|(?P<end>[.!?]+(?=[\"'”’)\]]*(?:\s|$|[^\W\d_])|[:•\n]))"
)
_GLUED = re.compile(r"(?<=[^\W\d_A-ZÁÉÍÓÚÑ])(?=[A-ZÁÉÍÓÚÑ][^\W\d_A-ZÁÉÍÓÚÑ])")
_SHORTENED = "dr dra mr mrs ms sr sra st vs eg ie e g i approx"
_ABBREVIATED = frozenset(_SHORTENED.split())

_ENGLISH = """
a an the your my his her their our its this that these those some any very really just
also of
"""
_SPANISH = """
el la los las lo un una unos unas su sus tu tus mi mis este esta estos estas muy de del
al a con me te se le les nos
"""
#: Words that may stand between the words of a wording.
LITTLE = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}


def fold(word: str) -> str:
    """The word without case, accents and apostrophes."""
    return _fold_known(word) if len(word) <= LONGEST_WORD else _fold(word)


def _fold(word: str) -> str:
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", word).casefold())
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


#: Words come back; what is longer than a word is not kept.
_fold_known = lru_cache(maxsize=20_000)(_fold)


class Vocabulary:
    """Tells which atoms of the wordings each word of a text stands for."""

    def __init__(self, language: str, atoms: Iterable[Atom]) -> None:
        self.language = language
        self.little = LITTLE.get(language, LITTLE["en"])
        self._stemmer = snowballstemmer.stemmer(ALGORITHMS.get(language, "english"))
        self._exact: dict[tuple[str, str], list[Atom]] = defaultdict(list)
        self._beginnings: dict[str, list[Atom]] = defaultdict(list)
        self._endings: list[tuple[str, Atom]] = []
        self._known: dict[str, tuple[Atom, ...]] = {}
        for atom in set(atoms):
            what = fold(atom.what)
            if atom.how == "beginning":
                self._beginnings[what].append(atom)
            elif atom.how == "ending":
                self._endings.append((what, atom))
            elif atom.how == "stem":
                self._exact["stem", self._stem(what)].append(atom)
            else:
                self._exact[atom.how, what].append(atom)

    def atoms_of(self, word: str) -> tuple[Atom, ...]:
        """The atoms that find this folded word."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = tuple(self._found(word))
        return known

    def _found(self, word: str) -> Iterable[Atom]:
        if word[0].isdigit():
            yield from self._exact.get(("number", "#"), ())
        yield from self._exact.get(("form", word), ())
        yield from self._exact.get(("stem", self._stem(word)), ())
        for length in range(2, len(word) + 1):
            yield from self._beginnings.get(word[:length], ())
        for ending, atom in self._endings:
            if word.endswith(ending):
                yield atom

    def _stem(self, word: str) -> str:
        return self._stemmer.stemWord(word[:LONGEST_WORD])


@dataclass(frozen=True)
class Token:
    """A folded word, its place in the text as it stands, its sentence and clause."""

    word: str
    start: int
    end: int
    sentence: int
    clause: int


def tokens_of(text: str) -> list[Token]:
    """The words of a text in their order."""
    return _tokens_and_questions(text)[0]


def _tokens_and_questions(text: str) -> tuple[list[Token], set[int]]:
    """The words of a text, and which of its sentences are questions."""
    found: list[Token] = []
    questions: set[int] = set()
    sentence = clause = 0
    for match in _TOKEN.finditer(text):
        if match["pause"]:
            clause += 1
        elif match["end"]:
            shortened = found and found[-1].word in _ABBREVIATED
            if "?" in match["end"]:
                questions.add(sentence)
            ends = not (shortened and match["end"] == ".")
            sentence, clause = sentence + ends, clause + ends
        else:
            begin = match.start()
            word = match["word"] or "percent"
            for piece in (word,) if word.islower() else _GLUED.split(word):
                sentence += begin > match.start()
                end = min(begin + len(piece), match.end())
                found.append(Token(fold(piece), begin, end, sentence, clause))
                begin = end
        if len(found) >= MOST_WORDS:
            break
    return found, questions


Span = tuple[int, int]


@dataclass
class Text:
    """A text, with the spans of its tokens at which each atom stands.

    `questions` are the numbers of the sentences that ask, `filled` what the matcher
    that read it keeps of it.
    """

    written: str
    vocabulary: Vocabulary
    tokens: list[Token] = field(init=False)
    questions: set[int] = field(init=False)
    spans: dict[Atom, list[Span]] = field(init=False)
    filled: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens, self.questions = _tokens_and_questions(self.written)
        self.spans = defaultdict(list)
        for place, token in enumerate(self.tokens):
            for atom in self.vocabulary.atoms_of(token.word):
                self.spans[atom].append((place, place + 1))

    @cached_property
    def free(self) -> list[bool]:
        """Whether each token may stand between words that follow each other."""
        return [token.word in self.vocabulary.little for token in self.tokens]

    def is_one_sentence(self, begin: int, end: int) -> bool:
        return self.tokens[begin].sentence == self.tokens[end - 1].sentence

    def place_of(self, span: Span) -> tuple[int, int]:
        """Where the tokens stand in the text as written."""
        return self.tokens[span[0]].start, self.tokens[span[1] - 1].end


def atoms_of(wording: Wording) -> Iterable[Atom]:
    return (
        atom for place in wording.places for choice in place.choices for atom in choice
    )
