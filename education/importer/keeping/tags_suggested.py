"""Tags that fit what is asked: only such as there are, none is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import snowballstemmer

from education.models import Synonym, Tag
from education.models.faqs import question_key

_STEMMED_IN = {"en": "english", "es": "spanish"}

#: More than that says nothing about a page any more.
MOST = 8


def suggested_tags(texts: Iterable[str], language: str) -> list[Tag]:
    """Tags whose name, label or synonym stands in a text; in three statements."""
    said = [_stems(text, language) for text in texts]
    tags = list(Tag.objects.prefetch_related("labels").order_by("name"))
    also = _synonyms(language)
    return [
        tag
        for tag in tags
        if any(
            _holds(text, words)
            for words in _ways_to_say(tag, language, also)
            for text in said
        )
    ][:MOST]


def _synonyms(language: str) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """What people say, by what it means."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    rows = Synonym.objects.filter(language=language).values_list("words", "means")
    for words, means in rows:
        found.setdefault(_stems(means, language), []).append(_stems(words, language))
    return found


def _ways_to_say(
    tag: Tag, language: str, also: dict[tuple[str, ...], list[tuple[str, ...]]]
) -> Iterator[tuple[str, ...]]:
    for word in {tag.name, tag.label_in(language)}:
        stems = _stems(word, language)
        yield stems
        yield from also.get(stems, ())


def _holds(text: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the words stand in the text one after the other."""
    size = len(words)
    return bool(words) and any(
        text[start : start + size] == words for start in range(len(text) - size + 1)
    )


@lru_cache(maxsize=5000)
def _stems(text: str, language: str) -> tuple[str, ...]:
    stem = snowballstemmer.stemmer(_STEMMED_IN.get(language, "english")).stemWord
    return tuple(stem(word) for word in re.findall(r"\w+", question_key(text)))
