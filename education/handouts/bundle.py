"""Several pages as one handout, and the page on which a clinician puts it together.

Nothing is stored: the address says which pages, in which order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from education.handouts.paper import Paper
from education.handouts.sheets import sheet_of
from education.handouts.views import MOST_IN_FILE, as_file, as_page, no_file
from education.language import current_language
from education.models import ClinicalPage
from education.models.gone import instead_at
from education.reading import read_only

MOST_PAGES = 8
MOST_FOUND = 20
LONGEST_QUERY = 100

TOO_MANY = f"A handout holds at most {MOST_PAGES} pages, so the others are left out."
NOT_HERE = "One of the pages is not on the site, so the handout is without it."
NONE_HERE = "None of these pages is on the site. Choose others."
TICK_ONE = "Tick at least one page."

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,255}/[a-zA-Z0-9_-]{1,255}")


@dataclass(frozen=True)
class Bundle:
    """Published pages in the order asked for, and sentences on what is left out."""

    pages: tuple[ClinicalPage, ...]
    notices: tuple[str, ...] = ()
    status: int = 200

    @classmethod
    def asked_for(cls, query: QueryDict, language: str, now: datetime) -> Self:
        """Read each `p` of an address, such as "topics/muscle-cramps"."""
        names = list(dict.fromkeys(name.strip("/ ") for name in query.getlist("p")))
        wanted = names[:MOST_PAGES]
        found = _published([n for n in wanted if _NAME.fullmatch(n)], language, now)
        pages = tuple(dict.fromkeys(found[name] for name in wanted if name in found))
        notices, status = [], 200
        if len(names) > MOST_PAGES:
            notices, status = [TOO_MANY], 400
        if len(found) < len(wanted):
            notices.append(NOT_HERE if pages else NONE_HERE)
            status = 404
        return cls(pages, tuple(notices), status)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name_of(page) for page in self.pages)


def name_of(page: ClinicalPage) -> str:
    """What an address calls the page, such as "topics/muscle-cramps"."""
    return page.address.strip("/")


def _published(
    names: list[str], language: str, now: datetime
) -> dict[str, ClinicalPage]:
    """The pages by these names; one that was merged or moved, under its old name."""
    slugs = [name.partition("/")[2] for name in names]
    published = ClinicalPage.objects.published(language, now).with_parts()
    here = {name_of(page): page for page in published.filter(slug__in=slugs, depth=4)}
    found = {}
    for name in names:
        if page := here.get(name):
            found[name] = page
        elif (moved := instead_at(f"/{name}/", language, now)) and not moved.reason:
            found[name] = moved.page
    return found


@read_only
def bundle(request: HttpRequest) -> HttpResponse:
    asked = Bundle.asked_for(request.GET, current_language(), timezone.now())
    if not asked.pages:
        return choose(request)
    paper = Paper.asked_for(request.GET, asked.names)
    return as_page(request, _context(asked, request, paper), paper)


@read_only
def bundle_pdf(request: HttpRequest) -> HttpResponse:
    asked = Bundle.asked_for(request.GET, current_language(), timezone.now())
    if not asked.pages or asked.notices:
        # The print view says what is wrong; a file could not.
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{reverse('handouts')}?{query}")
    paper = Paper.asked_for(request.GET, asked.names)
    if len(asked.pages) > MOST_IN_FILE:
        return no_file(reverse("handouts") + paper.query, "long")
    return as_file(request, _context(asked, request, paper), paper, "handout")


def _context(asked: Bundle, request: HttpRequest, paper: Paper) -> dict[str, Any]:
    view = reverse("handouts")
    return {
        "sheets": [sheet_of(page, request) for page in asked.pages],
        "title": "Your handout",
        "is_bundle": True,
        "paper": paper,
        "view": view,
        "file": reverse("handouts_pdf"),
        "more": _choosing(asked.names),
        "canonical": request.build_absolute_uri(view + Paper(pages=asked.names).query),
        "notices": list(asked.notices),
        "status": asked.status,
    }


@dataclass(frozen=True)
class Chosen:
    """A page that is in the handout already, and links that change the handout."""

    page: ClinicalPage
    name: str
    earlier: str
    without: str


@read_only
def choose(request: HttpRequest) -> HttpResponse:
    language, now = current_language(), timezone.now()
    asked = Bundle.asked_for(request.GET, language, now)
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = _titled(words, language, now)
    found = found.exclude(pk__in=[page.pk for page in asked.pages])
    context = {
        "chosen": [_chosen(asked, place, words) for place in range(len(asked.pages))],
        "words": words,
        "found": [(name_of(page), page) for page in found.as_listed()[:MOST_FOUND]],
        "view": reverse("handouts") + Paper(pages=asked.names).query,
        "most": MOST_PAGES,
        "notices": [*asked.notices, *_not_ticked(request, asked)],
    }
    return TemplateResponse(
        request, "education/handouts/choose.html", context, status=asked.status
    )


def _not_ticked(request: HttpRequest, asked: Bundle) -> list[str]:
    """The sentence for who pressed the button, which says how many there were."""
    was_pressed_in_vain = request.GET.get("add") == str(len(asked.pages))
    return [TICK_ONE] if was_pressed_in_vain and not asked.notices else []


def _titled(words: str, language: str, now: datetime) -> Any:
    pages = ClinicalPage.objects.published(language, now)
    for word in words.split():
        pages = pages.filter(title__icontains=word)
    return pages.alphabetical() if words else pages.none()


def _chosen(asked: Bundle, place: int, words: str) -> Chosen:
    names = list(asked.names)
    name = names.pop(place)
    before = max(place - 1, 0)
    earlier = [*names[:before], name, *names[before:]]
    return Chosen(
        asked.pages[place],
        name,
        _choosing(earlier, words) if place else "",
        _choosing(names, words),
    )


def _choosing(names: list[str] | tuple[str, ...], words: str = "") -> str:
    asked = [("p", name) for name in names] + ([("q", words)] if words else [])
    query = urlencode(asked, safe="/")
    address = reverse("handouts_choose")
    return f"{address}?{query}" if query else address
