"""The ways to narrow what was found, each with how many pages there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from education.models import Tag
from education.narrowing import Choice, Shelf
from education.search.query import Query
from education.search.ranking import Candidate
from education.vocabulary import Kind, TagGroup

#: So many tags of a group are offered, those that most of the pages carry.
MOST_TAGS = 8


def kind_choices(query: Query, pages: Iterable[Candidate]) -> list[Choice]:
    """All kinds together, then each kind that was found or is chosen."""
    counts = Counter(page.kind for page in pages)
    every = Choice(
        "All", query.narrowed(kind=None).address, counts.total(), query.kind is None
    )
    return [every] + [
        Choice(
            kind.plural,
            query.narrowed(kind=kind).address,
            counts[kind],
            query.kind is kind,
        )
        for kind in Kind
        if counts[kind] or query.kind is kind
    ]


def tag_choices(
    query: Query, pages: Iterable[Candidate], tags: Mapping[int, Tag]
) -> list[Shelf]:
    """The tags of these pages by group, the most frequent first, unless one is chosen.

    A tag that all of the pages carry does not narrow them and is left out.
    """
    if query.tag:
        return []
    ids = [tags_of(page) for page in pages]
    counts = Counter(pk for each in ids for pk in each if pk in tags)
    groups: dict[str, list[Choice]] = {}
    ordered = sorted(counts, key=lambda pk: (-counts[pk], tags[pk].name.casefold()))
    for pk in ordered:
        tag = tags[pk]
        choices = groups.setdefault(tag.group, [])
        if len(choices) < MOST_TAGS and counts[pk] < len(ids):
            choices.append(
                Choice(tag.name, query.narrowed(tag=tag.slug).address, counts[pk])
            )
    return [
        Shelf(str(group.label), groups[group])
        for group in TagGroup
        if groups.get(group)
    ]


def tags_of(page: Candidate) -> list[int]:
    """The keys of the tags that a page carries."""
    return [int(pk) for pk in page.tag_ids.split()]
