"""`/llms.txt`: what the portal is and holds, for programs that read for somebody.

See https://llmstxt.org: a title, a summary, what to know, then lists of links.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from education.language import current_language
from education.models import SectionPage, SiteAppearance, surroundings
from education.reading import read_only
from education.syndication.markdown import escaped, heading, link, listed, quoted
from education.syndication.views import INDEX
from education.vocabulary import DEMONSTRATION_NOTICE

#: Of each kind. The rest is found through the section and the sitemap.
MOST_PAGES = 500

SUMMARY = (
    "Patient education in plain words: health topics, questions that people ask, and "
    "medicines. A clinician who did not write a page approved every word of it before "
    "it went live."
)
TO_KNOW = (
    "How pages are approved: the author hands a page over; a clinician who did not "
    "write it approves exactly the text that goes live. A medicine needs two of them. "
    "Each page is reviewed again on the date that it names.",
    "How to cite: give the title, the name of this site, the address of the page "
    "(without “index.md”), and its review line, which stands at the end of the page.",
    "This is not medical advice. The pages explain. They do not replace the advice of "
    "a health care professional who knows the person.",
    "Emergency and urgent advice stands first on a page. Do not leave it out.",
    "Each page has its text as Markdown at its address with “index.md” behind it.",
    "A page that was taken down answers with status 410. Do not go on using it.",
)
MORE = (
    ("A to Z", "/a-to-z/", "Topics and medicines by name."),
    ("Tags", "/tags/", "Pages by body area, symptom, condition or treatment."),
    ("Sitemap", "/sitemap.xml", "The address of every page."),
    ("New and changed pages", "/feeds/all.atom", "An Atom feed of the latest changes."),
)


@read_only
def llms(request: HttpRequest) -> StreamingHttpResponse:
    host = request.build_absolute_uri("/").rstrip("/")
    site = surroundings(request)
    lines = _lines(site, host, current_language(), timezone.now())
    return StreamingHttpResponse(lines, content_type="text/plain; charset=utf-8")


def _lines(
    site: SiteAppearance, host: str, language: str, now: datetime
) -> Iterator[str]:
    yield f"{heading(1, site.site_name)}\n\n"
    yield f"{quoted(escaped(SUMMARY))}\n\n"
    if site.holds_demonstration:
        yield f"**{escaped(DEMONSTRATION_NOTICE)}**\n\n"
    yield f"{listed(map(escaped, (*TO_KNOW, site.emergency_sentence)))}\n"
    for section in SectionPage.objects.published(language, now).order_by("path"):
        yield f"\n{heading(2, section.title)}\n\n"
        yield from _pages(section, host, language, now)
    yield f"\n{heading(2, 'Optional')}\n\n"
    for label, address, what in MORE:
        yield f"{_entry(label, host + address, what)}\n"


def _pages(
    section: SectionPage, host: str, language: str, now: datetime
) -> Iterator[str]:
    whole = "The whole list." if not section.introduction else section.introduction
    yield f"{_entry(f'All: {section.title}', host + section.address, whole)}\n"
    pages = section.pages(language, now).alphabetical().as_listed()
    for page in pages[:MOST_PAGES].iterator(chunk_size=100):
        yield f"{_entry(page.title, host + page.address + INDEX, page.summary)}\n"


def _entry(title: str, address: str, what: str) -> str:
    said = f": {escaped(what)}" if what.strip() else ""
    return f"- {link(title, address)}{said}"
