from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db import DatabaseError
from django.db.models import Prefetch
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from education.language import current_language
from education.models import ClinicalPage, Tag, TaggedPage
from education.paging import part_of
from education.reading import read_only
from education.search.choices import kind_choices, tag_choices
from education.search.finding import Answer, find
from education.search.query import Query, parse
from education.vocabulary import Kind

PAGE_SIZE = 10

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """A page as the list of results shows it."""

    page: ClinicalPage

    @property
    def says(self) -> str:
        """What the page says in a sentence or two."""
        answer = self.page.faqpage.short_answer if self._is_question else ""
        return answer or self.page.summary

    @property
    def tags(self) -> list[Tag]:
        return [row.tag for row in self.page.tagged_items.all()]

    @property
    def reviewed_on(self) -> date | None:
        signed_at = self.page.reviewed_at
        return timezone.localdate(signed_at) if signed_at else None

    @property
    def _is_question(self) -> bool:
        return self.page.kind == Kind.QUESTION


@read_only
def search(request: HttpRequest) -> TemplateResponse:
    """The search box and what was found. What was typed is neither kept nor logged."""
    now = timezone.now()
    query = parse(request.GET, current_language())
    try:
        answer = find(query, now)
    except DatabaseError as error:
        # Its name only: the message may hold what was typed.
        logger.error("The search index cannot be read: %s", type(error).__name__)
        return out_of_order(request, query)
    part, notice = part_of(answer.pages, request.GET.get("page", ""), PAGE_SIZE)
    context = {
        "query": query,
        "notices": [*query.notices, *([notice] if notice and answer.pages else [])],
        "headline": headline(query, answer),
        "results": results(list(part.object_list), query.language, now),
        "page_obj": part,
        "prefix": f"{query.parameters}&",
        "kinds": kind_choices(query) if answer.pages or query.kind else [],
        "shelves": tag_choices(query, answer.pages.first),
    }
    status = 400 if query.is_refused else 200
    return TemplateResponse(request, "education/search.html", context, status=status)


def out_of_order(request: HttpRequest, query: Query) -> TemplateResponse:
    """The page while the index is missing or broken: other ways to find things."""
    context = {
        "query": query,
        "notices": query.notices,
        "headline": "Search is out of order. Please use the lists below for a while.",
        "results": [],
    }
    return TemplateResponse(request, "education/search.html", context, status=503)


def results(ids: list[int], language: str, now: datetime) -> list[Result]:
    """The pages with these ids that are still published, in this order."""
    if not ids:
        return []
    tags = TaggedPage.objects.select_related("tag").order_by("tag__name")
    pages = (
        ClinicalPage.objects.published(language, now)
        .filter(pk__in=ids)
        .with_review_date()
        .select_related("faqpage")
        .prefetch_related(Prefetch("tagged_items", tags))
    )
    found = {page.pk: Result(page) for page in pages}
    return [found[pk] for pk in ids if pk in found]


def headline(query: Query, answer: Answer) -> str:
    """What came of the search, in a sentence."""
    if not query.terms:
        return "Type a word to search for."
    count = len(answer.pages)
    if not count:
        return "We found no pages with these words."
    pages = "1 page" if count == 1 else f"{count:,} pages"
    if answer.has_all_words:
        return f"{pages} found"
    return f"No page has all of your words. We found {pages} with some of them."
