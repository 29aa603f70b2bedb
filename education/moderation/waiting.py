"""What waits for whom: the questions that the desk asks the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page, Revision, TaskState, WorkflowState

from education.models import ClinicalApprovalTask, ReviewSchedule, SignOff
from education.models.waiting import not_ones_own
from education.vocabulary import Decision

#: Holders of it see what is due of everybody's.
KEEPING_REVIEWS = "education.change_reviewschedule"

_RUNNING = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def tasks_of(user: User) -> list[int]:
    """The steps in which this user may decide; none for who is no approver."""
    tasks = ClinicalApprovalTask.objects.filter(active=True, groups__user=user)
    return list(tasks.distinct().values_list("pk", flat=True))


def waiting_for(user: User, tasks: Iterable[int]) -> models.QuerySet[TaskState]:
    """What this user may decide on: reviews that are his or hers first, then by age."""
    waiting = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=tasks
    )
    page_id = Cast(models.OuterRef("revision__object_id"), models.BigIntegerField())
    assigned = ReviewSchedule.objects.filter(page=page_id, assigned_to=user)
    is_review = models.Q(revision__user__isnull=True)
    return (
        not_ones_own(waiting, user)
        .annotate(
            is_assigned=models.ExpressionWrapper(
                is_review & models.Exists(assigned), models.BooleanField()
            )
        )
        .order_by("-is_assigned", "started_at", "pk")
    )


def with_texts(states: models.QuerySet[TaskState]) -> models.QuerySet[TaskState]:
    """With what each row of the desk says, the live text included; not for counting."""
    page = Page.objects.filter(
        pk=Cast(models.OuterRef("revision__object_id"), models.BigIntegerField())
    )
    return states.select_related(
        "revision__user", "workflow_state__requested_by"
    ).annotate(
        live_content=models.Subquery(page.values("live_revision__content")[:1]),
        is_second=models.F("task__clinicalapprovaltask__second_approval"),
    )


def sent_back_to(user: User) -> models.QuerySet[Page]:
    """Pages that a reviewer sent back and that this user wrote or handed over."""
    return _newest_first(_unfinished(user).filter(_sent_back(user)))


def drafts_of(user: User) -> models.QuerySet[Page]:
    """Pages with words of this user's that are neither live nor wait anywhere."""
    return _newest_first(_unfinished(user).filter(_is_draft()))


def sent_back_and_drafts(user: User, most: int) -> models.QuerySet[Page]:
    """The newest of both, with the number of each of them all; one statement."""
    sent_back, drafts = sent_back_to(user), drafts_of(user)
    newest = models.Q(pk__in=sent_back.values("pk")[:most])
    newest |= models.Q(pk__in=drafts.values("pk")[:most])
    return with_versions(
        _newest_first(_unfinished(user).filter(newest)).annotate(
            all_sent_back=_number_of(sent_back), all_drafts=_number_of(drafts)
        )
    )


def with_versions(pages: models.QuerySet[Page]) -> models.QuerySet[Page]:
    """With what is new and what is live of each page; not for counting."""
    return pages.select_related("latest_revision", "live_revision")


def due_for(user: User, today: date) -> models.QuerySet[ReviewSchedule]:
    """Reviews whose day has come: the user's own, for a lead everybody's."""
    due = ReviewSchedule.objects.of_live_pages().filter(due_on__lte=today)
    if not user.has_perm(KEEPING_REVIEWS):
        due = due.filter(assigned_to=user)
    return due.select_related("page", "assigned_to").order_by("due_on", "pk")


def first_of(rows: models.QuerySet, most: int) -> models.QuerySet:
    """The first rows, each with the `total` of all: no asking apart, none too many.

    What they are annotated with afterwards is looked up for those few rows alone.
    """
    few = rows.filter(pk__in=rows.values("pk")[:most])
    return few.annotate(total=_number_of(rows))


def _number_of(rows: models.QuerySet) -> models.Subquery:
    """How many rows, as a part of another statement."""
    counted = rows.order_by().annotate(one=models.Value(1)).values("one")
    return models.Subquery(
        counted.annotate(number=models.Count("pk", distinct=True)).values("number")
    )


def _unfinished(user: User) -> models.QuerySet[Page]:
    """Pages whose newest version nobody approved, with where they stand."""
    about = {
        "base_content_type": ContentType.objects.get_for_model(Page),
        "object_id": Cast(models.OuterRef("pk"), models.CharField()),
    }
    since_live = Coalesce(models.OuterRef("live_revision"), 0)
    written = Revision.objects.filter(**about, user=user, pk__gt=since_live)
    workflow = WorkflowState.objects.filter(**about, status__in=_RUNNING)
    approved = SignOff.objects.filter(
        revision=models.OuterRef("latest_revision"), completes=True
    )
    back = SignOff.objects.filter(
        page=models.OuterRef("pk"), decision=Decision.SENT_BACK
    ).order_by("-pk")
    return Page.objects.filter(
        ~models.Exists(approved), has_unpublished_changes=True
    ).annotate(
        is_written=models.Exists(written),
        stands=models.Subquery(workflow.values("status")[:1]),
        handed_over_by=models.Subquery(workflow.values("requested_by")[:1]),
        sent_back_by=models.Subquery(back.values("reviewer_name")[:1]),
        comment=models.Subquery(back.values("note")[:1]),
    )


def _sent_back(user: User) -> models.Q:
    return models.Q(stands=WorkflowState.STATUS_NEEDS_CHANGES) & (
        models.Q(handed_over_by=user.pk) | models.Q(is_written=True)
    )


def _is_draft() -> models.Q:
    return models.Q(stands__isnull=True, is_written=True)


def _newest_first(pages: models.QuerySet[Page]) -> models.QuerySet[Page]:
    return pages.order_by(
        models.F("latest_revision_created_at").desc(nulls_last=True), "pk"
    )
