"""What the public is told of pages that it cannot read any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from education.language import current_language
from education.models.clinical import ClinicalPage
from education.models.old_addresses import last_at, once_at
from education.models.tags import Tag
from education.models.withdrawals import why_gone
from education.reading import moved


@dataclass(frozen=True)
class Instead:
    """The published page that took the place of another; or one that is gone.

    `reason` says why the page is gone, in words for the public; empty for a published
    one.
    """

    page: ClinicalPage
    reason: str = ""

    def topics(self, language: str, now: datetime) -> list[ClinicalPage]:
        """Published topics that belong with the page that is gone; one statement."""
        return self.page.as_its_kind().related(language, now)["topics"]


def _as_page(request: HttpRequest, found: Instead) -> HttpResponse:
    topics = found.topics(current_language(), timezone.now())
    context = {"reason": found.reason, "topics": topics}
    return TemplateResponse(request, "education/gone.html", context, status=410)


def answer_instead(
    request: HttpRequest,
    address: str,
    below: str = "",
    as_gone: Callable[[HttpRequest, Instead], HttpResponse] = _as_page,
) -> HttpResponse:
    """Answer for an address of a page at which nothing is published now.

    `below` is what was asked for beneath it, such as "history/"; `as_gone` says, with
    status 410, why the page was taken down. Raises Http404 where the public never read
    anything, or may not know that it did.
    """
    found = instead_at(address, current_language(), timezone.now())
    if found is None:
        raise Http404(f"There is no page at {address}.")
    if not found.reason:
        return moved(request, found.page.address + below)
    return as_gone(request, found)


def answer_instead_of_tag(
    request: HttpRequest, slug: str, below: str = ""
) -> HttpResponse:
    """Lead to the tag that took the place of this one. Raises Http404 without any."""
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    tag = Tag.objects.now_at(slug, pages)
    if tag is None:
        raise Http404(f"There is no tag at {slug}.")
    return moved(request, tag.address + below)


def instead_at(address: str, language: str, now: datetime) -> Instead | None:
    """What to say at an address of a page at which nothing is published now.

    None where the public never read anything, or may not know that it did.
    """
    known = ClinicalPage.objects.unrestricted(language).with_parts()
    page = once_at(address, known)
    if page is None:
        return _gone(last_at(address, known), now)
    return _answering(page, language, now)


def instead_of(page: ClinicalPage, language: str, now: datetime) -> Instead | None:
    """The same for a page that is not published, whatever its address is by now.

    The page is one of `with_last_live`.
    """
    known = ClinicalPage.objects.unrestricted(language).with_parts()
    other = once_at(_last_address(page), known.exclude(pk=page.pk))
    return _answering(other, language, now) if other else _gone(page, now)


def _answering(page: ClinicalPage, language: str, now: datetime) -> Instead | None:
    published = ClinicalPage.objects.published(language, now)
    if published.filter(pk=page.pk).exists():
        return Instead(page)
    return _gone(page, now)


def _gone(page: ClinicalPage | None, now: datetime) -> Instead | None:
    reason = why_gone(page, now) if page else ""
    return Instead(page, reason) if reason else None


def _last_address(page: ClinicalPage) -> str:
    """Where the public read it last: what its slug is now may be a draft's."""
    above = page.address.rstrip("/").rpartition("/")[0]
    return f"{above}/{page.last_slug}/"
