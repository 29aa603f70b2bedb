"""Handing drafts over for approval, a few at a time, with one letter a reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import WorkflowState

from education.importer.keeping.refusals import ItemRefused
from education.models import ClinicalPage, PageIsBusy, hold
from education.models.handing_over import together
from education.models.writing import findings

#: More at once nobody reads with care.
MOST_AT_ONCE = 10


@dataclass(frozen=True)
class HandedOver:
    """Which pages wait for approval now, and which do not and why, in sentences."""

    pages: tuple[ClinicalPage, ...] = ()
    kept_back: tuple[tuple[ClinicalPage, tuple[str, ...]], ...] = ()


def hand_over(pages: Sequence[ClinicalPage], by: User, now: datetime) -> HandedOver:
    """Ask for approval of these pages as their author would.

    A page with blocking findings, or that waits already, is kept back with its
    reasons. Raises ItemRefused for more than ten.
    """
    if len(pages) > MOST_AT_ONCE:
        raise ItemRefused(
            f"Hand over at most {MOST_AT_ONCE} pages at once: somebody has to read "
            "each of them with care."
        )
    handed, kept_back = [], []
    with together(by):
        for page in pages:
            if reasons := _hand_over_one(page, by, now):
                kept_back.append((page, tuple(reasons)))
            else:
                handed.append(page)
    return HandedOver(tuple(handed), tuple(kept_back))


def _hand_over_one(page: ClinicalPage, by: User, now: datetime) -> list[str]:
    """Start the approval, or say in sentences why not."""
    try:
        with transaction.atomic():
            hold(page.pk)
            row = ClinicalPage.objects.with_parts().filter(pk=page.pk).first()
            if row is None:
                return ["This page is not there any more."]
            current = row.as_its_kind()
            reasons = _why_not(current, by, now)
            if not reasons:
                _start(current, by)
            return reasons
    except ValidationError as error:
        return error.messages
    except PageIsBusy as busy:
        return [str(busy)]


def _why_not(page: ClinicalPage, by: User, now: datetime) -> list[str]:
    if page.workflow_in_progress:
        return ["It waits for approval already."]
    if not page.permissions_for_user(by).can_submit_for_moderation():
        return ["You may not hand it over: you may not edit it, or it is locked."]
    found, _ = findings(page.get_latest_revision_as_object(), now)
    return [f"{one.label}: {one.sentence}" for one in found if one.is_blocking]


def _start(page: ClinicalPage, by: User) -> None:
    """As the editing form does it: what was sent back goes on where it stopped."""
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(by)
    else:
        page.get_workflow().start(page, by)
