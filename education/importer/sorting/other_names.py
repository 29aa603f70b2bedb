"""Other names of things, as a document gives them: "X, also known as Y or Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from education.importer.sorting.asking import spoken, stem_of
from education.importer.sources import SourceDocument

MOST_WORDS = 4
_WORDS = r"[\w'’-]+(?: [\w'’-]+){0,3}"
_CALLED = re.compile(
    r"\b(?:called|known as|named|referred to as) (?P<others>[^.,;:()?]{2,60})",
    re.IGNORECASE,
)
_LEADING_UP = """
    which is are also sometimes often commonly better medically or it people may can be
    them been usually simply
"""
_BEFORE_CALLED = frozenset(_LEADING_UP.split())
_APPOSED = re.compile(
    rf"^(?P<name>{_WORDS}), or (?P<others>{_WORDS}), (?:is|are|refers?|happens?)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r" \((?P<others>[A-Z][A-Za-z]{1,7})\)")
#: What says outright that two names mean one thing; "called" alone may name a kind.
_ONE_THING = re.compile(
    r"\b(?:also|otherwise|commonly|better|formally|medically|sometimes|often) "
    r"(?:\w+ )?(?:called|known as|named|termed|referred to as) "
    r"(?P<others>[^.,;:()?]{2,60})",
    re.IGNORECASE,
)
_TERM_FOR = re.compile(
    rf"(?P<name>{_WORDS}) is (?:the|a|another) (?:medical |clinical |scientific |"
    rf"technical |formal |other )?(?:term|name|word) for "
    rf"(?P<others>[^.,;:()?]{{2,60}})",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(r"called|known as|named|termed|referred|(?:term|name|word) for")
_LONGEST_BEFORE = 80
_STARTS = re.compile(
    r"^(?:(?:an?|the|some|people|may|it|they|we|them|these|this|as|in|is|are)\s+)+",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s+(?:in|by|for|is|are|because|that|which|when|and|who|happens?|refers?|was)\b.*$",
    re.IGNORECASE,
)


def other_names_in(document: SourceDocument) -> tuple[tuple[str, str], ...]:
    """Pairs of names that the document gives to one thing, in lower case."""
    pairs = dict.fromkeys(
        pair
        for line in document.lines
        if not line.text.rstrip().endswith("?")
        for pair in pairs_in(line.text)
    )
    return tuple(pairs)


def names_of_one_thing(document: SourceDocument) -> tuple[tuple[str, str], ...]:
    """Pairs of which the document says outright that they are one: "also called".

    What stands in front may be longer than the name: it is cut where a sentence or a
    clause begins, and nowhere else.
    """
    pairs = dict.fromkeys(
        pair
        for line in document.lines
        if _SAYS_SO.search(line.text) and not line.text.rstrip().endswith("?")
        for pair in _said_to_be_one(line.text)
    )
    return tuple(pairs)


def _said_to_be_one(text: str) -> Iterator[tuple[str, str]]:
    for match in _TERM_FOR.finditer(text):
        yield from _pairs(match["name"], match["others"])
    for match in _ONE_THING.finditer(text):
        start = max(0, match.start() - _LONGEST_BEFORE)
        name = _name_at_the_end(text[start : match.start()])
        if name:
            yield from _pairs(name, match["others"])


@lru_cache(maxsize=20_000)
def stems_of(name: str) -> frozenset[str]:
    """The stems of a name, to compare it with what a question is about."""
    return frozenset(stem_of(word) for word in spoken(name).split())


def pairs_in(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of names that a text gives to one thing."""
    apposed = _APPOSED.match(text)
    if apposed:
        yield from _pairs(apposed["name"], apposed["others"])
    for match in (*_CALLED.finditer(text), *_BRACKETED.finditer(text)):
        start = max(0, match.start() - _LONGEST_BEFORE)
        name = _name_at_the_end(text[start : match.start()])
        if name:
            yield from _pairs(name, match["others"])


def _name_at_the_end(text: str) -> str:
    """The last words of a text, as far as they can be one name."""
    words = text.replace("(", ", ").split()
    while words and words[-1].strip(",").lower() in _BEFORE_CALLED:
        words.pop()
    name: list[str] = []
    while words and len(name) < MOST_WORDS:
        word = words.pop()
        if name and word[-1] in ",.;:!?":
            break
        name.insert(0, word.rstrip(",.;:!?"))
    return " ".join(name)


def _pairs(name: str, others: str) -> Iterator[tuple[str, str]]:
    names = (_tidied(each) for each in (name, *re.split(",? or ", others)))
    yield from combinations(filter(_is_name, dict.fromkeys(names)), 2)


def _is_name(text: str) -> bool:
    return len(text) > 2 and len(text.split()) <= MOST_WORDS


def _tidied(name: str) -> str:
    plain = _ENDS.sub("", _STARTS.sub("", " ".join(name.split()))).strip(" ,.\"“”'")
    return plain if plain.isupper() else plain.lower()
