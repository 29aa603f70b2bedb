"""Who asked for the approval that a page waits for, and asking for several at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import User
from django.dispatch import Signal
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from education.models.gate import GatedPage

#: Log entries that say "this person asked for approval".
HANDING_OVER = ("wagtail.workflow.start", "wagtail.workflow.resume")

#: Sent with `state_ids` and `user` once several pages were handed over together.
handed_over_together = Signal()

_together: ContextVar[list[int] | None] = ContextVar("together", default=None)


@contextmanager
def together(user: User) -> Iterator[None]:
    """What this person hands over within is told of together, when it ends."""
    states: list[int] = []
    token = _together.set(states)
    try:
        yield
    finally:
        _together.reset(token)
        if states:
            handed_over_together.send(
                sender=TaskState, state_ids=list(dict.fromkeys(states)), user=user
            )


def is_told_together(state: TaskState) -> bool:
    """Whether the telling of it waits for others; then it is noted to be told of."""
    states = _together.get()
    if states is None:
        return False
    states.append(state.pk)
    return True


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
