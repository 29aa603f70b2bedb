"""Which words are real ones, how they sound, and what may be a slip of what.

The dictionaries are those of pyspellchecker: words of film subtitles with how often
they occur. Nothing leaves the machine.
"""

from __future__ import annotations

import re
from functools import cache

from jellyfish import metaphone
from rapidfuzz.distance import DamerauLevenshtein
from spellchecker import SpellChecker

from education.search.analysis import fold

#: A word that occurs less often in the dictionary's texts may itself be a slip.
COMMON = 150
SHORTEST = 4
DICTIONARIES = ("en", "es")
_SPANISH_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"h"), ""),
    (re.compile(r"v"), "b"),
    (re.compile(r"ll"), "y"),
    (re.compile(r"qu|k|c(?![ei])"), "k"),
    (re.compile(r"z|x|c"), "s"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_ENGLISH_SOUNDS = (
    (re.compile(r"z"), "s"),  # spazm
    (re.compile(r"(?<!^)[yi]e?$"), "i"),
)


@cache
def _common_words(language: str) -> dict[str, int]:
    known = language if language in DICTIONARIES else DICTIONARIES[0]
    counted = SpellChecker(language=known).word_frequency.dictionary
    return {
        word if word.isascii() and word.isalpha() else fold(word): count
        for word, count in counted.items()
        if count >= COMMON
    }


def frequency(word: str, language: str) -> int:
    """How often the language uses a folded word; 0 for what is no common word of it."""
    return _common_words(language).get(word, 0)


def is_real_word(word: str, language: str) -> bool:
    """Whether a folded word is a common one of the language, so hardly a slip."""
    return word in _common_words(language)


def sound(word: str, language: str) -> str:
    """A key that words share which sound alike; "" for what holds no letter."""
    letters = "".join(mark for mark in word if mark.isalpha())
    if language == "es":
        for pattern, instead in _SPANISH_SOUNDS:
            letters = pattern.sub(instead, letters)
        return letters
    for pattern, instead in _ENGLISH_SOUNDS:
        letters = pattern.sub(instead, letters)
    return metaphone(letters) if letters else ""


def slips_allowed(length: int) -> int:
    """How many letters of a word of this length may be wrong, missing or swapped."""
    if length < SHORTEST:
        return 0
    if length < 6:
        return 1
    return 2 if length < 11 else 3


def distance(typed: str, meant: str) -> int:
    """How many letters differ; two neighbours that changed places count as one."""
    return DamerauLevenshtein.distance(typed, meant)


def is_slip(typed: str, meant: str, language: str) -> bool:
    """Whether somebody who typed one folded word may have meant the other."""
    if typed == meant or len(meant) < SHORTEST or is_real_word(typed, language):
        return False
    apart = distance(typed, meant)
    allowed = slips_allowed(min(len(typed), len(meant)))
    if apart <= min(allowed, 1):
        return True
    sounds_alike = sound(typed, language) == sound(meant, language)
    return (
        sounds_alike
        and apart <= allowed + 1
        or apart <= allowed
        and (typed[0] == meant[0])
    )
