"""Up to four medicines side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from education.comparing.asked import MOST, Asked
from education.comparing.rows import Link, link_to, rows_of
from education.language import current_language
from education.models import (
    ClinicalPage,
    ClinicalPageQuerySet,
    MedicationPage,
    MedicationUse,
    TaggedPage,
)
from education.reading import read_only
from education.vocabulary import Kind, TagGroup

#: A list to choose from that is longer than this helps nobody.
MOST_OFFERED = 500

Links = Mapping[int, Sequence[Link]]


@dataclass(frozen=True)
class Column:
    """One medicine; `without` is the address of the comparison when it is removed."""

    page: MedicationPage
    reviewed_at: datetime | None
    is_overdue: bool
    without: str


@read_only
def compare(request: HttpRequest) -> HttpResponse:
    language, now = current_language(), timezone.now()
    published = ClinicalPage.objects.published(language, now)
    medicines = published.of_kind(Kind.MEDICINE)
    asked = Asked.for_query(request.GET, medicines)
    columns = _columns(asked, medicines, now)
    pages = [column.page for column in columns]
    context: dict[str, Any] = {
        "notices": asked.notices,
        "crumbs": [(Kind.MEDICINE.plural, Kind.MEDICINE.address)],
        "columns": columns,
        "most": MOST,
        "places": range(1, asked.places_to_offer + 1),
        "offers": _offers(asked, medicines),
        "rows": [],
    }
    if len(columns) > 1:
        topics = published.of_kind(Kind.TOPIC)
        context["rows"] = rows_of(pages, _classes(pages), _uses(pages, topics))
    return TemplateResponse(
        request, "education/compare.html", context, status=asked.status
    )


def _columns(
    asked: Asked, medicines: ClinicalPageQuerySet, now: datetime
) -> list[Column]:
    if not asked.slugs:
        return []
    found = (
        medicines.filter(slug__in=asked.slugs)
        .select_related("medicationpage")
        .with_review_date()
        .annotate(overdue_on=F("review_schedule__overdue_on"))
    )
    today = timezone.localdate(now)
    columns = {
        page.slug: Column(
            page.as_its_kind(),
            page.reviewed_at,
            bool(page.overdue_on and page.overdue_on <= today),
            asked.without(page.slug),
        )
        for page in found
    }
    return [columns[slug] for slug in asked.slugs if slug in columns]


def _offers(asked: Asked, medicines: ClinicalPageQuerySet) -> list[tuple[str, str]]:
    """The slugs and titles of medicines that can be added."""
    if asked.is_full:
        return []
    others = medicines.exclude(slug__in=asked.slugs).alphabetical()
    return list(others.values_list("slug", "title")[:MOST_OFFERED])


def _classes(pages: Collection[MedicationPage]) -> Links:
    rows = TaggedPage.objects.filter(
        content_object__in=[page.pk for page in pages],
        tag__group=TagGroup.MEDICINE_CLASS,
    )
    links: dict[int, list[Link]] = defaultdict(list)
    for row in rows.select_related("tag").order_by("tag__name"):
        links[row.content_object_id].append(Link(row.tag.name, row.tag.address))
    return links


def _uses(pages: Collection[MedicationPage], topics: ClinicalPageQuerySet) -> Links:
    rows = MedicationUse.objects.filter(
        page__in=[page.pk for page in pages], topic__in=topics.values("pk")
    )
    links: dict[int, list[Link]] = defaultdict(list)
    named = rows.order_by("sort_order", "pk").values_list(
        "page_id", "topic__title", "topic__url_path"
    )
    for page_id, title, url_path in named:
        links[page_id].append(link_to(title, url_path))
    return links
