"""The step of the workflow in which a clinician approves what somebody else wrote."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from wagtail.locks import WorkflowLock
from wagtail.models import (
    AbstractGroupApprovalTask,
    Page,
    Revision,
    TaskState,
    WorkflowState,
)

from education.models.approval import SignOff, next_review_date
from education.models.clinicians import NAMESAKE, has_namesake, signature
from education.models.decisions import ApproveForm, DecisionForm, SendBackForm
from education.models.demonstration import DemonstrationItem
from education.models.gate import GatedPage, gated
from education.models.handing_over import who_handed_over
from education.models.holding import PageIsBusy, hold
from education.models.waiting import not_ones_own
from education.vocabulary import Approvals, Decision

ANSWERS = frozenset({"revision", "comment", "sources_checked", "whole_page"})


class DecisionRefused(PermissionDenied):
    """A decision was not carried out; the message says why, in plain words."""


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
        if not signature(user)[0]:
            return (
                "Nobody would know who approved: your account has no name. A clinical "
                "lead has to fill in who you are."
            )
        barred = self.barred(page)
        if user.pk not in barred and has_namesake(user, barred):
            return NAMESAKE
        return barred.get(user.pk, "")

    def barred(self, page: GatedPage) -> dict[int, str]:
        """Who may not decide on this text, having had a hand in it, and why."""
        reasons = {
            row.reviewer_id: "You have approved this text already; a second person "
            "has to."
            for row in _approvals(page.get_latest_revision())
        }
        for people, reason in (
            (
                _who_may_not_decide_for_that(page),
                "You handed this text over, so somebody else has to decide on it.",
            ),
            (
                page.author_ids(),
                "You wrote part of this text, so somebody else has to decide on it.",
            ),
        ):
            reasons |= dict.fromkeys(people, reason)
        return reasons

    def may_review_whole(self, page: GatedPage, user: User) -> bool:
        """Whether this user could sign for every sentence, having written none."""
        return user.pk not in page.all_author_ids()

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: Any
    ) -> models.QuerySet[TaskState]:
        """What waits for this user: no text that he or she wrote, sent or approved."""
        if not self._user_in_groups(user):
            return TaskState.objects.none()
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return not_ones_own(waiting, user)


def _who_may_not_decide_for_that(page: GatedPage) -> set[int]:
    """Whoever handed over; nobody for a review that found nothing to change.

    Then whoever did the review signs for it: the words went live by somebody else's
    approval, and none of them is new.
    """
    return set() if page.is_review_without_changes else who_handed_over(page)


def _approvals(revision: Revision | None) -> list[SignOff]:
    return SignOff.objects.approvals_of(revision) if revision else []


def _first_error(form: DecisionForm) -> str:
    return next(iter(form.errors.values()))[0]


def _lock(task_state: TaskState) -> tuple[GatedPage, TaskState]:
    """Hold the page's row until the transaction ends; what we then read is settled."""
    try:
        page = hold(task_state.revision.object_id)
    except PageIsBusy as busy:
        raise DecisionRefused(str(busy)) from busy
    if page is None:
        raise DecisionRefused("This page is not there any more.")
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
    approved = decision == Decision.APPROVED
    before = {row.reviewer_id for row in _approvals(revision)} if approved else set()
    whole = page.needs_whole_review or answers.get("whole_page", False)
    if approved and whole and user.pk in page.all_author_ids():
        raise DecisionRefused(
            "You wrote part of what is live already. Approve the change alone, and "
            "let somebody else sign for the whole page."
        )
    signed_at = timezone.now()
    months = page.review_months(revision.content)
    return SignOff.objects.write(
        page=page,
        revision=revision,
        reviewer=user,
        decision=decision,
        completes=approved and len(before | {user.pk}) >= page.approvals_needed,
        note=answers["comment"],
        sources_checked=answers.get("sources_checked", False),
        signed_at=signed_at,
        next_review_on=(
            next_review_date(timezone.localdate(signed_at), months)
            if approved and whole
            else None
        ),
        ledger=ledger_of(page, user),
    )


def ledger_of(page: GatedPage, reviewer: User) -> str:
    """The demonstration's ledger while nobody else has a hand in the page."""
    people = {reviewer.pk, *page.author_ids()}
    if DemonstrationItem.objects.holds(page) and people <= set(
        DemonstrationItem.objects.ids(User)
    ):
        return SignOff.DEMONSTRATION
    return SignOff.CLINICAL
