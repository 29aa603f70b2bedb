"""What the versions of pages hold, many at a time, and how pages are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from modelcluster.models import get_all_child_relations

from education.models import ClinicalPage, HomePage, SectionPage, Tag
from education.models.manuscript import stored_content
from education.page_files.building import PAGE_TYPES
from education.page_files.describing import Names
from education.page_files.links import Place
from education.page_files.shape import TagRow
from education.vocabulary import BodyPlace, Kind, TagGroup

#: Pages that are in mind at once.
AT_ONCE = 200


class Version(StrEnum):
    """Which version of each page: the newest, or the one that the public reads."""

    DRAFT = "draft"
    LIVE = "live"


def contents(
    language: str, version: Version, kind: Kind
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Key and content of every page of the kind, by address; private ones too.

    A few statements for each 200 pages.
    """
    pages = ClinicalPage.objects.of_kind(kind).filter(locale__language_code=language)
    if version == Version.LIVE:
        pages = pages.filter(live=True)
    keys = list(pages.order_by("slug", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        yield from _some(kind, keys[start : start + AT_ONCE], version)


def _some(
    kind: Kind, keys: Sequence[int], version: Version
) -> Iterator[tuple[int, dict[str, Any]]]:
    held: dict[int, dict[str, Any]] = {}
    if version == Version.DRAFT:
        newest = ClinicalPage.objects.filter(
            pk__in=keys, latest_revision__isnull=False
        ).order_by()
        held = dict(newest.values_list("pk", "latest_revision__content"))
    if others := [key for key in keys if key not in held]:
        page_type = PAGE_TYPES[kind]
        rows = [each.get_accessor_name() for each in get_all_child_relations(page_type)]
        pages = page_type.objects.filter(pk__in=others).order_by()
        for page in pages.prefetch_related(*rows):
            held[page.pk] = stored_content(page)
    for key in keys:
        if key in held:  # else it was deleted meanwhile
            yield key, held[key]


def names(language: str, version: Version) -> tuple[Names, dict[int, str]]:
    """How pages and tags are called in files, and the address of each page."""
    tags = dict(Tag.every.values_list("pk", "slug"))
    merged = Tag.objects.successors()
    places = dict(_places(version))
    slugs = {pk: place.slug for pk, place in places.items() if place.slug}
    found = Names(
        language=language,
        tags={pk: tags[merged.get(pk, pk)] for pk in tags},
        places=places,
    )
    return found, slugs


def _places(version: Version) -> Iterator[tuple[int, Place]]:
    home = HomePage.objects.values_list("pk", "locale__language_code")
    yield from ((pk, Place(language)) for pk, language in home)
    sections = SectionPage.objects.values_list("pk", "locale__language_code", "kind")
    yield from ((pk, Place(code, Kind(kind))) for pk, code, kind in sections)
    fields = ["pk", "locale__language_code", "kind", "slug"]
    new = "latest_revision__content__slug" if version == Version.DRAFT else "slug"
    rows = list(ClinicalPage.objects.order_by().values_list(*fields, new))
    times = Counter((code, kind, new or now) for _, code, kind, now, new in rows)
    for pk, code, kind, now, new in rows:
        # Two drafts that ask for one address keep those that they have.
        slug = new if new and times[code, kind, new] == 1 else now
        yield pk, Place(code, Kind(kind), slug)


def tag_rows() -> list[TagRow]:
    """The whole vocabulary, in the order in which it grew."""
    return [
        TagRow(
            tag.slug,
            tag.name,
            TagGroup(tag.group),
            tag.description,
            [BodyPlace(place) for place in tag.body_places],
            {
                each.language: each.label
                for each in sorted(tag.labels.all(), key=lambda row: row.language)
            },
        )
        for tag in Tag.objects.order_by("pk").prefetch_related("labels")
    ]
