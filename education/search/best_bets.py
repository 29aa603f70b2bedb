"""Which pages editors pinned for a search."""

from __future__ import annotations

from collections.abc import Iterable

from education.models import BestBet
from education.search.analysis import Analyser, folded_words
from education.search.editions import kept_by_edition

Pins = dict[frozenset[str], tuple[int, ...]]


def pinned_for(terms: Iterable[str], language: str, edition: str) -> tuple[int, ...]:
    """The ids of the pages pinned for a search with these stems, as they were pinned.

    `terms` are what `Analyser.asked` matches by. Whether the pages are published is for
    the caller to ask: only `published()` knows. One statement an edition and language.
    """
    return _pins(language, edition).get(frozenset(terms), ())


def _read(language: str) -> Pins:
    analyser = Analyser(language)
    rows = BestBet.objects.filter(
        language=language, page__locale__language_code=language
    )
    pins: Pins = {}
    for words, page_id in rows.order_by("pk").values_list("words", "page_id"):
        key = frozenset(analyser.stems(analyser.telling(folded_words(words))))
        if key and page_id not in pins.get(key, ()):
            pins[key] = (*pins.get(key, ()), page_id)
    return pins


_pins = kept_by_edition(_read)
