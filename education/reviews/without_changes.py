"""A review that finds nothing to change: begun here, signed where all is decided."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, WorkflowState

from education.models import ClinicalPage, GatedPage, ReviewSchedule
from education.models.gate import gated
from education.models.holding import PageIsBusy, hold
from education.reviews.assigning import named, reviewers

#: So many names of people who can sign are told.
MOST_NAMES = 5


class CannotBegin(Exception):
    """A review without changes makes no sense now; the message says what to do."""


def why_not(page: GatedPage) -> str:
    """Why no review without changes can begin on this page; empty when one can."""
    if not page.live:
        return (
            "This page is not on the site. Hand its text over for approval instead: "
            "that is a review of the whole page."
        )
    if page.workflow_in_progress:
        return "This page is waiting for approval already."
    if page.approved_schedule:
        return (
            "A new version is approved and goes live soon. Review the page after that."
        )
    if sent_back := _sent_back(page):
        return sent_back
    if page.latest_revision_id != page.live_revision_id and not (
        page.is_review_without_changes
    ):
        return (
            "This page has changes that are not live yet, so a review cannot say that "
            "nothing has to change. Hand the changes over for approval: whoever "
            "approves them can review the whole page in the same step. Or, if you do "
            "not need them, go back to the live version in the history of the page."
        )
    return ""


def _sent_back(page: GatedPage) -> str:
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    return (
        "A reviewer sent this page back, so something has to change. Open the page, "
        "read the comment, change the text and hand it over again."
    )


@transaction.atomic
def begin(page: Page, user: User) -> TaskState:
    """Ask for a review of the words as they are; whoever asks is not their author.

    Raises CannotBegin with the reason. Two at once make one review.
    """
    row = hold(page.pk)
    if row is None:
        raise CannotBegin("This page was deleted meanwhile.")
    held = gated(row)
    if reason := why_not(held):
        raise CannotBegin(reason)
    draft = held.live_revision.as_object()
    # It was saved before it went live, so it remembers the version before itself.
    draft.live_revision = held.live_revision
    draft.change_note = ""
    try:
        revision = draft.save_revision(user=None)
        log(draft, "education.review", user=user, revision=revision)
        draft.get_workflow().start(draft, user)
    except ValidationError as error:
        raise CannotBegin(
            "The page breaks a rule that is newer than its text, so it has to be "
            "changed first. " + " ".join(error.messages)
        ) from error
    return gated(Page.objects.get(pk=page.pk)).current_workflow_task_state


@require_http_methods(["GET", "HEAD", "POST"])
def begin_review(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say what a review without changes is, and begin one.

    Whoever may sign it goes straight to the page to decide on.
    """
    page = _found(page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    if request.method == "POST":
        try:
            state = begin(page, request.user)
        except (CannotBegin, PageIsBusy) as refusal:
            messages.error(request, str(refusal))
            return _show(request, _found(page_id), status=409)
        return _begun(request, page, state)
    return _show(request, page)


def _found(page_id: int) -> ClinicalPage:
    # Asked of Page, which takes numbers that are too large for the database.
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ClinicalPage):
        raise Http404
    return page


def _begun(request: HttpRequest, page: GatedPage, state: TaskState) -> HttpResponse:
    page = gated(Page.objects.get(pk=page.pk))
    if not state.task.specific.why_not(page, request.user):
        messages.success(
            request,
            "Read the page to its end. If nothing has to change, approve it: that is "
            "the review.",
        )
        return redirect("moderation:decide", state.pk)
    messages.success(
        request,
        f'You asked for a review of "{page.title}". You wrote on it or may not sign, '
        f"so somebody else does. {_who_was_asked(page)}",
    )
    return redirect("reviews:report")


def _who_was_asked(page: GatedPage) -> str:
    """Whoever can sign for every sentence, in a sentence; the assigned one first."""
    authors = page.all_author_ids()
    people = [person for person in reviewers() if person.pk not in authors]
    if not people:
        return "But everybody who could has written on it: ask a clinical lead."
    schedule = ReviewSchedule.objects.filter(page=page.pk).first()
    assigned = schedule.assigned_to_id if schedule else None
    people.sort(key=lambda person: person.pk != assigned)
    names = [named(person) for person in people[:MOST_NAMES]]
    more = len(people) - len(names)
    return f"It now waits for {_either(names)}{f' or {more} more' if more else ''}."


def _either(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _show(request: HttpRequest, page: GatedPage, status: int = 200) -> HttpResponse:
    state = page.current_workflow_task_state if page.workflow_in_progress else None
    context: dict[str, Any] = {
        "header_title": f"Review without changes: {page.title}",
        "header_icon": "calendar-check",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("reviews:report"), "label": "Reviews"},
            {"url": "", "label": "Review without changes"},
        ],
        "object": page,
        "reason": why_not(page),
        "standing": page.standing(),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "decide_url": reverse("moderation:decide", args=[state.pk]) if state else "",
    }
    return TemplateResponse(
        request, "education/admin/reviews_begin.html", context, status=status
    )
