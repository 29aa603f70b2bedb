"""What a search knows of a language before it asks: words, names and synonyms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from typing import NamedTuple

from education.models import SearchDocument, SearchWord, Synonym
from education.search.analysis import Analyser, folded_words
from education.search.editions import kept_by_edition
from education.search.spelling import SHORTEST, is_real_word
from education.vocabulary import Kind, SynonymKind

#: What another wording counts for, against the word that was typed.
SAME, NARROWER = 0.95, 0.6


class Way(NamedTuple):
    """One way to say a thing: stems that stand together, and what a find counts for."""

    stems: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Knowledge:
    """What is known of one language. Words are folded; `synonyms` go from stems.

    `medicines` has the pages of medicines by name, given as a tuple of words.
    """

    language: str
    words: frozenset[str]
    title_words: frozenset[str]
    stems: frozenset[str]
    medicines: dict[tuple[str, ...], frozenset[int]]
    synonyms: dict[tuple[str, ...], tuple[Way, ...]]
    synonym_stems: frozenset[str]
    synonym_words: frozenset[str]
    longest_synonym: int

    def is_known(self, stem: str) -> bool:
        """Whether a page holds a word of this stem, or a synonym leads from it."""
        return stem in self.stems or stem in self.synonym_stems

    def without(self, words: frozenset[str]) -> Knowledge:
        """The same, without words that no public page holds just now."""
        stems = _stems(self.language, words)
        left = self.words - words
        still = _stems(self.language, left) if stems else frozenset()
        return replace(
            self,
            words=left,
            title_words=self.title_words - words,
            stems=self.stems - (stems - still),
        )

    @cached_property
    def correct_words(self) -> frozenset[str]:
        """What slips may be set right to: words of pages and of synonyms."""
        return self.words | self.synonym_words

    @cached_property
    def names(self) -> frozenset[str]:
        """The single words that medicines of this portal are called by."""
        parts = {word for name in self.medicines for word in name}
        return frozenset(
            word
            for word in parts
            if len(word) >= SHORTEST and not is_real_word(word, self.language)
        ) | {name[0] for name in self.medicines if len(name) == 1}

    def pages_named(self, word: str) -> frozenset[int]:
        """The medicines with this word in a name, or in a synonym that is a brand."""
        own = self._pages_by_word.get(word, frozenset())
        stem = _stem(self.language, word)
        ways = self.synonyms.get((stem,), ())
        brands = (self._pages_by_stems.get(way.stems, frozenset()) for way in ways)
        return own.union(*brands)

    @cached_property
    def _pages_by_stems(self) -> dict[tuple[str, ...], frozenset[int]]:
        return {
            tuple(_stem(self.language, word) for word in name): pages
            for name, pages in self.medicines.items()
        }

    def without_medicines(self, hidden: frozenset[int]) -> Knowledge:
        """The same, without medicines whose pages are not public just now."""
        medicines = {
            name: pages - hidden
            for name, pages in self.medicines.items()
            if pages - hidden
        }
        return replace(self, medicines=medicines)

    @cached_property
    def _pages_by_word(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for name, pages in self.medicines.items():
            for word in name:
                found[word] |= pages
        return {word: frozenset(pages) for word, pages in found.items()}


def _read(language: str) -> Knowledge:
    """Three statements: the words, the medicines, the synonyms."""
    analyser = Analyser(language)
    held = SearchWord.objects.filter(language=language)
    in_title = dict(held.values_list("word", "in_title"))
    words = frozenset(in_title)
    rows = list(Synonym.objects.filter(language=language))
    synonyms = _synonyms(rows, analyser)
    return Knowledge(
        language=language,
        words=words,
        title_words=frozenset(word for word in words if in_title[word]),
        stems=_stems(language, words),
        medicines=_medicines(language),
        synonyms=synonyms,
        synonym_stems=frozenset(stem for key in synonyms for stem in key),
        synonym_words=frozenset(
            word
            for row in rows
            for word in folded_words(row.words)
            if len(word) >= SHORTEST and word.isalpha()
        ),
        longest_synonym=max(map(len, synonyms), default=1),
    )


_analysers: dict[str, Analyser] = {}
_one_at_a_time = Lock()


def _stem(language: str, word: str) -> str:
    (stem,) = _stems(language, [word])
    return stem


def _stems(language: str, words: Iterable[str]) -> frozenset[str]:
    """The stems of all words; what was stemmed for an edition before is kept."""
    with _one_at_a_time:
        analyser = _analysers.setdefault(language, Analyser(language))
        return frozenset(analyser.stems(words))


#: `knowledge(language, edition)`: read once an edition and process.
knowledge = kept_by_edition(_read)


def _medicines(language: str) -> dict[tuple[str, ...], frozenset[int]]:
    rows = SearchDocument.objects.filter(language=language, kind=Kind.MEDICINE)
    found: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for page_id, names in rows.values_list("page_id", "names"):
        for name in names.splitlines():
            found[tuple(name.split())].add(page_id)
    return {name: frozenset(pages) for name, pages in found.items()}


def _synonyms(
    rows: Iterable[Synonym], analyser: Analyser
) -> dict[tuple[str, ...], tuple[Way, ...]]:
    found: dict[tuple[str, ...], dict[tuple[str, ...], float]] = defaultdict(dict)
    for row in rows:
        words, means = (_key(text, analyser) for text in (row.words, row.means))
        if not words or not means or words == means:
            continue
        weight = NARROWER if row.kind == SynonymKind.RELATED else SAME
        found[words][means] = weight
        if row.both_ways:
            found[means][words] = weight
    return {
        words: tuple(Way(means, weight) for means, weight in ways.items())
        for words, ways in found.items()
    }


def _key(text: str, analyser: Analyser) -> tuple[str, ...]:
    return tuple(analyser.stems(analyser.telling(folded_words(text))))
