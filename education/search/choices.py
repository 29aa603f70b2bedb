"""The ways to narrow what was found that its reader can choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from education.models import Tag
from education.search.query import Query
from education.vocabulary import Kind, TagGroup


@dataclass(frozen=True)
class Choice:
    """One way to narrow the results."""

    label: str
    address: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Shelf:
    """Ways to narrow the results by tags of one group, under the group's name."""

    label: str
    items: list[Choice]


def kind_choices(query: Query) -> list[Choice]:
    """All kinds together, then each kind."""
    labels = [(None, "All"), *((kind, kind.plural) for kind in Kind)]
    return [
        Choice(label, query.narrowed(kind=kind).address, query.kind is kind)
        for kind, label in labels
    ]


def tag_choices(query: Query, ids: list[int]) -> list[Shelf]:
    """The tags of these pages by group, unless one was asked for; one statement."""
    if query.tag or query.is_refused or not ids:
        return []
    tags = Tag.objects.filter(tagged_pages__content_object__in=ids)
    return _shelved(query, tags.grouped().distinct())


def _shelved(query: Query, tags: Iterable[Tag]) -> list[Shelf]:
    groups: dict[str, list[Choice]] = {}
    for tag in tags:
        choice = Choice(tag.name, query.narrowed(tag=tag).address)
        groups.setdefault(tag.group, []).append(choice)
    return [Shelf(str(TagGroup(group).label), items) for group, items in groups.items()]
