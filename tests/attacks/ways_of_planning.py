"""With dates: schedules, and what is changed between approval and its day."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Revision

from tests.attacks.scene import WORDS, Scene
from tests.attacks.ways import way
from tests.attacks.ways_of_approving import HARMLESS
from tests.factories import fresh

DAY = {"days": 2}


def on_a_day() -> str:
    return f"{timezone.now() + timedelta(days=1):%Y-%m-%d %H:%M}"


def approved_for_tomorrow(scene: Scene) -> Revision:
    """A harmless change that is approved and waits for its day."""
    tomorrow = timezone.now() + timedelta(days=1)
    scene.write(scene.ana, scene.live, short_answer=HARMLESS, go_live_at=tomorrow)
    scene.approve_everywhere(scene.ben, scene.hand_over(scene.ana, scene.live))
    revision = fresh(scene.live).scheduled_revision
    assert revision is not None
    return revision


@way("Give the page a day to go live on, and press publish", works_for="ben")
def publish_on_a_day(scene: Scene, who: User) -> None:
    scene.press_publish(who, scene.live, go_live_at=on_a_day())
    scene.wait(**DAY)
    scene.run_the_scheduler()


@way("Take back an approved schedule, change the words, press publish", "sam", "lea")
def change_after_unscheduling(scene: Scene, who: User) -> None:
    revision = approved_for_tomorrow(scene)
    unschedule = "revisions_unschedule"
    scene.post(who, scene.page_url(unschedule, scene.live.pk, revision.pk))
    scene.press_publish(who, scene.live, go_live_at=on_a_day())
    scene.wait(**DAY)
    scene.run_the_scheduler()


@way("Take back a schedule, and let autosave write over what was approved", "lea")
def overwrite_after_unscheduling(scene: Scene, who: User) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    mine = scene.write(who, scene.live, short_answer=HARMLESS, go_live_at=tomorrow)
    scene.approve_everywhere(scene.ben, scene.hand_over(scene.ana, scene.live))
    scene.post(who, scene.page_url("revisions_unschedule", scene.live.pk, mine.pk))
    scene.edit(who, scene.live, overwrite_revision_id=str(mine.pk))
    fresh(scene.live).get_latest_revision().publish(user=who)


@way("Save an unapproved version that says it is approved for a day", "sam")
def schedule_unapproved(scene: Scene, who: User) -> None:
    page = fresh(scene.live)
    page.short_answer, page.change_note = WORDS, "Said more clearly."
    page.save_revision(user=who, approved_go_live_at=timezone.now())
    scene.wait(**DAY)
    scene.run_the_scheduler()


@way("Move the mark of an approved schedule to a version that nobody read", "sam")
def move_the_schedule(scene: Scene, who: User) -> None:
    approved = approved_for_tomorrow(scene)
    bad = scene.write(who, scene.live, go_live_at=approved.approved_go_live_at)
    day = approved.approved_go_live_at
    Revision.objects.filter(pk=approved.pk).update(approved_go_live_at=None)
    Revision.objects.filter(pk=bad.pk).update(approved_go_live_at=day)
    scene.wait(**DAY)
    scene.run_the_scheduler()


@way("Change the stored words of a version between its approval and its day", "sam")
def change_stored_words(scene: Scene, who: User) -> None:
    approved = approved_for_tomorrow(scene)
    approved.content["short_answer"] = WORDS
    approved.save(update_fields=["content"])
    scene.wait(**DAY)
    scene.run_the_scheduler()


@way(
    "Save words on a page that is approved for a later day",
    "lea",
    "sam",
    "ben",
    stock_resists="Wagtail, too, locks a page with a schedule, and keeps its version.",
)
def change_before_the_day(scene: Scene, who: User) -> None:
    approved_for_tomorrow(scene)
    scene.edit(who, scene.live)
    scene.wait(**DAY)
    scene.run_the_scheduler()
