"""By those who keep the CMS: groups, permissions, workflows and steps."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from education.installation import AUTHORS, REVIEWERS
from tests.attacks.scene import Scene
from tests.attacks.ways import way
from tests.attacks.ways_of_approving import waiting_medicine
from tests.attacks.ways_of_editing import bulk_publish
from tests.factories import fresh


@way("Give one's group the permission to publish, and press publish", "ben", "ana")
def grant_publishing(scene: Scene, who: User) -> None:
    GroupPagePermission.objects.create(
        group=who.groups.first(),
        page=Page.objects.get(depth=1),
        permission=Permission.objects.get(codename="publish_page"),
    )
    scene.press_publish(who, scene.live)
    bulk_publish(scene, who, f"id={scene.live.pk}")


def give_workflow(scene: Scene, *tasks: Task) -> None:
    """Another workflow for the live question, with these steps."""
    workflow = Workflow.objects.create(name="Another way")
    for place, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    WorkflowPage.objects.create(page=scene.live, workflow=workflow)


@way("Give the page a workflow without steps, and hand it over", "sam")
def workflow_without_steps(scene: Scene, who: User) -> None:
    give_workflow(scene)
    scene.edit(who, scene.live, **{"action-submit": "action-submit"})


@way("Give the page a workflow with Wagtail's own step, and approve", "sam")
def workflow_with_another_step(scene: Scene, who: User) -> None:
    task = GroupApprovalTask.objects.create(name="Easy approval")
    task.groups.set(Group.objects.filter(name__in=[AUTHORS, REVIEWERS]))
    give_workflow(scene, task)
    scene.approve_everywhere(who, scene.waiting(who))


@way("Switch all steps off while the page waits", "sam")
def deactivate_every_step(scene: Scene, who: User) -> None:
    scene.waiting(scene.ana)
    for task in Task.objects.filter(active=True):
        scene.post(who, f"/cms/workflows/tasks/disable/{task.pk}/")


@way("Switch all steps off, then hand the page over", "sam")
def hand_over_without_steps(scene: Scene, who: User) -> None:
    Task.objects.update(active=False)
    scene.edit(who, scene.live, **{"action-submit": "action-submit"})


@way("Switch off the second approval of medicines, and approve once", "ben")
def deactivate_the_second_step(scene: Scene, who: User) -> None:
    page, state = waiting_medicine(scene)
    second = Task.objects.filter(clinicalapprovaltask__second_approval=True).first()
    if second and not scene.stock:
        scene.post(scene.sam, f"/cms/workflows/tasks/disable/{second.pk}/")
    scene.approve_everywhere(who, state)


@way("Take the second approval out of the workflow, and approve once", "ben")
def remove_the_second_step(scene: Scene, who: User) -> None:
    WorkflowTask.objects.filter(sort_order__gt=0).delete()
    page, state = waiting_medicine(scene)
    scene.approve_everywhere(who, state)


@way("Let authors approve, and approve one's own words", "ana", "ben")
def let_authors_approve(scene: Scene, who: User) -> None:
    for task in Task.objects.filter(active=True).specific():
        task.groups.add(Group.objects.get(name=AUTHORS))
    scene.approve_everywhere(who, scene.waiting(who))


@way("End the approval as administrator, and publish what waited", "sam")
def end_the_approval(scene: Scene, who: User) -> None:
    scene.waiting(scene.ana)
    fresh(scene.live).current_workflow_state.cancel(user=who)
    bulk_publish(scene, who, f"id={scene.live.pk}")
