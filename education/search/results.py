"""What was found, as the page of results shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from education.models import ClinicalPage, Tag, public_address
from education.search.analysis import Analyser
from education.search.facets import tags_of
from education.search.knowledge import Knowledge
from education.search.opened import opening_address
from education.search.query import Query, tag_that_may_exist
from education.search.ranking import Candidate
from education.search.snippets import Piece, snippet
from education.vocabulary import Kind


@dataclass(frozen=True)
class Result:
    """A page in the list of results. `says` are the words that match, in context."""

    page_id: int
    title: str
    kind: str
    address: str
    says: list[Piece]
    tags: list[Tag]
    reviewed_on: date | None
    is_pinned: bool = False

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class OfferedSearch:
    """A search that the reader may have meant."""

    text: str
    address: str


def results(
    pages: Iterable[Candidate],
    query: Query,
    tags: Mapping[int, Tag],
    pinned: Iterable[int] = (),
    token: str = "",
) -> list[Result]:
    """These pages for the reader, in their order; no statement.

    With a token of `counting`, their addresses count that they were opened.
    """
    analyser = Analyser(query.language)
    first = set(pinned)
    return [
        Result(
            page_id=page.page_id,
            title=page.title,
            kind=page.kind,
            address=(
                opening_address(token, page.page_id)
                if token
                else public_address(page.url_path)
            ),
            says=snippet(page, query.asked, analyser),
            tags=[tags[pk] for pk in tags_of(page) if pk in tags],
            reviewed_on=_day(page.reviewed_at),
            is_pinned=page.page_id in first,
        )
        for page in pages
    ]


def offers_of(
    query: Query, known: Knowledge, public: Collection[int]
) -> list[OfferedSearch]:
    """Searches for the medicines that may be meant and have one of the public pages."""
    return [
        OfferedSearch(offer.text, query.for_text(offer.text).address)
        for offer in query.offers
        if not known.pages_named(offer.name).isdisjoint(public)
    ]


def results_by_name(ids: list[int], language: str, now: datetime) -> list[Result]:
    """These pages as far as they are published, without a word from the index."""
    pages = ClinicalPage.objects.published(language, now).filter(pk__in=ids)
    rows = pages.with_review_date()
    found = {
        page.pk: Result(
            page_id=page.pk,
            title=page.title,
            kind=page.kind,
            address=page.address,
            says=[Piece(page.summary, False)],
            tags=[],
            reviewed_on=_day(page.reviewed_at),
        )
        for page in rows
    }
    return [found[pk] for pk in ids if pk in found]


def tags_for(
    pages: Iterable[Candidate], query: Query, now: datetime
) -> tuple[dict[int, Tag], Tag | None]:
    """The tags that the pages carry by their keys, and the one that was asked for.

    That one is None where no public page carries it. One statement, or none.
    """
    ids = {pk for page in pages for pk in tags_of(page)}
    slug = tag_that_may_exist(query.tag)
    if not ids and not slug:
        return {}, None
    wanted = Q(pk__in=ids)
    if slug:
        public = ClinicalPage.objects.published(query.language, now)
        carried = Tag.objects.carried_by(public).filter(slug=slug)
        wanted |= Q(pk__in=carried.values("pk"))
    tags = {tag.pk: tag for tag in Tag.objects.filter(wanted).order_by("name")}
    asked = next((tag for tag in tags.values() if tag.slug == slug), None)
    return tags, asked


def _day(moment: datetime | str) -> date | None:
    return timezone.localdate(moment) if isinstance(moment, datetime) else None
