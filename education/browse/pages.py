"""The home page, the sections, and the pages themselves."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from education.browse.a_to_z import all_words, letters_in_use
from education.browse.choices import (
    count_by_kind,
    letter_choices,
    tag_choices,
    tag_shelves,
)
from education.browse.letters import by_letter, firsts_of
from education.browse.listing import Listing
from education.language import current_language
from education.models import ClinicalPage, HomePage, SectionPage, Tag
from education.models.gone import answer_instead
from education.reading import read_only

NEWEST = 6


@read_only
def home(request: HttpRequest) -> HttpResponse:
    language, now = current_language(), timezone.now()
    page = HomePage.objects.published(language, now).first()
    if page is None:
        raise Http404("No home page is published.")
    pages = ClinicalPage.objects.published(language, now)
    letters = letters_in_use(all_words(language, now))
    counts = count_by_kind(pages)
    sections = SectionPage.objects.published(language, now).order_by("path")
    context = page.get_context(request) | {
        "sections": [(section, counts.get(section.kind, 0)) for section in sections],
        "shelves": tag_shelves(Tag.objects.with_page_counts(pages).grouped()),
        "letters": letter_choices(Listing(), letters),
        "most_needed": page.most_needed(language, now).as_listed(),
        "newest": pages.newest().as_listed()[:NEWEST],
    }
    return TemplateResponse(request, page.get_template(request), context)


@read_only
def section(request: HttpRequest, section: str) -> HttpResponse:
    language, now = current_language(), timezone.now()
    page = get_object_or_404(SectionPage.objects.published(language, now), slug=section)
    listing = Listing.asked_for(request.GET, "tag", "letter")
    everything = page.pages(language, now)
    pages = listing.narrowed(everything)
    firsts = by_letter(firsts_of(pages, "title"))
    tags = Tag.objects.with_page_counts(everything).grouped()
    found = listing.under_letter(pages, firsts).alphabetical()
    context = page.get_context(request) | {
        "letters": letter_choices(listing, firsts),
        "shelves": tag_choices(listing, tags),
        "feed": reverse("feed", args=[page.slug]),
        **listing.context(found),
    }
    return TemplateResponse(
        request, page.get_template(request), context, status=listing.status
    )


@read_only
def page(request: HttpRequest, section: str, page: str) -> HttpResponse:
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    found = pages.at(section, page).with_parts().first()
    if found is None:
        return answer_instead(request, f"/{section}/{page}/")
    return found.as_its_kind().serve(request)


@read_only
def nothing_here(request: HttpRequest, path: str) -> HttpResponse:
    """Stands where Wagtail would serve pages, so that it knows their addresses."""
    raise Http404(f"There is no page at {path}.")
