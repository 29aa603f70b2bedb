"""What somebody reads before a decision: which kind it is, and what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import TaskState

from education.models import ClinicalApprovalTask, GatedPage, SignOff
from education.models.clinicians import signature
from education.models.differences import Differences, named_differences
from education.moderation.desk import Link, named
from education.vocabulary import Approvals

#: So many of the latest decisions on the page are shown.
EARLIER = 5


@dataclass(frozen=True)
class NextStep:
    """What to do after a decision was refused."""

    sentence: str
    link: Link


def about(
    page: GatedPage, state: TaskState, task: ClinicalApprovalTask, user: User
) -> dict[str, Any]:
    """The template's words on one page that waits, or waited, for a decision."""
    revision = state.revision
    waiting = state.status == TaskState.STATUS_IN_PROGRESS
    reason = task.why_not(page, user) if waiting else ""
    approvals = SignOff.objects.approvals_of(revision)
    return {
        "page_title": "Approve or send back",
        "object": page,
        "state": state,
        "revision": revision,
        "waiting": waiting,
        "reason": reason,
        "may_decide": waiting and not reason,
        "kind": kind_of(page),
        "live_since": _live_since(page),
        "differences": what_changed(page, state),
        "change_note": revision.content.get("change_note", ""),
        "written_by": named(revision.user) if revision.user else "",
        "asked_by": named(state.workflow_state.requested_by),
        "signs_as": ", ".join(part for part in signature(user) if part),
        "standing_so_far": _standing_so_far(page, approvals),
        "earlier": SignOff.objects.filter(page=page.pk).order_by("-pk")[:EARLIER],
        "references": revision.content.get("references", []),
        "beside_the_text": revision.as_object().beside_the_text(),
        "preview_url": reverse(
            "wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk]
        ),
        "history_url": reverse("wagtailadmin_pages:history", args=[page.pk]),
        "compare_url": _compare_url(page, state),
    }


def kind_of(page: GatedPage) -> str:
    """ "first", "unchanged" or "change": what the approval would stand for."""
    if not page.live:
        return "first"
    return "unchanged" if page.is_review_without_changes else "change"


def offers_whole_page(page: GatedPage, task: ClinicalApprovalTask, user: User) -> bool:
    """Whether to ask about the whole page: only with a change to what is live."""
    return kind_of(page) == "change" and task.may_review_whole(page, user)


def what_changed(page: GatedPage, state: TaskState) -> Differences:
    live = page.live_revision if page.live else None
    if live is None:
        return Differences()
    return named_differences(live.content, state.revision.content)


def next_step(page: GatedPage, state: TaskState) -> NextStep:
    """Where to go from a refusal; `page` and `state` as they are now."""
    newest = page.current_workflow_task_state
    is_open = newest is not None and newest.status == TaskState.STATUS_IN_PROGRESS
    if is_open and newest.pk == state.pk:
        return NextStep(
            "The newest version is below, and what you wrote is kept. If you cannot "
            "approve it, send it back and say what has to change.",
            Link("Read it again", "#about-title"),
        )
    if is_open:
        return NextStep(
            "What you wrote is kept below, to copy.",
            Link(
                "Read the newest version",
                reverse("moderation:decide", args=[newest.pk]),
            ),
        )
    return NextStep(
        "There is nothing left to do here. What you wrote is kept below, to copy if "
        "somebody should read it.",
        Link("Go to your desk", reverse("wagtailadmin_home")),
    )


def _live_since(page: GatedPage) -> datetime | None:
    return page.last_published_at if page.live else None


def _standing_so_far(page: GatedPage, approvals: list[SignOff]) -> str:
    """Where the two approvals of a medicine stand; empty for pages that need one."""
    if page.approvals_needed < Approvals.TWO:
        return ""
    if not approvals:
        return (
            "Two different people have to approve this page. Nobody has so far: with "
            "your approval it waits for a second person."
        )
    names = " and ".join(row.reviewer_name for row in approvals)
    return (
        f"Two different people have to approve this page. {names} approved exactly "
        "this text: with your approval it goes live."
    )


def _compare_url(page: GatedPage, state: TaskState) -> str:
    if not page.live:
        return ""
    return reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[page.pk, "live", state.revision_id],
    )
