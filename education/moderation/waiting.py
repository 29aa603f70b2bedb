"""What waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

MOST_ROWS = 20


@dataclass(frozen=True)
class WaitingPage:
    """A page that waits for a decision, as a row of the dashboard."""

    title: str
    written_by: str
    since: datetime
    is_change: bool
    url: str


def waiting_for(user: User) -> tuple[list[WaitingPage], int]:
    """The oldest pages that this user may decide on, and how many there are in all."""
    states = TaskState.objects.reviewable_by(user).order_by("started_at")
    rows = states.select_related("revision__user", "workflow_state__requested_by")
    return [_row(state) for state in rows[:MOST_ROWS]], states.count()


def _row(state: TaskState) -> WaitingPage:
    author = state.revision.user or state.workflow_state.requested_by
    return WaitingPage(
        title=state.revision.object_str,
        written_by=author.get_full_name() or author.get_username() if author else "",
        since=state.started_at,
        is_change=bool(state.revision.content.get("live")),
        url=reverse("moderation:decide", args=[state.pk]),
    )


class WaitingPanel(Component):
    """The dashboard's list of pages that wait for this user's decision."""

    name = "waiting_for_approval"
    template_name = "education/admin/waiting_panel.html"
    order = 100

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        rows, total = waiting_for(parent_context["request"].user)
        return {"rows": rows, "total": total, "more": total - len(rows)}
