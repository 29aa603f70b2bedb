"""In code and by management command, where nobody looks at a screen."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.management import call_command
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from tests.attacks.scene import QUESTION, Scene
from tests.attacks.ways import way
from tests.factories import fresh, make_question


@way("Publish a version in code, in somebody's name", works_for="ben")
def publish_in_code(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live).publish(user=who)


@way("Publish a version in code, in nobody's name", "sam")
def publish_in_code_for_nobody(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live).publish()


@way("Publish a version in code, passing by the permissions", "sam")
def publish_in_code_by_force(scene: Scene, who: User) -> None:
    revision = scene.write(scene.ana, scene.live)
    revision.publish(user=who, skip_permission_checks=True)


@way("Use Wagtail's own action for publishing, in somebody's name", "lea", "ben")
def use_the_action(scene: Scene, who: User) -> None:
    revision = scene.write(scene.ana, scene.live)
    PublishPageRevisionAction(revision, user=who).execute()


@way("Finish the workflow in code, without anybody's approval", "sam")
def finish_in_code(scene: Scene, who: User) -> None:
    state = scene.waiting(scene.ana)
    state.workflow_state.finish(user=who)


@way("Approve the step in code, past its rules", "ben", "sam")
def approve_in_code(scene: Scene, who: User) -> None:
    scene.waiting(who).approve(user=who)


@way("Copy a page in code, live, in somebody's name", "lea", "sam")
def copy_in_code(scene: Scene, who: User) -> None:
    said = {"title": QUESTION, "slug": "copied"}
    fresh(scene.live).copy(update_attrs=said, keep_live=True, user=who)


@way(
    "Mend the tree, move all pages of a section, and name their addresses anew",
    "sam",
    stock_resists="These commands of Wagtail publish nothing.",
)
def run_commands(scene: Scene, who: User) -> None:
    draft = make_question(QUESTION)
    scene.write(scene.ana, draft)
    section = draft.get_parent()
    call_command("fixtree", interactive=False, verbosity=0)
    call_command("set_url_paths", verbosity=0)
    call_command("move_pages", section.pk, section.pk, verbosity=0)
    assert Page.objects.get(pk=draft.pk).get_parent().pk == section.pk
