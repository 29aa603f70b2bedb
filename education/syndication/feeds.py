"""Atom feeds of new and changed pages: of all, of each kind, and of each tag."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date, quote_etag

from education.language import current_language
from education.models import ClinicalPage, ClinicalPageQuerySet, Tag, surroundings
from education.models.gone import answer_instead_of_tag
from education.models.history import Event, latest_events
from education.reading import read_only
from education.syndication.markdown import printable
from education.vocabulary import DEMONSTRATION_NOTICE, Kind

ENTRIES = 50
#: What an entry needs of a page; its text stays in the database.
SHOWN = (
    "title",
    "kind",
    "summary",
    "url_path",
    "first_published_at",
    "last_published_at",
)
#: Asked for anew each time: what was taken down is gone at once. 304 costs no bytes.
CACHING = "public, max-age=0, must-revalidate"
#: When a feed without entries changed last: it may not tell when it was asked for.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)

NAMES = {kind.address.strip("/"): kind for kind in Kind}


@dataclass(frozen=True)
class Subject:
    """What a feed is about, and the public list of the same pages."""

    title: str
    address: str
    pages: ClinicalPageQuerySet


@read_only
def feeds(request: HttpRequest) -> HttpResponse:
    """The page that names the feeds and says what they are for."""
    kinds = [(kind.plural, f"/feeds/{name}.atom") for name, kind in NAMES.items()]
    context = {"feeds": [("All pages", "/feeds/all.atom"), *kinds]}
    return TemplateResponse(request, "education/feeds.html", context)


@read_only
def feed(request: HttpRequest, name: str) -> HttpResponse:
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    if name == "all":
        return _feed(request, Subject("All pages", "/", pages))
    if name not in NAMES:
        raise Http404(f"There is no feed named {name}.")
    kind = NAMES[name]
    return _feed(request, Subject(kind.plural, kind.address, pages.of_kind(kind)))


@read_only
def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    tag = Tag.objects.carried_by(pages).filter(slug=slug).first()
    if tag is None:
        return answer_instead_of_tag(request, slug, "feed.atom")
    return _feed(request, Subject(tag.name, tag.address, pages.tagged(tag.slug)))


def _feed(request: HttpRequest, subject: Subject) -> HttpResponse:
    """The feed, or 304 to who has it already.

    Its mark is made from what it says. The time of the newest entry would not do: a
    page that is taken down leaves an older one behind.
    """
    pages = subject.pages.exclude(last_published_at=None).newest()
    entries = list(pages.only(*SHOWN)[:ENTRIES])
    feed = _written(request, subject, entries)
    body = feed.writeString("utf-8").encode()
    response = HttpResponse(body, content_type=feed.content_type)
    mark = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response.headers["ETag"] = mark
    response.headers["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    response.headers["Cache-Control"] = CACHING
    return get_conditional_response(request, etag=mark, response=response)


def _written(
    request: HttpRequest, subject: Subject, pages: list[ClinicalPage]
) -> Atom1Feed:
    site = surroundings(request)
    name = site.site_name
    here = request.build_absolute_uri(request.path)
    said = ["New and changed pages, newest first."]
    if site.holds_demonstration:
        said.append(DEMONSTRATION_NOTICE)
    feed = _Feed(
        title=printable(f"{subject.title} | {name}"),
        link=request.build_absolute_uri(subject.address),
        description="",
        subtitle=" ".join(said),
        language=current_language(),
        author_name=printable(name),
        feed_url=here,
        feed_guid=here,
    )
    events = latest_events(pages)
    for page in pages:
        feed.add_item(
            title=printable(page.title),
            link=request.build_absolute_uri(page.address),
            description=escape(printable(_what_is_new(page, events.get(page.pk)))),
            unique_id=_identity(page, urlsplit(here).hostname or ""),
            pubdate=_since(page),
            updateddate=page.last_published_at,
            categories=[page.kind_label],
        )
    return feed


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        updated = [item["updateddate"] for item in self.items]
        return max(updated, default=NEVER)


def _what_is_new(page: ClinicalPage, event: Event | None) -> str:
    """What changed, as the public history of the page says it; else what it is."""
    is_change = event and not (event.is_first or event.is_return or event.taken_down)
    return event.says if is_change else page.summary


def _since(page: ClinicalPage) -> datetime:
    """Since when there is the page, to the second: a later version keeps no more."""
    return (page.first_published_at or page.last_published_at).replace(microsecond=0)


def _identity(page: ClinicalPage, host: str) -> str:
    """A tag URI (RFC 4151) that stays when the address of the page changes."""
    return f"tag:{host},{_since(page):%Y-%m-%d}:page/{page.pk}"
