"""What the report and its spreadsheets say of each page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from education.models import ReviewSchedule, ReviewSettings, SignOff
from education.vocabulary import Kind, ReviewState

#: So many pages of a spreadsheet are read at a time.
BATCH = 500


@dataclass(frozen=True)
class ReviewRow:
    """One published page, as the report shows it."""

    page_id: int
    title: str
    kind: str
    language: str
    state: ReviewState
    due_on: date
    last_reviewed_on: date
    reviewed_by: str
    is_changed_since: bool
    assigned_to: str
    is_waiting: bool
    has_draft: bool

    @property
    def state_label(self) -> str:
        return str(self.state.label)

    @property
    def tick(self) -> str:
        """What the box in front of the row sends."""
        return str(self.page_id)

    @property
    def changed_since(self) -> str:
        return "Yes" if self.is_changed_since else "No"

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page_id])

    @property
    def review_url(self) -> str:
        return reverse("reviews:begin", args=[self.page_id])


def rows_of(schedules: Iterable[ReviewSchedule], today: date) -> list[ReviewRow]:
    """A row for each of these; as many statements for one as for a thousand."""
    listed = list(schedules)
    notice = ReviewSettings.load().notice_days
    signers = _signers(listed)
    waiting = _waiting([schedule.page_id for schedule in listed])
    return [
        ReviewRow(
            page_id=schedule.page_id,
            title=schedule.page.title,
            kind=str(Kind(schedule.kind).label),
            language=schedule.page.locale.get_display_name(),
            state=schedule.state(today, notice),
            due_on=schedule.due_on,
            last_reviewed_on=timezone.localdate(schedule.last_reviewed_at),
            reviewed_by=" and ".join(signers[schedule.sign_off.revision_id]),
            is_changed_since=schedule.is_changed_since_review,
            assigned_to=schedule.assignee,
            is_waiting=schedule.page_id in waiting,
            has_draft=schedule.page.has_unpublished_changes,
        )
        for schedule in listed
    ]


def row_of(page: Page, today: date) -> ReviewRow | None:
    """The row of one page; None while nothing of it is on the site."""
    schedules = ReviewSchedule.objects.of_live_pages().as_listed()
    return next(iter(rows_of(schedules.filter(page=page.pk), today)), None)


def all_rows_of(schedules: QuerySet, today: date) -> Iterator[ReviewRow]:
    """The same of any number of pages, read in batches."""
    total = schedules.count()
    for start in range(0, total, BATCH):
        yield from rows_of(schedules[start : start + BATCH], today)


def _signers(schedules: list[ReviewSchedule]) -> dict[int, list[str]]:
    """Whose names stand under the last whole review: revision to names."""
    revisions = [schedule.sign_off.revision_id for schedule in schedules]
    found: dict[int, list[str]] = defaultdict(list)
    signed = SignOff.objects.approvals().filter(revision__in=revisions)
    for revision, name in signed.values_list("revision_id", "reviewer_name"):
        if name not in found[revision]:
            found[revision].append(name)
    return found


def _waiting(page_ids: list[int]) -> set[int]:
    """Which of these pages are with their reviewers now."""
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page_id) for page_id in page_ids],
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return {int(page_id) for page_id in states.values_list("object_id", flat=True)}
