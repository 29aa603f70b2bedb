"""The step of the workflow in which a clinician approves what somebody else wrote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.forms import TaskStateCommentForm
from wagtail.locks import WorkflowLock
from wagtail.models import (
    AbstractGroupApprovalTask,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    WorkflowState,
)

from education.models.approval import SignOff, content_hash, next_review_date
from education.models.demonstration import DemonstrationItem
from education.models.gate import WENT_LIVE, GatedPage, gated
from education.vocabulary import Approvals, Decision

ANSWERS = frozenset({"revision", "comment", "sources_checked"})


class DecisionRefused(PermissionDenied):
    """A decision was not carried out; the message says why, in plain words."""


class DecisionForm(TaskStateCommentForm):
    """What a decision says besides yes or no. `revision` is what the reviewer read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label="Comment",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The author sees it. It is kept with the sign-off.",
    )


class ApproveForm(DecisionForm):
    sources_checked = forms.BooleanField(
        label="I have opened the sources and they say what the page says",
        required=False,
        help_text="Tick it only if you did. It is kept with your sign-off.",
    )


class SendBackForm(DecisionForm):
    comment = forms.CharField(
        label="What has to change",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say what has to change and why. The author sees it.",
        error_messages={"required": "Say what has to change, so the author can act."},
    )


class WaitingForApproval(WorkflowLock):
    """The page is with its reviewers: nobody edits what they are reading."""

    def for_user(self, user: AbstractBaseUser) -> bool:
        return True

    def get_message(self, user: AbstractBaseUser) -> str:
        return (
            "This page is waiting for approval, so nobody can edit it. The author can "
            "take it back; a reviewer approves it or sends it back."
        )

    def get_description(self, user: AbstractBaseUser, can_lock: bool = False) -> str:
        return "Nobody can edit the page while reviewers read it"


class ClinicalApprovalTask(AbstractGroupApprovalTask):
    """Approval by a member of the groups who did not write what is to go live."""

    second_approval = models.BooleanField(
        "second approval",
        default=False,
        help_text="Only for pages that need two different approvers, such as "
        "medicines. Other pages skip this step.",
    )

    admin_form_fields = [
        *AbstractGroupApprovalTask.admin_form_fields,
        "second_approval",
    ]
    lock_class = WaitingForApproval

    class Meta:
        verbose_name = "Clinical approval"
        verbose_name_plural = "Clinical approvals"

    @classmethod
    def get_description(cls) -> str:
        return "A clinician of the chosen groups approves what somebody else wrote."

    def start(
        self, workflow_state: WorkflowState, user: User | None = None
    ) -> TaskState:
        """Begin the step; skip a second approval where one is enough.

        Raises ValidationError when the page lacks something that approval needs.
        """
        page = gated(workflow_state.content_object)
        if self.second_approval and page.approvals_needed < Approvals.TWO:
            return TaskState.objects.create(
                workflow_state=workflow_state,
                status=TaskState.STATUS_SKIPPED,
                revision=page.get_latest_revision(),
                task=self,
                finished_at=timezone.now(),
            )
        page.get_latest_revision_as_object().check_ready_for_approval()
        return super().start(workflow_state, user)

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        """The decisions that this user may take; none for somebody who wrote on it."""
        if self.why_not(gated(obj), user):
            return []
        return [("approve", "Approve", True), ("reject", "Send back", True)]

    def get_form_for_action(self, action: str) -> type[DecisionForm]:
        return ApproveForm if action == "approve" else SendBackForm

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: User, action_name: str, **answers: Any
    ) -> None:
        """Carry out a decision: all of it, or nothing.

        `answers` are those of the form for the action and name the revision that was
        read. Raises DecisionRefused when the rules forbid it or things have moved on.
        Every rule is checked here, because not every view checks them.
        """
        if action_name not in ("approve", "reject"):
            raise DecisionRefused("A page can be approved or sent back, nothing else.")
        if not answers.keys() <= ANSWERS:
            raise DecisionRefused("The decision came with unknown extra data.")
        form = self.get_form_for_action(action_name)(answers)
        if not form.is_valid():
            raise DecisionRefused(_first_error(form))
        page, state = _lock(task_state)
        self._check(page, state, user, form.cleaned_data["revision"])
        if action_name == "reject":
            _sign(page, state.revision, user, Decision.SENT_BACK, form.cleaned_data)
            state.reject(user=user, comment=form.cleaned_data["comment"])
            return
        try:
            state.revision.as_object().check_ready_for_approval()
            _sign(page, state.revision, user, Decision.APPROVED, form.cleaned_data)
            state.approve(user=user, comment=form.cleaned_data["comment"])
        except ValidationError as error:
            raise DecisionRefused(
                "Since it was handed over, the page has come to break a rule: "
                + " ".join(error.messages)
            ) from error

    def _check(self, page: GatedPage, state: TaskState, user: User, read: int) -> None:
        workflow = state.workflow_state
        waiting = (
            state.status == TaskState.STATUS_IN_PROGRESS
            and workflow.status == WorkflowState.STATUS_IN_PROGRESS
            and workflow.current_task_state_id == state.pk
            and state.task_id == self.pk
        )
        if not waiting:
            raise DecisionRefused(
                "This page is no longer waiting for this decision: somebody else has "
                "decided, or it was taken back."
            )
        if not read == state.revision_id == page.latest_revision_id:
            raise DecisionRefused(
                "The text has changed since you opened it. Read the newest version "
                "and decide again."
            )
        if reason := self.why_not(page, user):
            raise DecisionRefused(reason)

    def why_not(self, page: GatedPage, user: User) -> str:
        """Why this user may not decide on this page now; empty when he or she may."""
        if not user.is_active or not self._user_in_groups(user):
            return "Only members of the reviewers' groups can decide on a page."
        workflow = page.current_workflow_state
        if user.pk in page.author_ids() or (
            workflow and workflow.requested_by_id == user.pk
        ):
            return (
                "You wrote or submitted part of this text, so somebody else has to "
                "decide on it."
            )
        revision = page.get_latest_revision()
        if any(row.reviewer_id == user.pk for row in _approvals(revision)):
            return "You have approved this text already; a second person has to."
        return ""

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: Any
    ) -> models.QuerySet[TaskState]:
        """What waits for this user: no text that he or she wrote, sent or approved."""
        if not self._user_in_groups(user):
            return TaskState.objects.none()
        page_id = Cast(models.OuterRef("object_id"), models.BigIntegerField())
        live = Page.objects.filter(pk=page_id).values("live_revision_id")
        was_live = PageLogEntry.objects.filter(
            page_id=page_id, action__in=WENT_LIVE, revision__isnull=False
        ).order_by("-timestamp", "-pk")
        written = Revision.objects.filter(
            user=user,
            base_content_type=models.OuterRef("revision__base_content_type"),
            object_id=models.OuterRef("revision__object_id"),
            pk__gt=Coalesce(
                models.Subquery(live[:1]),
                models.Subquery(was_live.values("revision_id")[:1]),
                0,
            ),
        )
        return self.task_states.filter(
            ~models.Exists(written), status=TaskState.STATUS_IN_PROGRESS
        ).exclude(
            models.Q(workflow_state__requested_by=user)
            | models.Q(revision__sign_offs__reviewer=user)
        )


def _approvals(revision: Revision | None) -> list[SignOff]:
    return SignOff.objects.approvals_of(revision) if revision else []


def _first_error(form: forms.Form) -> str:
    return next(iter(form.errors.values()))[0]


def _lock(task_state: TaskState) -> tuple[GatedPage, TaskState]:
    """Hold the page's row until the transaction ends; what we then read is settled."""
    page = Page.objects.select_for_update().get(pk=task_state.revision.object_id)
    fresh = TaskState.objects.select_related("workflow_state", "revision").get(
        pk=task_state.pk
    )
    return gated(page), fresh


def _sign(
    page: GatedPage,
    revision: Revision,
    user: User,
    decision: Decision,
    answers: dict[str, Any],
) -> SignOff:
    """Write the sign-off at the end of its ledger."""
    # One ledger, one writer at a time: whoever holds the root's row writes the next.
    Page.objects.select_for_update().get(depth=1)
    approved = decision == Decision.APPROVED
    before = {row.reviewer_id for row in _approvals(revision)} if approved else set()
    signed_at = timezone.now()
    months = page.review_months(revision.content)
    sign_off = SignOff(
        page_id=page.pk,
        revision=revision,
        content_hash=content_hash(revision.content),
        reviewer=user,
        reviewer_name=user.get_full_name() or user.get_username(),
        decision=decision,
        completes=approved and len(before | {user.pk}) >= page.approvals_needed,
        note=answers["comment"],
        sources_checked=answers.get("sources_checked", False),
        signed_at=signed_at,
        next_review_on=(
            next_review_date(timezone.localdate(signed_at), months)
            if approved
            else None
        ),
        ledger=_ledger(page, user),
    )
    sign_off.save()
    return sign_off


def _ledger(page: GatedPage, reviewer: User) -> str:
    """The demonstration's ledger while nobody else has a hand in the page."""
    people = {reviewer.pk, *page.author_ids()}
    if DemonstrationItem.objects.holds(page) and people <= set(
        DemonstrationItem.objects.ids(User)
    ):
        return SignOff.DEMONSTRATION
    return SignOff.CLINICAL
