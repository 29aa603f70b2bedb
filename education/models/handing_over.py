"""Who asked for the approval that a page waits for."""

from __future__ import annotations

from wagtail.models import PageLogEntry, WorkflowState

from education.models.gate import GatedPage

#: Log entries that say "this person asked for approval".
HANDING_OVER = ("wagtail.workflow.start", "wagtail.workflow.resume")


def who_handed_over(page: GatedPage) -> set[int]:
    """Who asked for the approval that the page waits for, or waited for last."""
    workflow = page.current_workflow_state
    return who_asked_for(workflow) if workflow else set()


def who_asked_for(workflow: WorkflowState) -> set[int]:
    """Who asked for this approval, and who asked again after it was sent back."""
    entries = PageLogEntry.objects.filter(
        page=int(workflow.object_id),
        action__in=HANDING_OVER,
        timestamp__gte=workflow.created_at,
    )
    people = {workflow.requested_by_id, *entries.values_list("user_id", flat=True)}
    return people - {None}
