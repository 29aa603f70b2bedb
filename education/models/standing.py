"""Who stands for the words that the public reads, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery

from education.models.approval import SignOff
from education.models.reviews import ReviewSchedule

if TYPE_CHECKING:
    from wagtail.models import Page


@dataclass(frozen=True)
class Standing:
    """The sign-offs behind a live page, oldest first.

    `reviews` are those of its last review as a whole, `changes` the approvals of what
    was changed since and is live now. Both are empty while nothing is live.
    """

    reviews: tuple[SignOff, ...] = ()
    changes: tuple[SignOff, ...] = ()
    overdue_on: date | None = None

    @classmethod
    def of(cls, page: Page) -> Standing:
        """Read it in one statement, none for a page that is not live."""
        if not page.live or page.live_revision_id is None:
            return cls()
        schedule = ReviewSchedule.objects.filter(page=OuterRef("page"))
        rows = list(
            SignOff.objects.approvals()
            .filter(page=page.pk)
            .annotate(
                reviewed=Subquery(schedule.values("sign_off__revision")[:1]),
                overdue_on=Subquery(schedule.values("overdue_on")[:1]),
            )
            .filter(Q(revision=page.live_revision_id) | Q(revision=F("reviewed")))
        )
        return cls(
            reviews=tuple(row for row in rows if row.revision_id == row.reviewed),
            changes=tuple(row for row in rows if row.revision_id != row.reviewed),
            overdue_on=rows[0].overdue_on if rows else None,
        )

    @property
    def sign_offs(self) -> tuple[SignOff, ...]:
        """Those of exactly the text that is live."""
        return self.changes or self.reviews

    @property
    def reviewers(self) -> str:
        """Who stands for the whole page, with their credentials, as one line."""
        return _names(self.reviews)

    @property
    def approvers(self) -> str:
        """Who approved what was changed since."""
        return _names(self.changes)

    @property
    def due_on(self) -> date | None:
        """When the whole page is due for its next review."""
        return self.reviews[-1].next_review_on if self.reviews else None

    @property
    def is_changed_since_review(self) -> bool:
        return bool(self.reviews and self.changes)

    def is_overdue(self, today: date) -> bool:
        """Whether the public is to be told that the review is late."""
        return self.overdue_on is not None and self.overdue_on <= today


def _names(sign_offs: Sequence[SignOff]) -> str:
    by_reviewer = {sign_off.reviewer_id: sign_off.signature for sign_off in sign_offs}
    return " and ".join(by_reviewer.values())
