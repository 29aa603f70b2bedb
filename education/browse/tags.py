"""The tags, and everything that carries one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from education.browse.choices import (
    count_by_kind,
    kind_choices,
    tag_choices,
    tag_shelves,
)
from education.browse.listing import Listing
from education.language import current_language
from education.models import ClinicalPage, Tag
from education.models.gone import answer_instead_of_tag
from education.reading import read_only


@read_only
def tags(request: HttpRequest) -> HttpResponse:
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    context = {"shelves": tag_shelves(Tag.objects.with_page_counts(pages).grouped())}
    return TemplateResponse(request, "education/tags.html", context)


@read_only
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    everything = ClinicalPage.objects.published(current_language(), timezone.now())
    # A tag that only drafts carry is not there: its word was approved with no page.
    tag = Tag.objects.carried_by(everything).filter(slug=slug).first()
    if tag is None:
        return answer_instead_of_tag(request, slug)
    listing = Listing.asked_for(request.GET, "kind", "and")
    tagged = everything.tagged(tag.slug)
    beside = Tag.objects.exclude(pk=tag.pk).with_page_counts(listing.of_kind(tagged))
    context = {
        "tag": tag,
        "crumbs": [("Tags", reverse("tags"))],
        "feed": reverse("tag_feed", args=[tag.slug]),
        "kinds": kind_choices(listing, count_by_kind(listing.with_tag(tagged))),
        "shelves": tag_choices(listing, beside.grouped()),
        **listing.context(listing.narrowed(tagged).alphabetical()),
    }
    return TemplateResponse(
        request, "education/tag.html", context, status=listing.status
    )
