"""Holds the copied review dates against the sign-offs that they come from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from education.models import ReviewSchedule, ReviewSettings
from education.problems import Problem
from education.vocabulary import Decision


def false_dates() -> Iterator[Problem]:
    """Review dates that no sign-off gave; one statement, and one for the settings."""
    # Not `load()`, which would write the settings where there are none yet.
    chosen = ReviewSettings.objects.first() or ReviewSettings()
    grace = timedelta(days=chosen.grace_days)
    schedules = ReviewSchedule.objects.select_related("sign_off").order_by("pk")
    for schedule in schedules.iterator(chunk_size=500):
        signed = schedule.sign_off
        if (
            signed.page_id != schedule.page_id
            or signed.decision != Decision.APPROVED
            or signed.next_review_on is None
            or schedule.last_reviewed_at != signed.signed_at
            or schedule.due_on != signed.next_review_on
            or schedule.overdue_on != signed.next_review_on + grace
        ):
            yield Problem(
                f"page {schedule.page_id}",
                f"Its review dates are not those of its sign-off {signed.pk}.",
                "Save the settings of the periodic review, which sets the last of "
                "them; if that does not help, let a clinician review the page.",
            )
