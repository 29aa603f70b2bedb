"""What must hold after every fault, whatever was done or left undone."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef
from wagtail.models import PageLogEntry, Revision, TaskState, WorkflowState

from education.models import ClinicalPage, SignOff
from education.models.gate import WENT_LIVE


def broken() -> Iterator[str]:
    """One sentence for each thing that is not as it must be."""
    yield from of_live_pages()
    yield from of_workflows()
    yield from of_the_schedule()
    yield from of_the_ledger()


def of_live_pages() -> Iterator[str]:
    for page in ClinicalPage.objects.live().specific():
        approvals = SignOff.objects.approvals_of(page.live_revision)
        reviewers = {row.reviewer_id for row in approvals}
        written = Revision.objects.for_instance(page).filter(
            pk__lte=page.live_revision_id
        )
        authors = set(written.values_list("user_id", flat=True))
        if len(reviewers - authors) < page.approvals_needed:
            yield f"{page.pk} is live without its approvals"
        elif page.text_hash() != approvals[-1].content_hash:
            yield f"{page.pk} says something else than what was signed"
        entries = PageLogEntry.objects.filter(
            action__in=WENT_LIVE, page=page.pk, revision=page.live_revision_id
        )
        if entries.count() != 1:
            yield f"{page.pk} has {entries.count()} entries of its publication"
        if not hasattr(page, "review_schedule"):
            yield f"{page.pk} is live without a date for its review"


def of_workflows() -> Iterator[str]:
    at_work = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    idle = ~Exists(at_work.filter(pk=OuterRef("current_task_state")))
    for state in waiting.filter(idle):
        yield f"workflow {state.pk} is in progress without a task"
    for state in at_work.exclude(workflow_state__in=waiting):
        yield f"task {state.pk} is in progress without its workflow"
    active = WorkflowState.objects.active().values("object_id")
    for row in active.annotate(many=Count("pk")).filter(many__gt=1):
        yield f"{row['object_id']} waits more than once"


def of_the_schedule() -> Iterator[str]:
    entries = PageLogEntry.objects.filter(action=WENT_LIVE[1]).values(
        "page", "revision"
    )
    for row in entries.annotate(many=Count("pk")).filter(many__gt=1):
        yield f"{row['page']} was published on schedule {row['many']} times"


def of_the_ledger() -> Iterator[str]:
    approved = SignOff.objects.approvals().filter(completes=True)
    twice = approved.values("revision", "reviewer").annotate(many=Count("pk"))
    for row in twice.filter(many__gt=1):
        yield f"version {row['revision']} was signed twice by one person"
    for row in SignOff.objects.all():
        if row.computed_hash() != row.entry_hash:
            yield f"sign-off {row.pk} does not hold its own hash"
