"""How hard a text is to read.

Whole sentences only. Names of medicines and the terms that a page explains can be left
out, because they are long and no plainer word exists.
"""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass

from education.writing.sentences import sentences, words

_VOWELS = re.compile(r"[aeiouy]+")

#: What is one syllable in Spanish: a strong vowel with the weak ones that lean on it,
#: a weak vowel with an accent, or weak vowels alone.
_SPANISH_SYLLABLE = re.compile(
    r"[iuü]?[aeoáéó](?:[iuü](?![aeoáéó])|y(?![aeiouáéíóú]))?"
    r"|[íú]|[iuü]{1,2}y?(?![aeiouáéíóú])|[iuü]|y(?![aeiouáéíóú])"
)
_SILENT_U = re.compile(r"(?<=[gq])u(?=[eéií])")


def syllables(word: str) -> int:
    """About how many syllables an English word has; a number counts as one."""
    letters = re.sub(r"[^a-z]", "", _without_accents(word.lower()))
    if not letters:
        return 1
    count = len(_VOWELS.findall(letters))
    if letters.endswith(("le", "les")) and len(letters) > 3:
        silent = letters.rstrip("s")[-3:-2] in tuple("aeiouy")
    else:
        silent = bool(re.search(r"[^aeiouy]e[sd]?$", letters)) and not re.search(
            r"(?:[td]ed|[sxzcg]es|[cs]hes)$", letters
        )
    count -= silent
    # "io" in "violet", "ia" in "diarrhea": two sounds, but not in "-tion", "-cial".
    count += len(re.findall(r"(?<![tscg])i[ao]|eo|ua", letters))
    return max(count, 1)


def spanish_syllables(word: str) -> int:
    """How many syllables a Spanish word has; a number counts as one."""
    letters = _SILENT_U.sub("", unicodedata.normalize("NFC", word.lower()))
    return max(len(_SPANISH_SYLLABLE.findall(letters)), 1)


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


@dataclass(frozen=True)
class Averages:
    """What every formula asks of a text."""

    words_per_sentence: float
    syllables_per_word: float


def _averages(
    text: str, count: Callable[[str], int], leave_out: Collection[str]
) -> Averages | None:
    counted = [found for found in map(words, sentences(text)) if found]
    everything = [word for sentence in counted for word in sentence]
    measured = [word for word in everything if word.lower() not in leave_out]
    if not measured:
        return None
    return Averages(
        len(everything) / len(counted), sum(map(count, measured)) / len(measured)
    )


def reading_grade(text: str, leave_out: Collection[str] = ()) -> float | None:
    """The Flesch-Kincaid grade (years of US school) of an English text.

    0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid et al.,
    1975). Words in `leave_out` (lower case) count as words of no particular length.
    None when the text has no whole sentence.
    """
    means = _averages(text, syllables, leave_out)
    if means is None:
        return None
    return 0.39 * means.words_per_sentence + 11.8 * means.syllables_per_word - 15.59


def reading_ease(text: str, leave_out: Collection[str] = ()) -> float | None:
    """The Fernandez-Huerta reading ease of a Spanish text; 100 is very easy.

    206.84 - 60 x syllables per word - 1.02 x words per sentence (J. Fernandez Huerta,
    "Medidas sencillas de lecturabilidad", Consigna 214, 1959, pages 29-32). Many
    copies take the number of sentences in a hundred words for the last factor; then
    shorter sentences would read as harder, so it is a misprint (G. Law, Linguist List
    22.2332, 2011). Words in `leave_out` (lower case) count as words of no particular
    length. None when the text has no whole sentence.
    """
    means = _averages(text, spanish_syllables, leave_out)
    if means is None:
        return None
    return 206.84 - 60 * means.syllables_per_word - 1.02 * means.words_per_sentence


@dataclass(frozen=True)
class Reading:
    """A score in the words that editors are shown."""

    sentence: str
    is_hard: bool


#: From which grade on a text is how hard; ours is not to be beyond grade 8.
_GRADES = (
    (6.05, "easy for most readers", False),
    (8.05, "good for most readers", False),
    (10.05, "hard for many readers", True),
    (float("inf"), "too hard for most readers", True),
)
#: The same steps on the scale of Fernandez Huerta, whose own table gives 70 to
#: grade 6, 60 to grades 7 and 8, and 50 to those who go to university.
_EASE = (
    (70, "easy for most readers", False),
    (60, "good for most readers", False),
    (50, "hard for many readers", True),
    (float("-inf"), "too hard for most readers", True),
)


def reading(
    text: str, language: str, leave_out: Collection[str] = ()
) -> Reading | None:
    """How hard the text is, by the formula of its language; None without a sentence."""
    if language == "es":
        ease = reading_ease(text, leave_out)
        if ease is None:
            return None
        label, hard = next(row[1:] for row in _EASE if ease >= row[0])
        return Reading(f"Reading ease {ease:.0f} of 100: {label}", hard)
    grade = reading_grade(text, leave_out)
    if grade is None:
        return None
    label, hard = next(row[1:] for row in _GRADES if grade < row[0])
    return Reading(f"Reading grade {max(grade, 0):.1f}: {label}", hard)
