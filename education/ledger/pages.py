"""Holds what the public reads against what was signed, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from wagtail.models import Page, Revision

from education.ledger.history import History, histories, told_apart_since
from education.ledger.words import Merged, differing, read_rows
from education.models import ClinicalPage, GatedPage, SignOff, Tag
from education.models.approval import content_hash
from education.problems import Problem

#: Pages that are compared at a time.
BATCH = 100

WITHDRAW = "Take the page off the site, and let clinicians read it again."


def unsigned_pages() -> Iterator[Problem]:
    """What is wrong with pages that the public reads; statements grow by the batch."""
    merged, since = Tag.objects.successors(), told_apart_since()
    for model in _kinds():
        pages = model._base_manager.filter(live=True).order_by("pk")
        last = 0
        while ids := list(
            pages.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]
        ):
            last = ids[-1]
            suspects = {page for page, _ in _problems(model, ids, merged, since)}
            if suspects:
                # A publication may have come between two of our statements.
                found = _problems(
                    model, sorted(suspects), Tag.objects.successors(), since
                )
                yield from (problem for _, problem in found)


def _kinds() -> list[type[GatedPage]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, GatedPage) and model is not ClinicalPage
    ]


def _problems(
    model: type[GatedPage], ids: list[int], merged: Merged, since: datetime | None
) -> Iterator[tuple[int, Problem]]:
    pages = list(model._base_manager.filter(pk__in=ids, live=True))
    read_rows(pages)
    pasts = histories(ids)
    versions = Revision.objects.in_bulk([page.live_revision_id for page in pages])
    for page in pages:
        past, version = pasts[page.pk], versions.get(page.live_revision_id)
        where = f'page {page.pk} "{page.title}"'
        for what, remedy in _of_one(page, past, version, merged, since):
            yield page.pk, Problem(where, what, remedy)


def _of_one(
    page: Page,
    past: History,
    version: Revision | None,
    merged: Merged,
    since: datetime | None,
) -> Iterator[tuple[str, str]]:
    if version is None:
        # The home page and the sections are there before anybody can approve them.
        if past.approvals or isinstance(page, ClinicalPage):
            yield "The public reads it, but no version of it was approved.", WITHDRAW
        return
    if names := differing(page, version.content, merged):
        yield (
            f"The public reads other words than were signed, in: {', '.join(names)}.",
            "Find out who could write to the database, and approve the page anew or "
            "restore it.",
        )
    signers = _signers(past, version, since)
    if len(signers) < page.approvals_needed:
        yield (
            f"Version {version.pk} is live, and {len(signers)} of "
            f"{page.approvals_needed} people who did not write it have signed it.",
            WITHDRAW,
        )
    elif (review := past.last_review(version.pk)) is None:
        yield "Nobody has signed for the whole page.", "Let a clinician review it."
    elif past.schedule is None or past.schedule.sign_off_id != review.pk:
        yield (
            f"Its review dates do not come from its last whole review, sign-off "
            f"{review.pk}.",
            "Let a clinician review the page: that sets them anew.",
        )


def _signers(past: History, version: Revision, since: datetime | None) -> set[int]:
    """Who signed exactly these words, and wrote none of what he or she signed for.

    Unlike the gate this does not look for old words that came back.
    """
    words = content_hash(version.content)
    before = past.live_before(version)
    return {
        row.reviewer_id
        for row in past.approvals_of(version.pk)
        if row.content_hash == words
        and row.reviewer_id
        not in past.authors(row, 0 if _is_whole(row, since) else before)
    }


def _is_whole(row: SignOff, since: datetime | None) -> bool:
    return row.next_review_on is not None and bool(since and row.signed_at >= since)
