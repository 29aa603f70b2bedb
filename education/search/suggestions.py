"""The names of a page as they are begun: what typed letters are completed to.

Each row of `Suggestion` is a name from one of its words on, so that "calf" begins "calf
cramps" for the page "Leg and calf cramps".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum

from education.models import Suggestion
from education.search.analysis import folded_words, is_little
from education.vocabulary import AliasKind, BrandStatus, Kind

LONGEST_OPENING = Suggestion._meta.get_field("opening").max_length
LONGEST_TEXT = Suggestion._meta.get_field("text").max_length
#: Longer names are begun at their first words only.
MOST_BEGINNINGS = 12


class Place(IntEnum):
    """Whose names come first. The number after each: begun at a later word."""

    MEDICINE = 0
    TOPIC = 2
    BRAND = 4
    OTHER_NAME = 6
    QUESTION = 8
    ASKED_AS = 10


PLACES = [place + later for place in Place for later in (0, 1)]
TITLES = {
    Kind.MEDICINE: Place.MEDICINE,
    Kind.TOPIC: Place.TOPIC,
    Kind.QUESTION: Place.QUESTION,
}
Named = tuple[Place, str, str]


def openings(
    page_id: int,
    language: str,
    kind: str,
    title: str,
    *,
    generic: str = "",
    brands: Iterable[tuple[str, str]] = (),
    aliases: Iterable[tuple[str, str]] = (),
) -> list[Suggestion]:
    """The rows of one published page, unsaved.

    `brands` are pairs of a name and a `BrandStatus`, `aliases` of a text and an
    `AliasKind`. What was only asked so is found and never shown.
    """
    found: dict[str, tuple[int, str]] = {}
    for place, name, text in _names(Kind(kind), title, generic, brands, aliases):
        for later, opening in _begun(name, language):
            row = (place + later, text[:LONGEST_TEXT])
            found[opening] = min(found.get(opening, row), row)
    return [
        Suggestion(
            page_id=page_id, language=language, place=place, opening=opening, text=text
        )
        for opening, (place, text) in found.items()
    ]


def _names(
    kind: Kind,
    title: str,
    generic: str,
    brands: Iterable[tuple[str, str]],
    aliases: Iterable[tuple[str, str]],
) -> Iterator[Named]:
    """Each name with its place and with what readers are shown for it."""
    yield TITLES[kind], title, title
    if generic:
        yield TITLES[kind], generic, title
    aliases = list(aliases)
    brands = [*brands, *(row for row in aliases if row[1] == AliasKind.BRAND)]
    for name, status in brands:
        holds = "with " if status == BrandStatus.COMBINATION else ""
        yield Place.BRAND, name, f"{name} ({holds}{generic or title})"
    for name, sort in aliases:
        if sort == AliasKind.ASKED_AS:
            yield Place.ASKED_AS, name, title
        elif sort != AliasKind.BRAND:
            yield Place.OTHER_NAME, name, f"{name}: {title}"


def _begun(name: str, language: str) -> Iterator[tuple[int, str]]:
    """The name from each word on at which it may be begun; 1 after the first word."""
    words = folded_words(name)
    starts = [
        n for n, word in enumerate(words) if n == 0 or not is_little(word, language)
    ]
    for start in starts[:MOST_BEGINNINGS]:
        yield int(start > 0), " ".join(words[start:])[:LONGEST_OPENING].strip()
    joined = folded_words(name.replace("-", "").replace("\u2010", ""))
    if joined != words:  # "x ray" and "xray"
        yield 0, " ".join(joined)[:LONGEST_OPENING].strip()
