"""E-mails about approval: one letter for each event to each person who can act on it.

They go out once the decision is committed; no mail server can break or undo it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.dispatch import Signal
from django.urls import reverse
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from education.models import ClinicalApprovalTask, GatedPage, SignOff, Withdrawal
from education.models.differences import named_differences
from education.models.gate import gated
from education.models.handing_over import handed_over_together, is_told_together
from education.models.withdrawals import page_withdrawn
from education.moderation import recipients
from education.moderation.sending import send

logger = logging.getLogger(__name__)


def connect() -> None:
    """Write in the place of Wagtail, whose letters these would else repeat.

    Each takes the name under which Wagtail registers its own, before or after.
    """
    for signal, sender, name, tell in (
        (
            task_submitted,
            TaskState,
            "group_approval_task_submitted_email_notification",
            when_handed_over,
        ),
        (
            workflow_submitted,
            WorkflowState,
            "workflow_state_submitted_email_notification",
            when_begun,
        ),
        (
            workflow_rejected,
            WorkflowState,
            "workflow_state_rejected_email_notification",
            when_sent_back,
        ),
        (
            workflow_approved,
            WorkflowState,
            "workflow_state_approved_email_notification",
            when_approved,
        ),
    ):
        _take_the_place(signal, sender, name, tell)
    page_withdrawn.connect(when_withdrawn, dispatch_uid="mails on withdrawal")
    handed_over_together.connect(when_several, dispatch_uid="mails on several")


def _take_the_place(
    signal: Signal, sender: type, name: str, tell: Callable[..., None]
) -> None:
    signal.disconnect(sender=sender, dispatch_uid=name)
    signal.connect(tell, sender=sender, dispatch_uid=name)


def when_handed_over(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    ours = isinstance(instance.task.specific, ClinicalApprovalTask)
    if ours and not is_told_together(instance):
        _after_commit(partial(tell_approvers, instance.pk, user))


def when_several(state_ids: list[int], user: User, **kwargs: Any) -> None:
    """Several pages at once: a letter a person, not a letter a page."""
    _after_commit(partial(tell_of_several, state_ids, user))


def when_begun(instance: WorkflowState, **kwargs: Any) -> None:
    """Its first step has told already."""


def when_sent_back(instance: WorkflowState, user: User | None, **kwargs: Any) -> None:
    _after_commit(partial(tell_of_sending_back, instance.current_task_state_id, user))


def when_approved(instance: WorkflowState, user: User | None, **kwargs: Any) -> None:
    _after_commit(partial(tell_of_approval, instance.current_task_state_id, user))


def when_withdrawn(withdrawal: Withdrawal, **kwargs: Any) -> None:
    """Sent once the page is off the site, so nothing is left to wait for."""
    _after_commit(partial(tell_of_withdrawal, withdrawal))


def _after_commit(tell: Callable[[], None]) -> None:
    """Tell once it is settled. What was decided stands, told or not."""

    def try_to_tell() -> None:
        try:
            tell()
        except Exception:
            logger.exception("Nobody could be told what became of a page")

    transaction.on_commit(try_to_tell)


def tell_approvers(state_id: int, by: User | None) -> None:
    """Who could approve what was handed over, or give it the second approval."""
    state, page = _as_it_is_now(state_id)
    task = state.task.specific
    if state.status != TaskState.STATUS_IN_PROGRESS or recipients.is_rehearsal(
        page, by
    ):
        return
    name, subject = "handed_over", "Approval wanted"
    if task.second_approval:
        name, subject = "second_approval", "Second approval wanted"
    elif page.is_review_without_changes:
        name, subject = "review_asked", "Review wanted"
    people = recipients.approvers(state, page, task)
    about = _about(page, state.revision) | {
        "by": _named(by),
        "link": _address("moderation:decide", state.pk),
        "opinions": SignOff.objects.approvals_of(state.revision),
    }
    _tell(name, f"{subject}: {about['title']}", people, about, "submitted")


def tell_of_several(state_ids: list[int], by: User) -> None:
    """Who could approve some of what was handed over: with all of it that he or she
    can decide on.
    """
    lists: dict[User, list[dict[str, Any]]] = {}
    waiting = TaskState.objects.filter(
        pk__in=state_ids, status=TaskState.STATUS_IN_PROGRESS
    )
    for pk in waiting.order_by("pk").values_list("pk", flat=True):
        state, page = _as_it_is_now(pk)
        if recipients.is_rehearsal(page, by):
            continue
        row = {
            "title": state.revision.object_str,
            "link": _address("moderation:decide", state.pk),
        }
        for person in recipients.approvers(state, page, state.task.specific):
            lists.setdefault(person, []).append(row)
    for person, rows in lists.items():
        subject = f"Approval wanted: {rows[0]['title']}"
        if len(rows) > 1:
            subject = f"Approval wanted: {len(rows)} pages"
        about = {"by": _named(by), "pages": rows}
        _tell("several_handed_over", subject, [person], about, "submitted")


def tell_of_sending_back(state_id: int, by: User | None) -> None:
    """Who wrote it or handed it over: with what the reviewer wants changed."""
    state, page = _as_it_is_now(state_id)
    people = _writers(state, page, by)
    about = _about(page, state.revision) | {
        "by": _named(by),
        "comment": state.comment,
        "link": _address("wagtailadmin_pages:edit", page.pk),
    }
    _tell("sent_back", f"Sent back: {about['title']}", people, about, "rejected")


def tell_of_approval(state_id: int, by: User | None) -> None:
    """Who wrote it or handed it over: it is live, or goes live when it is due."""
    state, page = _as_it_is_now(state_id)
    revision = state.revision
    people = _writers(state, page, by)
    about = _about(page, revision) | {
        "opinions": SignOff.objects.approvals_of(revision),
        "goes_live_at": revision.approved_go_live_at,
        "link": _public(page) or _address("wagtailadmin_pages:edit", page.pk),
    }
    subject = "Approved, goes live later" if revision.approved_go_live_at else "Live"
    _tell("approved", f"{subject}: {about['title']}", people, about, "approved")


def tell_of_withdrawal(withdrawal: Withdrawal) -> None:
    """Who wrote what the public read, and the other leads; nobody can opt out of it."""
    page = gated(withdrawal.page)
    sign_off = withdrawal.sign_off
    if recipients.is_rehearsal(page, sign_off.reviewer):
        return
    people = recipients.authors_and_leads(page, withdrawal)
    about = {
        "title": page.title,
        "by": sign_off.reviewer_name,
        "comment": sign_off.note,
        "reason": withdrawal.get_reason_display(),
        "sentence": withdrawal.sentence,
        "link": _address("wagtailadmin_pages:history", page.pk),
    }
    _tell("withdrawn", f"Taken off the site: {page.title}", people, about)


def _tell(
    name: str, subject: str, people: list[User], about: dict[str, Any], wish: str = ""
) -> None:
    """`wish` is the choice in the CMS profile by which somebody may decline."""
    send(name, subject, [p for p in people if _wants(p, wish)], about)


def _wants(person: User, wish: str) -> bool:
    profile = getattr(person, "wagtail_userprofile", None)
    return getattr(profile, f"{wish}_notifications", True)


def _as_it_is_now(state_id: int) -> tuple[TaskState, GatedPage]:
    states = TaskState.objects.select_related("revision", "workflow_state")
    state = states.get(pk=state_id)
    return state, gated(state.revision.content_object)


def _writers(state: TaskState, page: GatedPage, by: User | None) -> list[User]:
    if recipients.is_rehearsal(page, by):
        return []
    people = recipients.writers_and_sender(page, state.revision, state.workflow_state)
    return [person for person in people if by is None or person.pk != by.pk]


def _about(page: GatedPage, revision: Revision) -> dict[str, Any]:
    """The page, what its author says is new, and what differs from the text before."""
    before = (
        SignOff.objects.filter(
            page=page.pk, completes=True, revision_id__lt=revision.pk
        )
        .order_by("-revision_id")
        .select_related("revision")
        .first()
    )
    old = before.revision.content if before else None
    found = named_differences(old, revision.content) if old else None
    return {
        "title": revision.object_str,
        "is_new": before is None,
        "change_note": revision.content.get("change_note", ""),
        "in_short": found.in_short() if found else "",
        "difference": found.as_text() if found else "",
    }


def _address(name: str, *args: int) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=args)


def _public(page: GatedPage) -> str:
    address = getattr(page, "address", "") if page.live else ""
    return f"{settings.WAGTAILADMIN_BASE_URL}{address}" if address else ""


def _named(person: User | None) -> str:
    return (person.get_full_name() or person.get_username()) if person else "Somebody"
