"""What has to hold in a portal that works, checked in a few cheap statements.

`/readyz` asks these too. They only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import Group, User
from django.db.models import Exists, F, OuterRef, Q
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Revision,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
)

from education.models import ClinicalApprovalTask, ClinicalPage, JobRun, SignOff
from education.problems import Problem
from education.vocabulary import Approvals

Look = Callable[[datetime], Iterator[Problem]]

#: Wagtail makes these when it is installed; they may publish.
STOCK_GROUPS = ("Moderators", "Editors")
STOCK_WORKFLOW = "Moderators approval"

PUBLISH = "publish_page"

#: So long after its time a job, or a page that waits for it, counts as late.
PATIENCE = timedelta(minutes=30)
#: Reminders are sent once a day; a late start is no fault.
PATIENCE_WITH_REMINDERS = timedelta(hours=36)

INSTALL = "Run `manage.py install_portal`."


def nobody_publishes(now: datetime) -> Iterator[Problem]:
    """Publishing is the workflow's alone; the permission for it is a way round."""
    rows = GroupPagePermission.objects.filter(permission__codename=PUBLISH)
    for group, page in rows.values_list("group__name", "page__title"):
        yield Problem(f'group "{group}"', f'It may publish under "{page}".', INSTALL)
    wagtails = Q(content_type__app_label="wagtailcore", codename=PUBLISH)
    for group in _with_permission(Group, "permissions", wagtails):
        yield Problem(
            f'group "{group}"',
            "It holds the permission to publish.",
            "Take it away under Settings, Groups.",
        )
    for user in _with_permission(User, "user_permissions", wagtails):
        yield Problem(
            f"account {user.pk}",
            "It holds the permission to publish itself.",
            "Take it away in the database: the CMS does not show it.",
        )
    for group in Group.objects.filter(name__in=STOCK_GROUPS):
        yield Problem(
            f'group "{group}"',
            "Wagtail's own group is back.",
            "Move its members to our groups, and delete it under Settings, Groups.",
        )


def _with_permission(
    model: type[Group] | type[User], name: str, wanted: Q
) -> Iterator[Group | User]:
    permissions = model._meta.get_field(name).remote_field.model.objects.filter(wanted)
    yield from model.objects.filter(**{f"{name}__in": permissions}).distinct()


def stock_workflow_is_gone(now: datetime) -> Iterator[Problem]:
    for workflow in Workflow.objects.filter(name=STOCK_WORKFLOW, active=True):
        yield Problem(
            f'workflow "{workflow}"',
            "Wagtail's own workflow is back.",
            "Disable it under Settings, Workflows.",
        )
    for task in GroupApprovalTask.objects.filter(active=True):
        yield Problem(
            f'step "{task}"',
            "It approves without asking who wrote the text.",
            "Disable it under Settings, Workflow tasks.",
        )


def our_workflow_covers_all(now: datetime) -> Iterator[Problem]:
    """Every page is approved by our steps, and there are people enough to do it."""
    rows = WorkflowPage.objects.select_related("workflow", "page")
    covering = {row.page: row.workflow for row in rows}
    ours = set(Workflow.objects.filter(active=True, workflow_tasks__task__in=_steps()))
    root = next((covering[page] for page in covering if page.depth == 1), None)
    if root is None or root not in ours:
        yield Problem("all pages", "No clinical approval stands before them.", INSTALL)
        return
    for page, workflow in covering.items():
        if workflow not in ours:
            yield Problem(
                f'page {page.pk} "{page}"',
                f'The workflow "{workflow}" has no clinical approval.',
                "Take it off the page under Settings, Workflows.",
            )
    for workflow in set(covering.values()) & ours:
        yield from _understaffed(workflow)


def _steps() -> list[int]:
    steps = ClinicalApprovalTask.objects.filter(active=True)
    return list(steps.values_list("pk", flat=True))


def _understaffed(workflow: Workflow) -> Iterator[Problem]:
    tasks = ClinicalApprovalTask.objects.filter(
        active=True, workflow_tasks__workflow=workflow
    )
    people: dict[bool, set[int]] = {}
    for second, person in tasks.values_list("second_approval", "groups__user"):
        people.setdefault(second, set()).add(person)
    active = set(User.objects.filter(is_active=True).values_list("pk", flat=True))
    where = f'workflow "{workflow}"'
    if False not in people or True not in people:
        yield Problem(where, "It lacks one of its two steps.", INSTALL)
        return
    first, second = people[False] & active, people[True] & active
    if not first or not second or len(first | second) < Approvals.TWO:
        yield Problem(
            where,
            f"{len(first | second)} people may approve, and medicines need two.",
            'Add clinicians to the group "Reviewers" under Settings, Users.',
        )


def live_pages_are_signed(now: datetime) -> Iterator[Problem]:
    """The quick look: `verify_signoffs` compares words and authors too."""
    signed = SignOff.objects.approvals().filter(
        page=OuterRef("pk"), revision=OuterRef("live_revision"), completes=True
    )
    pages = ClinicalPage.objects.filter(~Exists(signed), live=True).order_by("pk")
    for pk, title in pages.values_list("pk", "title"):
        yield Problem(
            f'page {pk} "{title}"',
            "It is live without an approval of exactly this version.",
            "Take it off the site, and run `manage.py verify_signoffs`.",
        )


def nothing_waits_for_nobody(now: datetime) -> Iterator[Problem]:
    """Pages that wait for approval without a step that anybody could take."""
    open_step = TaskState.objects.filter(
        pk=OuterRef("current_task_state"), status=TaskState.STATUS_IN_PROGRESS
    )
    stuck = WorkflowState.objects.filter(
        ~Exists(open_step), status=WorkflowState.STATUS_IN_PROGRESS
    )
    for page in stuck.order_by("pk").values_list("object_id", flat=True):
        yield Problem(
            f"page {page}",
            "It waits for approval, but nobody is asked to approve it.",
            "Take it back from approval in the editor, and hand it over again.",
        )
    left = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exclude(
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__current_task_state=F("pk"),
    )
    for page in left.order_by("pk").values_list("revision__object_id", flat=True):
        yield Problem(
            f"page {page}",
            "A step of an approval is open that has ended.",
            "Take the page back from approval, and hand it over again.",
        )


def schedule_is_kept(now: datetime) -> Iterator[Problem]:
    yield from _heartbeat("run_schedule", PATIENCE, now)
    late = now - PATIENCE
    due = Revision.objects.filter(approved_go_live_at__lt=late)
    expired = Page.objects.filter(live=True, expire_at__lt=late)
    for ids, what in (
        (due.values_list("object_id", flat=True), "It was to go live by now."),
        (expired.values_list("pk", flat=True), "It was to come off by now."),
    ):
        for page in ids:
            yield Problem(
                f"page {page}",
                what,
                "Run `manage.py run_schedule`, and read why it fails.",
            )


def reminders_are_sent(now: datetime) -> Iterator[Problem]:
    yield from _heartbeat("send_review_reminders", PATIENCE_WITH_REMINDERS, now)


def _heartbeat(job: str, patience: timedelta, now: datetime) -> Iterator[Problem]:
    run = JobRun.objects.filter(name=job).first()
    where, remedy = f"job {job}", f"See that `manage.py {job}` is started by a clock."
    if run is None:
        yield Problem(where, "It has never run.", remedy)
    elif (run.finished_at or run.started_at) < now - patience:
        verb = "ended" if run.finished_at else "began and did not end"
        when = (run.finished_at or run.started_at).isoformat(" ", "minutes")
        yield Problem(where, f"It last {verb} at {when}.", remedy)
    elif run.finished_at and run.failed:
        yield Problem(
            where,
            f"Its last run failed for {run.failed}, and did {run.done}.",
            "Read the log of that run; the next one tries again.",
        )


#: Each by the name that operators read.
CHEAP: dict[str, Look] = {
    "publishing rights": nobody_publishes,
    "stock workflow": stock_workflow_is_gone,
    "approval workflow": our_workflow_covers_all,
    "live pages": live_pages_are_signed,
    "waiting pages": nothing_waits_for_nobody,
    "schedule": schedule_is_kept,
    "reminders": reminders_are_sent,
}
