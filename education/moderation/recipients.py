"""Who hears of a decision: only those who can act on it, each of them once."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import QuerySet
from wagtail.models import PageLogEntry, Revision, TaskState, WorkflowState

from education.models import (
    ClinicalApprovalTask,
    DemonstrationItem,
    GatedPage,
    ReviewSchedule,
    SignOff,
    Withdrawal,
)
from education.models.clinicians import has_namesake, signature
from education.models.gate import WRITING
from education.models.handing_over import who_asked_for

ENTRANCE = "wagtailadmin.access_admin"


def approvers(
    state: TaskState, page: GatedPage, task: ClinicalApprovalTask
) -> list[User]:
    """Whoever could approve what waits here; for an assigned review just that one."""
    members = _people().filter(groups__in=task.groups.all()).distinct()
    barred = task.barred(page)
    able = [
        person
        for person in members.exclude(pk__in=barred)
        if signature(person)[0] and not has_namesake(person, barred)
    ]
    if page.is_review_without_changes:
        schedule = ReviewSchedule.objects.filter(page=page.pk).first()
        assigned = schedule.assigned_to_id if schedule else None
        return [person for person in able if person.pk == assigned] or able
    return able


def writers_and_sender(
    page: GatedPage, revision: Revision, workflow: WorkflowState
) -> list[User]:
    """Whoever wrote this text since the one approved before it, or handed it over."""
    before = (
        SignOff.objects.filter(
            page=page.pk, completes=True, revision_id__lt=revision.pk
        )
        .order_by("-revision_id")
        .values_list("revision_id", flat=True)
        .first()
    )
    writers = _writers(page, before or 0, revision.pk)
    return _with_ids(who_asked_for(workflow) | writers)


def authors_and_leads(page: GatedPage, withdrawal: Withdrawal) -> list[User]:
    """Whoever wrote what the public read, and the leads, but not who withdrew it."""
    leads = User.objects.with_perm(
        "education.withdraw_page", include_superusers=False
    ).values_list("pk", flat=True)
    sign_off = withdrawal.sign_off
    ids = {*leads, *_writers(page, 0, sign_off.revision_id)}
    return _with_ids(ids - {sign_off.reviewer_id})


def is_rehearsal(page: GatedPage, by: User | None) -> bool:
    """Whether it is the demonstration that plays: nobody real need hear of that."""
    return (
        by is not None
        and DemonstrationItem.objects.holds(page)
        and by.pk in DemonstrationItem.objects.ids(User)
    )


def _people() -> QuerySet[User]:
    """Everybody who may come in and can be written to."""
    return (
        User.objects.with_perm(ENTRANCE)
        .exclude(email="")
        .select_related("wagtail_userprofile")
        .order_by("pk")
    )


def _with_ids(ids: Iterable[int | None]) -> list[User]:
    return list(_people().filter(pk__in=set(ids) - {None}))


def _writers(page: GatedPage, after: int, upto: int) -> set[int | None]:
    revisions = Revision.objects.for_instance(page).filter(pk__gt=after, pk__lte=upto)
    entries = PageLogEntry.objects.filter(
        page=page.pk,
        action__in=WRITING,
        revision_id__gt=after,
        revision_id__lte=upto,
    )
    return {
        *revisions.values_list("user_id", flat=True),
        *entries.values_list("user_id", flat=True),
    }
