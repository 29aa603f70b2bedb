"""What is known of a batch of pages: who wrote, what went live, who signed what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import QuerySet
from wagtail.models import PageLogEntry, Revision

from education.models import ReviewSchedule, SignOff
from education.models.gate import WENT_LIVE, WRITING

#: Before this migration each approval set a review date, also that of a change.
TOLD_APART = ("education", "0004_governance")


@dataclass
class History:
    """One page's past, oldest first. `wrote` holds (version, moment, user) each."""

    approvals: list[SignOff] = field(default_factory=list)
    went_live: set[int] = field(default_factory=set)
    wrote: list[tuple[int | None, datetime, int]] = field(default_factory=list)
    schedule: ReviewSchedule | None = None

    def approvals_of(self, revision_id: int) -> list[SignOff]:
        return [row for row in self.approvals if row.revision_id == revision_id]

    def live_before(self, revision: Revision) -> int:
        """The version that the public read before this one, or 0."""
        complete = {row.revision_id for row in self.approvals if row.completes}
        before = {pk for pk in self.went_live & complete if pk < revision.pk}
        return max(before, default=0)

    def authors(self, row: SignOff, since: int) -> set[int]:
        """Who wrote, after version `since`, what this sign-off stands for."""
        moments = [when for version, when, _ in self.wrote if version == since]
        start = min(moments, default=None)
        return {
            user
            for version, when, user in self.wrote
            if (
                since < version <= row.revision_id
                if version is not None
                else when <= row.signed_at and (start is None or when > start)
            )
        }

    def last_review(self, live: int) -> SignOff | None:
        """The sign-off from which the page's review dates come."""
        public = sorted({pk for pk in self.went_live if pk < live} | {live})
        for version in reversed(public):
            rows = self.approvals_of(version)
            if rows and all(row.next_review_on is not None for row in rows):
                return rows[-1]
        return None


def histories(ids: Iterable[int]) -> dict[int, History]:
    """The past of these pages, in five statements."""
    found: dict[int, History] = defaultdict(History)
    ids = list(ids)
    for row in SignOff.objects.approvals().filter(page__in=ids):
        found[row.page_id].approvals.append(row)
    for schedule in ReviewSchedule.objects.filter(page__in=ids):
        found[schedule.page_id].schedule = schedule
    entries = PageLogEntry.objects.filter(page__in=ids)
    live = entries.filter(action__in=WENT_LIVE, revision__isnull=False)
    for page, revision in live.values_list("page_id", "revision_id"):
        found[page].went_live.add(revision)
    _add_writing(found, ids, entries.filter(action__in=WRITING, user__isnull=False))
    return found


def _add_writing(
    found: dict[int, History], ids: list[int], entries: QuerySet[PageLogEntry]
) -> None:
    versions = Revision.page_revisions.filter(object_id__in=[str(pk) for pk in ids])
    rows = versions.values_list("object_id", "pk", "created_at", "user_id")
    for page, version, when, user in rows:
        found[int(page)].wrote.append((version, when, user))
    rows = entries.values_list("page_id", "revision_id", "timestamp", "user_id")
    for page, version, when, user in rows:
        found[page].wrote.append((version, when, user))


def told_apart_since() -> datetime | None:
    """When this database began to tell whole reviews from approvals of changes."""
    app, name = TOLD_APART
    rows = MigrationRecorder(connection).migration_qs.filter(app=app, name=name)
    return rows.values_list("applied", flat=True).first()
