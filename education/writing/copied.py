"""Words of somebody else that a page still says."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from education.writing.findings import Draft, Finding, Passage, Severity
from education.writing.sentences import quote, words

#: So many words in a row are somebody's wording; fewer are how anybody says it.
IN_A_ROW = 8

#: A question is asked as people ask it; it is not what is copied.
NOT_COPIED = ("title",)

#: Letters of other scripts that look like ours: Cyrillic, Greek.
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0432\u0435\u0456\u0458\u043a\u043c\u043d\u043e\u0440"
    "\u0441\u0501\u0455\u0442\u0443\u0445\u04bb\u051b\u051d"
    "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7",
    "abeijkmhopcdstyxhqwaeikvoptux",
)

Run = tuple[str, ...]


def copied_words(draft: Draft) -> Iterator[Finding]:
    """Passages in which the words of an imported file stand as they were found."""
    for passage, said in copied_in(draft.passages, draft.copied):
        yield passage.finding(
            "copied-words",
            Severity.BLOCKING,
            f"These words are somebody else's: {quote(said, most=24)}.",
            "Write them anew in your own words. The facts may stay.",
        )


def copied_in(
    passages: Iterable[Passage], found: Iterable[str]
) -> Iterator[tuple[Passage, str]]:
    """Passages that say eight words in a row of what was found, and all those words.

    A row that goes over the end of a passage counts for the passage in which it
    begins, where neither holds a whole row.
    """
    theirs = {run for text in found for run in _runs(_folded(_shown_words(text)))}
    if not theirs:
        return
    whole, told, before = [], set(), []
    for passage in passages:
        if passage.field in NOT_COPIED:
            continue
        said = _shown_words(passage.text)
        if span := _longest(_runs(_folded(said)), theirs):
            told.add(id(passage))
            whole.append((passage, " ".join(said[span[0] : span[1]])))
        before += [(passage, word) for word in said]
    yield from whole
    yield from _over_the_ends(before, theirs, told)


def _over_the_ends(
    said: list[tuple[Passage, str]], theirs: set[Run], told: set[int]
) -> Iterator[tuple[Passage, str]]:
    """The same for what was split among passages that are not told of already."""
    for start, run in enumerate(_runs(_folded(word for _, word in said))):
        row = said[start : start + IN_A_ROW]
        if run in theirs and told.isdisjoint(id(passage) for passage, _ in row):
            told.update(id(passage) for passage, _ in row)
            yield row[0][0], " ".join(word for _, word in row)


def _shown_words(text: str) -> list[str]:
    """The words as a reader sees them: without marks of which nothing shows."""
    return words(_without_hidden_marks(unicodedata.normalize("NFKC", text)))


def _without_hidden_marks(text: str) -> str:
    if text.isascii():
        return text
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def _folded(said: Iterable[str]) -> list[str]:
    return [_letters(word) for word in said]


@lru_cache(maxsize=10_000)
def _letters(word: str) -> str:
    """The word as plain letters, whatever stands on them or looks like them."""
    plain = unicodedata.normalize("NFD", word.casefold().replace("’", "'"))
    letters = (each for each in plain if not unicodedata.combining(each))
    return "".join(letters).translate(_LOOK_ALIKES)


def _runs(said: list[str]) -> list[Run]:
    return [
        tuple(said[start : start + IN_A_ROW])
        for start in range(len(said) - IN_A_ROW + 1)
    ]


def _longest(runs: list[Run], theirs: set[Run]) -> tuple[int, int] | None:
    """Where the longest stretch of their words begins and ends."""
    best, start = None, 0
    for place, run in enumerate(runs):
        if run not in theirs:
            start = place + 1
        elif best is None or place + IN_A_ROW - start > best[1] - best[0]:
            best = (start, place + IN_A_ROW)
    return best
