"""How an approved page goes live.

Wagtail imports this while it loads its own models, so nothing of ours and no Wagtail
model may be imported here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import WorkflowState


def publish_approved(
    workflow_state: WorkflowState, user: AbstractBaseUser | None = None
) -> None:
    """Publish the revision that was approved, on the workflow's authority.

    Nobody holds Wagtail's publish permission, so this is the only way live. The page
    itself checks that enough clinicians signed this revision off; see
    ``GatedPage.publish_signed_off``.
    """
    page = workflow_state.content_object.specific
    state = workflow_state.current_task_state
    page.publish_signed_off(
        state.revision if state else page.get_latest_revision(), user
    )
