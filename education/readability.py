"""How hard a text is to read.

Whole sentences only: list fragments and headings would fake a low grade. Names of
medicines and the terms that a page explains can be left out, because they are long and
no plainer word exists.
"""

import re
from collections.abc import Collection

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-Z0-9\"'(])")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d.,]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SHORT_DOTS = re.compile(r"\b(Dr|Mr|Mrs|Ms|St|vs|e\.g|i\.e|U\.S)\.", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """The whole sentences of a text that has one line a paragraph or list item.

    A line that does not end like a sentence is a fragment and is left out.
    """
    found = []
    for line in text.splitlines():
        line = _SHORT_DOTS.sub(r"\1", line.strip())
        for sentence in _SENTENCE_END.split(line):
            if sentence.rstrip("\"')]").endswith((".", "!", "?")):
                found.append(sentence)
    return found


def words(sentence: str) -> list[str]:
    """The words and numbers of a sentence, without punctuation."""
    return _WORD.findall(sentence)


def syllables(word: str) -> int:
    """About how many syllables an English word has; a number counts as one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if not letters:
        return 1
    count = len(_VOWELS.findall(letters))
    if letters.endswith(("le", "les")) and len(letters) > 3:
        silent = letters.rstrip("s")[-3] in "aeiouy"
    else:
        silent = bool(re.search(r"[^aeiouy]e[sd]?$", letters)) and not re.search(
            r"(?:[td]ed|[sxzcg]es|[cs]hes)$", letters
        )
    count -= silent
    # "io" in "violet", "ia" in "diarrhea": two sounds, but not in "-tion", "-cial".
    count += len(re.findall(r"(?<![tscg])i[ao]|eo|ua", letters))
    return max(count, 1)


def reading_grade(text: str, leave_out: Collection[str] = ()) -> float | None:
    """The Flesch-Kincaid grade (years of US school) of an English text.

    0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid et al.,
    1975). Words in `leave_out` (lower case) count as words of no particular length.
    None when the text has no whole sentence.
    """
    counted = [words(sentence) for sentence in sentences(text)]
    counted = [sentence for sentence in counted if sentence]
    if not counted:
        return None
    everything = [word for sentence in counted for word in sentence]
    measured = [word for word in everything if word.lower() not in leave_out]
    if not measured:
        return None
    per_sentence = len(everything) / len(counted)
    per_word = sum(map(syllables, measured)) / len(measured)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59
