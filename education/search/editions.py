"""What searches keep in memory, read again when the search edition changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Subquery
from django.http import HttpRequest

from education.models import SearchEdition, SiteAppearance, keep_surroundings

Kept = TypeVar("Kept")

#: Where no edition was written yet, or the table is missing.
NO_EDITION = ""


def current_edition() -> str:
    """The stamp of what is true now; one statement."""
    return SearchEdition.objects.values_list("stamp", flat=True).first() or NO_EDITION


def edition_and_surroundings(request: HttpRequest) -> str:
    """The same, and keep what stands around the page; one statement in all.

    The page of results asks for both at every search.
    """
    stamp = Subquery(SearchEdition.objects.values("stamp")[:1])
    around = SiteAppearance.objects.with_demonstration().annotate(stamp=stamp).first()
    if around is None:
        return current_edition()
    keep_surroundings(request, around)
    return around.stamp or NO_EDITION


def kept_by_edition(
    read: Callable[[str], Kept],
) -> Callable[[str, str], Kept]:
    """Make `read(language)` into `kept(language, edition)`: it reads once an edition.

    What is kept is shared by threads and must not be changed. Only the newest edition
    of each language is kept.
    """
    newest: dict[str, tuple[str, Kept]] = {}

    def kept(language: str, edition: str) -> Kept:
        held = newest.get(language)
        if held is None or held[0] != edition or edition == NO_EDITION:
            held = newest[language] = (edition, read(language))
        return held[1]

    return kept
