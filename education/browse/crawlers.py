"""What search engines ask for: where they may go, and what there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import escape

from education.language import current_language
from education.models import ClinicalPage, SectionPage, Tag, public_address
from education.reading import read_only

#: A sitemap may not hold more.
MOST_ADDRESSES = 50_000
FIXED = (
    "/",
    "/tags/",
    "/body/",
    "/a-to-z/",
    "/feeds/",
    "/about/",
    "/accessibility/",
)

Known = tuple[str, datetime | None]


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri("/sitemap.xml")
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /search/",
        "",
        f"Sitemap: {sitemap}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@read_only
def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    known = islice(addresses(current_language(), timezone.now()), MOST_ADDRESSES)
    host = request.build_absolute_uri("/").rstrip("/")
    return StreamingHttpResponse(as_xml(known, host), content_type="application/xml")


def addresses(language: str, now: datetime) -> Iterator[Known]:
    """Every public address, and when what stands there last changed, if it is known."""
    pages = ClinicalPage.objects.published(language, now)
    sections = SectionPage.objects.published(language, now).order_by("path")
    yield from ((address, None) for address in FIXED)
    for section in sections:
        yield section.address, None
    for tag in Tag.objects.with_page_counts(pages).grouped():
        yield tag.address, None
    rows = pages.order_by("pk").values_list("url_path", "last_published_at")
    for path, changed_at in rows.iterator(chunk_size=1000):
        yield public_address(path), changed_at


def as_xml(known: Iterator[Known], host: str) -> Iterator[str]:
    """A sitemap, piece by piece; `host` is such as "https://education.example.org"."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for address, changed_at in known:
        changed = f"<lastmod>{changed_at:%Y-%m-%d}</lastmod>" if changed_at else ""
        yield f"<url><loc>{escape(host + address)}</loc>{changed}</url>\n"
    yield "</urlset>\n"
