"""The ways to narrow a list that its reader can choose from."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Count

from education.browse.letters import LETTERS
from education.browse.listing import Listing
from education.models import ClinicalPageQuerySet, Tag
from education.narrowing import Choice, Shelf
from education.vocabulary import Kind, TagGroup


def count_by_kind(pages: ClinicalPageQuerySet) -> dict[str, int]:
    """How many of the pages there are of each kind; one statement."""
    rows = pages.order_by().values("kind").annotate(count=Count("pk"))
    return dict(rows.values_list("kind", "count"))


def kind_choices(listing: Listing, counts: dict[str, int]) -> list[Choice]:
    """All kinds, then each kind that there are pages of, or that is chosen."""
    total = sum(counts.values())
    return [Choice("All", listing.without_kind, total, not listing.kind)] + [
        Choice(
            kind.plural,
            listing.address_with(kind=kind.value),
            counts.get(kind, 0),
            kind == listing.kind,
        )
        for kind in Kind
        if counts.get(kind) or kind == listing.kind
    ]


def letter_choices(listing: Listing, found: Collection[str]) -> list[Choice]:
    """Every letter; those under which something stands lead somewhere."""
    return [
        Choice(
            letter,
            listing.address_with(letter=letter) if letter in found else "",
            is_chosen=letter == listing.letter,
        )
        for letter in LETTERS
    ]


def tag_shelves(tags: Iterable[Tag]) -> list[Shelf]:
    """The tags by group, in the order in which they come."""
    return _shelved((tag.group, tag) for tag in tags)


def tag_choices(listing: Listing, tags: Iterable[Tag]) -> list[Shelf]:
    """The tags by group, as ways to narrow the list; each has a `page_count`."""
    return _shelved(
        (
            tag.group,
            Choice(
                tag.name,
                listing.address_with(**{listing.tag_parameter: tag.slug}, letter=""),
                tag.page_count,
                tag == listing.tag,
            ),
        )
        for tag in tags
    )


def _shelved(items: Iterable[tuple[str, Tag | Choice]]) -> list[Shelf]:
    groups: dict[str, list[Tag | Choice]] = {}
    for group, item in items:
        groups.setdefault(group, []).append(item)
    return [Shelf(str(TagGroup(group).label), items) for group, items in groups.items()]
