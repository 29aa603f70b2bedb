"""What a question asks, apart from how it is worded: what is wanted, of what.

Two questions are the same when both agree. Nothing is near: one word more about what
is asked (a leg, a child, the night) makes another question.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import snowballstemmer

from education.importer.sorting.turns import SPOKEN, TURNS
from education.importer.sorting.wants import wants
from education.writing.likeness import (
    FILLING,
    SAME,
    STEMMED_IN,
    folded,
    want_and_things,
)

_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

_SPOKEN = [(re.compile(short), long) for short, long in SPOKEN]
_TURNS = [(re.compile(turn), plainer) for turn, plainer in TURNS]
_LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
_FILLING = {
    language: frozenset(FILLING[language].split()) | frozenset(more.split())
    for language, more in _LISTS["filling"].items()
}
SAME_NAMES: dict[str, str] = _LISTS["same_names"]
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(SAME_NAMES, key=len, reverse=True))})\b")
_stem = lru_cache(maxsize=50_000)(snowballstemmer.stemmer("english").stemWord)


#: Of an illness that comes in attacks, these are asked of the attack.
_OF_ONE_ATTACK = frozenset(
    {"how long", "symptoms", "what it is like", "relief", "triggers"}
)
#: Illnesses that are there between the attacks, too, and attacks with other names.
_ATTACK_APART = frozenset(_LISTS["attack_apart"].split())


@dataclass(frozen=True)
class Asked:
    """What is wanted, and the words for what it is about, in their order.

    `words` are as written, in lower case; `about` are their stems. `text` is the
    question as it was read, to see which words stood together.
    """

    want: str
    words: tuple[str, ...]
    about: tuple[str, ...]
    text: str = ""


def spoken(text: str) -> str:
    """Lower case without marks and asides, short forms written out."""
    plain = " ".join(_WORD.findall(folded(_ASIDE.sub(" ", text))))
    for short, long in _SPOKEN:
        plain = short.sub(long, plain)
    return _NAMES.sub(lambda found: SAME_NAMES[found[0]], plain)


def stem_of(word: str) -> str:
    """What is the same in the forms of a word, and in words for the same thing."""
    word = SAME.get(word, word)
    return _stem(_LISTS["same_words"].get(word, word))


@lru_cache(maxsize=20_000)
def what_is_asked(question: str, language: str) -> Asked:
    """What a question of a language asks."""
    if language != "en":
        want, things = want_and_things(question, language)
        return _in_its_words(question, want, things, language)
    text = spoken(question)
    for turn, plainer in _TURNS:
        text, turned = turn.subn(plainer, text)
        if turned:
            text = " ".join(text.split())
    for want in wants():
        if want.pattern.search(text):
            return _about(want.name, text, want.drops)
    return _about("", text, frozenset())


def _in_its_words(
    question: str, want: str, things: frozenset[str], language: str
) -> Asked:
    """What is asked in a language of which only the wants and things are known."""
    stem = snowballstemmer.stemmer(STEMMED_IN.get(language, "english")).stemWord
    text = " ".join(_WORD.findall(folded(question)))
    pairs = [(word, stem(SAME.get(word, word))) for word in text.split()]
    filling = _FILLING.get(language, frozenset())
    kept = [(word, own) for word, own in pairs if own in things and own not in filling]
    words = tuple(word for word, _ in kept)
    return Asked(want, words, tuple(own for _, own in kept), text)


def _about(want: str, text: str, drops: frozenset[str]) -> Asked:
    words = [
        word
        for word in text.split()
        if word not in _FILLING["en"] and word not in drops
    ]
    if want in _OF_ONE_ATTACK and not _ATTACK_APART.intersection(words):
        words = [word for word in words if stem_of(word) != "attack"] or words
    return Asked(want, tuple(words), tuple(stem_of(word) for word in words), text)
