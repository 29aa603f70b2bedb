"""The tags that come with pages: made by whoever may add tags, else left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from education.models import Tag, TagLabel
from education.page_files.shape import TAGS_FILE, TagRow
from education.transfer.checking import sentences


class Told(Protocol):
    tags: list[str]
    refused: list[str]


def known_tags() -> dict[str, str]:
    """The address of each tag by every address that leads to it."""
    slugs = dict(Tag.every.values_list("pk", "slug"))
    merged = Tag.objects.successors()
    return {slug: slugs[merged.get(pk, pk)] for pk, slug in slugs.items()}


def make_tags(rows: Iterable[TagRow], person: User | None, told: Told) -> list[str]:
    """Make the tags that are missing; a sentence for each that breaks a rule.

    Those that are there stay as they are. Without somebody who may add tags none is
    made, and the report says so.
    """
    known = known_tags()
    missing = [row for row in rows if row.slug not in known]
    if not person or not person.has_perm("education.add_tag"):
        who = f"{person} may not" if person else "Nobody was named who may"
        told.refused += [
            f'{TAGS_FILE}: {who} add tags, so "{row.slug}" was not made.'
            for row in missing
        ]
        return []
    problems = []
    for row in missing:
        try:
            _make(row)
            told.tags.append(row.slug)
        except ValidationError as error:
            problems += [
                f'{TAGS_FILE}: "{row.slug}": {each}' for each in sentences(error)
            ]
    return problems


def _make(row: TagRow) -> None:
    tag = Tag(
        slug=row.slug,
        name=row.label,
        group=row.group,
        description=row.description,
        body_places=list(row.body_places),
    )
    tag.full_clean()
    tag.labels = [
        TagLabel(language=language, label=label)
        for language, label in row.labels.items()
    ]
    for label in tag.labels.all():
        label.full_clean(exclude=["tag"], validate_constraints=False)
    tag.save()
