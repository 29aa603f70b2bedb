"""Pages that a lead took off the site, and why."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.dispatch import Signal
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from education.models.approval import SignOff
from education.models.approval_task import ledger_of
from education.models.clinical import ClinicalPage
from education.models.gate import GatedPage
from education.models.holding import hold
from education.models.old_addresses import forget, hand_over
from education.models.published import public_address
from education.vocabulary import Decision, WithdrawalReason

#: What the public reads of a page that came off the site on the day that it carried.
EXPIRED = "It was meant to be here until a set day, and that day has passed."

#: Sent with `withdrawal` once a page is off the site for good: write to people here.
page_withdrawn = Signal()


class WithdrawalRefused(PermissionDenied):
    """A page was not taken down; the message says why, in plain words."""


class Withdrawal(models.Model):
    """A page was taken off the site; the ledger keeps by whom, when, and the note."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="withdrawals")
    sign_off = models.OneToOneField(
        SignOff, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(max_length=16, choices=WithdrawalReason.choices)
    merged_into = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.page}: {self.get_reason_display()}"

    @property
    def sentence(self) -> str:
        """What the public reads of it."""
        return WithdrawalReason(self.reason).sentence


@transaction.atomic
def withdraw(
    page: ClinicalPage,
    lead: User,
    reason: WithdrawalReason,
    note: str,
    now: datetime,
    merged_into: ClinicalPage | None = None,
) -> Withdrawal:
    """Take a live page off the site at once, with what waits for approval on it.

    `note` is for colleagues and stays inside. Raises WithdrawalRefused when the rules
    forbid it, or when somebody else was quicker. A draft stays with its author.
    """
    page = lock(page)
    _check(page, lead, note)
    # What waits would else bring the page back. What is scheduled, Wagtail calls off.
    if page.workflow_in_progress:
        page.current_workflow_state.cancel(user=lead)
    sign_off = SignOff.objects.write(
        page=page,
        revision=page.live_revision,
        reviewer=lead,
        decision=Decision.WITHDRAWN,
        completes=False,
        note=note.strip(),
        signed_at=now,
        ledger=ledger_of(page, lead),
    )
    UnpublishPageAction(page, user=lead).execute(skip_permission_checks=True)
    withdrawal = Withdrawal.objects.create(
        page_id=page.pk,
        sign_off=sign_off,
        reason=reason,
        merged_into_id=merged_into.pk if merged_into else None,
        withdrawn_at=now,
    )
    _settle_address(page, merged_into)
    tell = partial(page_withdrawn.send_robust, Withdrawal, withdrawal=withdrawal)
    transaction.on_commit(tell)
    return withdrawal


def _settle_address(page: ClinicalPage, merged_into: ClinicalPage | None) -> None:
    if merged_into:
        hand_over(page, merged_into)
    else:
        forget([public_address(page.url_path)])


def lock(page: ClinicalPage) -> ClinicalPage:
    """Hold the page's row until the transaction ends, and read the page anew."""
    held = hold(page.pk)
    if held is None:
        raise WithdrawalRefused("This page is not there any more.")
    return held.specific


def why_gone(page: ClinicalPage, now: datetime) -> str:
    """What the public may read of why a page is off the site that it could read before.

    Empty for a page that was never public, or is off the site for no reason that
    concerns the public. The page is one of `with_last_live`.
    """
    if page.last_live is None:
        return ""
    if page.live:
        return EXPIRED if page.expire_at and page.expire_at <= now else ""
    withdrawal = page.withdrawals.filter(sign_off__revision=page.last_live).last()
    if withdrawal:
        return withdrawal.sentence
    return EXPIRED if page.expired else ""


def _check(page: GatedPage, lead: User, note: str) -> None:
    if not lead.is_active or not lead.has_perm("education.withdraw_page"):
        raise WithdrawalRefused("Only a clinical lead can take a page down.")
    if not isinstance(page, ClinicalPage):
        raise WithdrawalRefused(
            "The home page and the sections hold the other pages, so they stay."
        )
    if not page.live or page.live_revision is None:
        raise WithdrawalRefused(
            "This page is not on the site: somebody may have taken it down just now."
        )
    if not note.strip():
        raise WithdrawalRefused("Say why, so that your colleagues know.")
