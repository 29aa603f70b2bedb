"""Taking a page back from approval: whose right it is, and doing it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from education.models.gate import GatedPage, gated
from education.models.handing_over import who_handed_over
from education.models.holding import hold


class TakingBackRefused(PermissionDenied):
    """A page was not taken back; the message says why, in plain words."""


def why_not_take_back(page: GatedPage, user: User) -> str:
    """Why this user may not take the page back now; empty when he or she may.

    A reviewer who could decide on it is no reason to let it vanish from the list of
    the others: he or she sends it back, with a comment.
    """
    if not page.workflow_in_progress:
        return (
            "There is nothing to take back: this page does not wait for approval any "
            "more. Somebody has decided, or it was taken back already."
        )
    if user.has_perm("education.withdraw_page"):
        return ""
    if user.pk in who_handed_over(page) | page.author_ids():
        return ""
    return (
        "Only who wrote this text or handed it over can take it back, or a clinical "
        "lead. A reviewer sends it back, and says why."
    )


@transaction.atomic
def take_back(page: GatedPage, user: User) -> None:
    """End the approval that the page waits for; its words stay as they are.

    Raises TakingBackRefused when the rules forbid it or somebody else was quicker, and
    PageIsBusy when somebody is deciding on it for too long.
    """
    held = hold(page.pk)
    if held is None:
        raise TakingBackRefused("This page is not there any more.")
    page = gated(held)
    if reason := why_not_take_back(page, user):
        raise TakingBackRefused(reason)
    page.current_workflow_state.cancel(user=user)
