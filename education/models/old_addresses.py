"""Addresses where a page was read once, and the page that answers for each now.

They are kept as Wagtail's redirects, where an administrator sees them. Wagtail's own
handler is off: an empty batch of it deletes every redirect, and a large one fails.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry
from wagtail.query import PageQuerySet

from education.models.clinical import ClinicalPage
from education.models.clinical_lists import ClinicalPageQuerySet
from education.models.gate import WENT_LIVE
from education.models.published import public_address

CHUNK = 200
#: Wagtail stores no longer path; a longer one leaves nothing behind.
LONGEST = Redirect._meta.get_field("old_path").max_length

logger = logging.getLogger(__name__)

#: An address that was public, and the page that stood there.
Left = tuple[str, int]


def once_at(address: str, pages: ClinicalPageQuerySet) -> ClinicalPage | None:
    """Of these pages, the one that answers for what was once at this address."""
    left_by = with_last_live(pages).filter(redirect__old_path=_path(address))
    return left_by.order_by("-redirect__pk").first()


def last_at(address: str, pages: ClinicalPageQuerySet) -> ClinicalPage | None:
    """Of these pages, the one that was public under this slug, and still has it."""
    slug = address.rstrip("/").rpartition("/")[-1]
    return (
        with_last_live(pages)
        .filter(slug=slug, last_slug=slug, depth=4, url_path__endswith=address)
        .first()
    )


def with_last_live(pages: PageQuerySet) -> PageQuerySet:
    """The pages with `last_live`, the revision that the public read last, and its
    `last_slug`; None for pages that never were public.
    """
    entries = PageLogEntry.objects.filter(
        page=OuterRef("pk"), action__in=WENT_LIVE, revision__isnull=False
    ).order_by("-timestamp", "-pk")
    slug = KeyTextTransform("slug", "revision__content")
    return pages.annotate(
        last_live=Subquery(entries.values("revision_id")[:1]),
        last_slug=Subquery(entries.annotate(slug=slug).values("slug")[:1]),
    )


def keep_old_addresses(instance: Page, instance_before: Page, **kwargs: object) -> None:
    """Called once the slug of a page has changed, of a draft or of a live page.

    A failure is logged: the page has its new address already.
    """
    try:
        with transaction.atomic():
            leave_behind(_left(instance, instance_before))
            if instance.live:
                forget([public_address(instance.url_path)])
    except Exception:
        logger.exception("Page %s left no redirect behind", instance.pk)


def leave_behind(left: Iterable[Left]) -> None:
    """Let each address answer for its page; what it answered for before is dropped."""
    rest = iter(left)
    while chunk := list(islice(rest, CHUNK)):
        forget(address for address, _ in chunk)
        Redirect.objects.bulk_create(
            Redirect(
                old_path=_path(address), redirect_page_id=pk, automatically_created=True
            )
            for address, pk in chunk
            if len(_path(address)) <= LONGEST
        )


def forget(addresses: Iterable[str]) -> None:
    """Drop what these addresses, at most `CHUNK` of them, answered for."""
    paths = [_path(address) for address in addresses]
    Redirect.objects.filter(automatically_created=True, old_path__in=paths).delete()


def hand_over(page: Page, other: Page) -> None:
    """Let every address that answers for the one page answer for the other."""
    Redirect.objects.filter(redirect_page_id=page.pk).update(redirect_page_id=other.pk)
    leave_behind([(public_address(page.url_path), other.pk)])
    forget([public_address(other.url_path)])


def _left(page: Page, before: Page) -> Iterator[Left]:
    """The addresses that changed with this page's slug, where they were public."""
    address = public_address(before.url_path)
    if address == public_address(page.url_path):
        return
    if isinstance(page, ClinicalPage) and _was_public(before):
        yield address, page.pk
    under = ClinicalPage.objects.live().descendant_of(page)
    for pk, url_path in under.values_list("pk", "url_path").iterator(chunk_size=CHUNK):
        old = before.url_path + url_path.removeprefix(page.url_path)
        yield public_address(old), pk


def _was_public(before: Page) -> bool:
    """Whether anybody could read it there: a draft's slug is nobody's business."""
    now = with_last_live(Page.objects.filter(pk=before.pk)).first()
    return before.live or bool(now and now.last_slug == before.slug)


def _path(address: str) -> str:
    return Redirect.normalise_path(address)
