"""What typed letters may become: names and titles of published pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from education.models import public_address
from education.search.analysis import folded_words
from education.search.editions import NO_EDITION
from education.search.meant import Reading, meant
from education.search.suggestion_rows import Row, rows_that_begin
from education.vocabulary import Kind

MOST = 8
LEAST_LETTERS = 2


@dataclass(frozen=True)
class Item:
    """A page to go to. `instead_of` is what was typed where `text` corrects it.

    `matched` is the part of `text` that was typed, as characters from and to.
    """

    text: str
    kind: Kind
    address: str
    matched: tuple[int, int] | None = None
    instead_of: str | None = None


@dataclass(frozen=True)
class Suggestions:
    """What typed letters may become. `edition` is the stamp read beside it."""

    items: tuple[Item, ...] = ()
    corrected: str | None = None
    edition: str = NO_EDITION


def suggest(typed: str, language: str, now: datetime) -> Suggestions:
    """The published pages with a name that goes on so; two statements at most.

    Where nothing goes on so, names that the words may have been meant for. None is
    taken for granted: where two medicines are near, both are among them.
    """
    if not is_enough(typed):
        return Suggestions()
    words = folded_words(typed)
    rows, edition = _first([" ".join(words)], language, now)
    if rows:
        items = tuple(_item(row, words) for row in rows)
        return Suggestions(items, edition=edition)
    wanted = meant(words, language, edition)
    if not wanted:
        return Suggestions(edition=edition)
    rows, _ = _first([" ".join(known) for known in wanted], language, now)
    shown = {row.wanted: " ".join(wanted[row.wanted]) for row in rows}
    changed = {n: said for n, said in shown.items() if not _is_typed(words, wanted[n])}
    items = tuple(
        _item(row, wanted[row.wanted], typed if row.wanted in changed else None)
        for row in rows
    )
    corrected = next(iter(changed.values())) if len(changed) == 1 else None
    return Suggestions(items, corrected, edition)


def is_enough(typed: str) -> bool:
    """Whether there are letters enough to complete."""
    return sum(map(len, folded_words(typed))) >= LEAST_LETTERS


def _is_typed(words: list[str], wanted: Reading) -> bool:
    """Whether these words end what was typed, so that none was corrected."""
    return tuple(words[-len(wanted) :]) == wanted


def _item(row: Row, words: Iterable[str], instead_of: str | None = None) -> Item:
    return Item(
        text=row.text,
        kind=Kind(row.kind),
        address=public_address(row.url_path),
        matched=matched(row.text, " ".join(words)),
        instead_of=instead_of,
    )


def _first(prefixes: list[str], language: str, now: datetime) -> tuple[list[Row], str]:
    """The first few rows, each page once, and the edition; one statement.

    With several prefixes each gets its turn.
    """
    rows, edition = rows_that_begin(prefixes, language, now)
    pages: set[int] = set()
    seen = [0] * len(prefixes)
    turns = []
    for row in rows:
        if row.page_id not in pages:
            pages.add(row.page_id)
            turns.append((seen[row.wanted], row.wanted, row))
            seen[row.wanted] += 1
    if len(prefixes) > 1:
        turns.sort(key=lambda turn: turn[:2])
    return [row for _, _, row in turns[:MOST]], edition


def matched(text: str, prefix: str) -> tuple[int, int] | None:
    """Where in a text, at the beginning of a word, stand these folded words."""
    letters: list[tuple[str, int]] = []
    for place, mark in enumerate(text):
        plain = "".join(folded_words(mark))
        letters += [(letter, place) for letter in plain]
        if not plain and not mark.isalnum() and mark not in "'\u2019":
            letters.append((" ", place))
    letters = [
        pair
        for n, pair in enumerate(letters)
        if pair[0] != " " or (n and letters[n - 1][0] != " ")
    ]
    line = " " + "".join(letter for letter, _ in letters)
    at = line.find(f" {prefix}")
    if at < 0:
        return None
    return letters[at][1], letters[at + len(prefix) - 1][1] + 1
