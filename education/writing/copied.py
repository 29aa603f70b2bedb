"""Words of somebody else that a page still says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from education.writing.findings import Draft, Finding, Passage, Severity
from education.writing.sentences import quote, words

#: So many words in a row are somebody's wording; fewer are how anybody says it.
IN_A_ROW = 8

#: A question is asked as people ask it; it is not what is copied.
NOT_COPIED = ("title",)


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
    """Passages that say eight words in a row of what was found, and all those words."""
    theirs = {run for text in found for run in _runs(_folded(text))}
    if not theirs:
        return
    for passage in passages:
        if passage.field in NOT_COPIED:
            continue
        said = words(passage.text)
        if span := _longest(_runs(_folded(passage.text)), theirs):
            yield passage, " ".join(said[span[0] : span[1]])


def _folded(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in words(text)]


def _runs(said: list[str]) -> list[tuple[str, ...]]:
    return [
        tuple(said[start : start + IN_A_ROW])
        for start in range(len(said) - IN_A_ROW + 1)
    ]


def _longest(
    runs: list[tuple[str, ...]], theirs: set[tuple[str, ...]]
) -> tuple[int, int] | None:
    """Where the longest stretch of their words begins and ends."""
    best, start = None, 0
    for place, run in enumerate(runs):
        if run not in theirs:
            start = place + 1
        elif best is None or place + IN_A_ROW - start > best[1] - best[0]:
            best = (start, place + IN_A_ROW)
    return best
