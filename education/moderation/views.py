from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    WorkflowActionView,
)
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, TaskState

from education.models import DecisionRefused, GatedPage, NotSignedOff
from education.models.approval_task import ClinicalApprovalTask
from education.models.gate import gated
from education.moderation import decision_page
from education.moderation.editing import (
    SafeEditView,
    SafeRevertView,
    SafeUnscheduleView,
)
from education.vocabulary import Approvals

DONE = {
    "approve": 'You approved "{title}".',
    "reject": 'You sent "{title}" back. Its author sees your comment.',
}


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, task_state_id: int) -> HttpResponse:
    """Read one page that waits for approval, and approve it or send it back.

    A refused decision comes back with the reason, status 409, and what was typed.
    """
    state = get_object_or_404(TaskState, pk=task_state_id)
    task = state.task.specific
    if not isinstance(task, ClinicalApprovalTask):
        raise PermissionDenied("This step is not a clinical approval.")
    page = gated(state.revision.content_object)
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    if request.method != "POST":
        return _show(request, page, state, task)
    return _carry_out(request, page, state, task)


def _carry_out(
    request: HttpRequest, page: GatedPage, state: TaskState, task: ClinicalApprovalTask
) -> HttpResponse:
    action = request.POST.get("action", "")
    if action not in DONE:
        messages.error(request, "Choose to approve the page or to send it back.")
        return _show(request, page, state, task, status=400)
    form = task.get_form_for_action(action)(request.POST, auto_id=f"{action}-%s")
    if not form.is_valid():
        return _show(request, page, state, task, {action: form}, status=400)
    try:
        task.on_action(state, request.user, action, **form.cleaned_data)
    except (DecisionRefused, NotSignedOff) as refusal:
        return _refuse(request, state, task, action, form, str(refusal))
    messages.success(
        request, DONE[action].format(title=page.title) + _what_now(page, state)
    )
    return redirect("wagtailadmin_home")


def _refuse(
    request: HttpRequest,
    state: TaskState,
    task: ClinicalApprovalTask,
    action: str,
    form: Form,
    refusal: str,
) -> HttpResponse:
    """Say why, what to do now, and give back what was typed.

    The version that is shown is the newest: an answer to that one has to be given
    anew, without the ticks that were about another.
    """
    state = TaskState.objects.get(pk=state.pk)
    page = gated(Page.objects.get(pk=state.revision.object_id))
    typed = form.cleaned_data["comment"]
    again = type(form)(
        initial={"revision": state.revision_id, "comment": typed},
        auto_id=f"{action}-%s",
    )
    more = {
        "refusal": refusal,
        "next_step": decision_page.next_step(page, state),
        "typed": typed,
    }
    return _show(request, page, state, task, {action: again}, status=409, more=more)


def _what_now(page: GatedPage, state: TaskState) -> str:
    page = gated(type(page).objects.get(pk=page.pk))
    if page.live_revision_id == state.revision_id:
        return " It is live now."
    if page.current_workflow_task and page.approvals_needed > Approvals.ONE:
        return " It goes live when a second person has approved it."
    return ""


def _show(
    request: HttpRequest,
    page: GatedPage,
    state: TaskState,
    task: ClinicalApprovalTask,
    filled: dict[str, Form] | None = None,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    forms = _forms(task, state.revision_id, filled or {})
    if not decision_page.offers_whole_page(page, task, request.user):
        forms["approve"].fields.pop("whole_page", None)
    context = decision_page.about(page, state, task, request.user)
    context |= {"forms": forms} | (more or {})
    return TemplateResponse(
        request, "education/admin/decide.html", context, status=status
    )


def _forms(
    task: ClinicalApprovalTask, revision_id: int, filled: dict[str, Form]
) -> dict[str, Form]:
    return {
        action: filled.get(action)
        or task.get_form_for_action(action)(
            initial={"revision": revision_id}, auto_id=f"{action}-%s"
        )
        for action in DONE
    }


class _ToTheDecision:
    """Sends Wagtail's own workflow buttons to our page, where all is read first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            raise PermissionDenied
        return redirect("moderation:decide", self.task_state.pk)


class ToTheDecision(_ToTheDecision, WorkflowActionView):
    pass


class CollectToTheDecision(_ToTheDecision, CollectWorkflowActionDataView):
    pass


class GatedPageViewSet(PageViewSet):
    """The CMS's views of our pages; decisions are taken on one page only."""

    edit_view_class = SafeEditView
    revisions_revert_view_class = SafeRevertView
    revisions_unschedule_view_class = SafeUnscheduleView
    workflow_action_view_class = ToTheDecision
    collect_workflow_action_data_view_class = CollectToTheDecision
