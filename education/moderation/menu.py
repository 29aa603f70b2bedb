from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem


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
