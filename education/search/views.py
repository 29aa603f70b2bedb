"""The page of results. What was typed is neither logged nor kept by who typed it."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from education.language import current_language
from education.paging import part_of
from education.reading import read_only
from education.search import counting
from education.search.best_bets import pinned_for
from education.search.editions import NO_EDITION, edition_and_surroundings
from education.search.emergencies import Card, card_for
from education.search.facets import kind_choices, tag_choices, tags_of
from education.search.finding import Found, find
from education.search.gone import words_gone
from education.search.knowledge import knowledge
from education.search.query import Query, parse
from education.search.results import offers_of, results, results_by_name, tags_for
from education.search.ways_on import ways_on
from education.search.without_index import NOTHING, NOTICE, titles_like

PAGE_SIZE = 10
#: What stands where the number of pages does, below a card that stands alone.
HELP_FIRST = "Talking with someone can help."
#: How often what was typed is read anew without words that are public no more.
MOST_READINGS = 3

logger = logging.getLogger(__name__)


@read_only
def search(request: HttpRequest) -> TemplateResponse:
    """The search box and what was found."""
    now, language = timezone.now(), current_language()
    try:
        return _answer(request, language, now)
    except DatabaseError as error:
        # Its name only: the message may hold what was typed.
        logger.error("The search index cannot be read: %s", type(error).__name__)
        return _without_index(request, language, now)


def _answer(request: HttpRequest, language: str, now: datetime) -> TemplateResponse:
    edition = edition_and_surroundings(request)
    known = knowledge(language, edition)
    for _ in range(MOST_READINGS):
        query = parse(request.GET, language, known)
        stems = [stem for term in query.asked.terms for stem in term.stems]
        pins = pinned_for(stems, language, edition)
        offered = {pk for offer in query.offers for pk in known.pages_named(offer.name)}
        found = find(query.asked, now, [*pins, *offered])
        public = {page.page_id for page in found.pinned}
        gone = words_gone(query, found, known, now)
        if not gone and offered <= public:
            break
        known = known.without(gone).without_medicines(frozenset(offered - public))
    found = replace(found, pinned=[p for p in found.pinned if p.page_id in pins])
    if counting.is_counted(request) and query.asked.terms:
        total = len(found.pages if found.has_all_words else []) or len(found.pinned)
        counting.note_search(query.text, language, total, now)
    emergency = _emergency(query, edition)
    if emergency and emergency.stands_alone and not query.wants_pages:
        return _card_alone(request, query, emergency)
    if query.is_corrected and not found.pages and not public:
        # Only the correction was known: what was typed finds nothing either.
        query = parse(request.GET, language, known, sets_right=False)
    return _page(
        request,
        query,
        found,
        now,
        emergency=emergency,
        offers=offers_of(query, known, public),
    )


def _emergency(query: Query, edition: str) -> Card | None:
    """The care card that belongs to what was typed, or to what it was taken for."""
    typed = card_for(query.text, query.language, edition)
    if typed is None and query.is_corrected:
        return card_for(query.meant, query.language, edition)
    return typed


def _card_alone(request: HttpRequest, query: Query, card: Card) -> TemplateResponse:
    """The card and nothing that pages say, such as for words of self-harm."""
    context = {
        "query": query,
        "emergency": card,
        "is_alone": True,
        "headline": HELP_FIRST,
    }
    status = 400 if query.is_refused else 200
    return TemplateResponse(request, "education/search.html", context, status=status)


def _page(
    request: HttpRequest,
    query: Query,
    found: Found,
    now: datetime,
    **above: Any,
) -> TemplateResponse:
    """The page with these results, and with what stands `above` them."""
    pinned = {page.page_id for page in found.pinned}
    every = [*found.pinned, *(p for p in found.pages if p.page_id not in pinned)]
    tags, tag = tags_for(every, query, now)
    notices = list(query.notices)
    is_refused = query.is_refused
    if query.tag and tag is None:
        notices.append("We do not know that tag, so you see pages with any tag.")
        query, is_refused = query.without_tag, True
    tagged = [page for page in every if not tag or tag.pk in tags_of(page)]
    shown = [page for page in tagged if query.kind in (None, page.kind)]
    part, notice = part_of(shown, request.GET.get("page", ""), PAGE_SIZE)
    if notice and shown:
        notices.append(notice)
    token = counting.token_for(query.text, query.language)
    context = above | {
        "query": query,
        "tag": tag,
        "notices": notices,
        "headline": headline(query, len(shown), found),
        "results": results(part.object_list, query, tags, pinned, token),
        "page_obj": part,
        "prefix": f"{query.parameters}&",
        "kinds": kind_choices(query, tagged) if every else [],
        "shelves": [] if tag else tag_choices(query, shown, tags),
        "ways_on": (None if shown or tag or above["offers"] else ways_on(query, now)),
    }
    status = 400 if is_refused else 200
    return TemplateResponse(request, "education/search.html", context, status=status)


def headline(query: Query, count: int, found: Found | None = None) -> str:
    """What came of the search, in a sentence; so many pages are shown."""
    if not query.asked.terms:
        return "Type a word to search for."
    if not count:
        return "We found no pages with these words."
    pages = "1 page" if count == 1 else f"{count:,} pages"
    if found and found.is_cut:
        return f"Very many pages have your words. Of those that fit best: {pages}."
    if found is None or found.has_all_words:
        return f"{pages} found"
    return f"No page has all of your words. We found {pages} with some of them."


def _without_index(
    request: HttpRequest, language: str, now: datetime
) -> TemplateResponse:
    """While the index is missing or broken: pages whose names hold the words."""
    query = parse(request.GET, language, None)
    emergency = _emergency_without_index(query)
    if emergency and emergency.stands_alone and not query.wants_pages:
        return _card_alone(request, query, emergency)
    ids = titles_like(query.text, language, now, query.kind, None)
    part, _ = part_of(ids, request.GET.get("page", ""), PAGE_SIZE)
    context = {
        "query": query,
        "emergency": emergency,
        "notices": [*query.notices, NOTICE if ids else NOTHING],
        "headline": headline(query, len(ids)),
        "results": results_by_name(part.object_list, language, now),
        "page_obj": part,
        "prefix": f"{query.parameters}&",
    }
    return TemplateResponse(request, "education/search.html", context)


def _emergency_without_index(query: Query) -> Card | None:
    """The card does not hang on the index; where its own tables fail too, none."""
    try:
        return card_for(query.text, query.language, NO_EDITION)
    except DatabaseError:
        return None
