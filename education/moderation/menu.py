from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.models import WorkflowState


class DecideMenuItem(ActionMenuItem):
    """In the editor's footer of a waiting page: the way to the decision."""

    name = "action-decide"
    label = "Read and decide"
    icon_name = "success"
    template_name = "education/admin/decide_menu_item.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        task = page.current_workflow_task if page else None
        return bool(task and task.get_actions(page, context["request"].user))

    def get_url(self, parent_context: dict[str, Any]) -> str:
        state = parent_context["page"].current_workflow_task_state
        return reverse("moderation:decide", args=[state.pk])


class HandOverMenuItem(SubmitForModerationMenuItem):
    """Wagtail's own, in the words of the people who press it."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        again = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        label = "Hand over again" if again else "Hand over for approval"
        return {**context, "label": label}
