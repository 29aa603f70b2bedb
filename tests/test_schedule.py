"""What the calendar does by itself: pages go live and come off on their day."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from education.models import JobRun, SearchDocument, SignOff
from education.one_at_a_time import one_at_a_time
from education.scheduling import (
    JOB,
    Round,
    due_for_publication,
    keep_schedule,
    publish_if_due,
    take_off_if_expired,
)
from education.search.index import catch_up
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    make_topic,
)

PUBLISHED = "wagtail.publish.scheduled"


def entries(page, action=PUBLISHED) -> int:
    return PageLogEntry.objects.filter(page=page.pk, action=action).count()


class ScheduleTestCase(PortalTestCase):
    def setUp(self):
        self.now = timezone.now()
        self.tomorrow = self.now + timedelta(days=1)
        self.later = self.now + timedelta(days=1, minutes=1)

    def schedule(self, page, on: datetime | None = None):
        """Have it approved for a later day."""
        page.go_live_at = on or self.tomorrow
        self.submit(page)
        for reviewer in (self.ben, self.chloe)[: page.approvals_needed]:
            approve(page, reviewer)
        return fresh(page)

    def keep_schedule_tomorrow(self) -> Round:
        with time_machine.travel(self.later, tick=False):
            return keep_schedule(self.later)


class GoingLiveTests(ScheduleTestCase):
    def test_an_approved_page_goes_live_once_its_time_has_come(self):
        page = self.schedule(make_question())
        came_to = self.keep_schedule_tomorrow()
        assert (came_to.published, came_to.failed) == (1, 0)
        page = fresh(page)
        assert page.live
        assert page.live_revision_id == page.latest_revision_id
        assert page.text_hash() == SignOff.objects.get(page=page.pk).content_hash
        assert entries(page) == 1

    def test_not_before(self):
        page = self.schedule(make_question())
        assert keep_schedule(self.now).done == 0
        assert not publish_if_due(page.pk, self.now)
        assert not fresh(page).live

    def test_a_second_run_finds_nothing_to_do(self):
        page = self.schedule(make_question())
        self.keep_schedule_tomorrow()
        assert self.keep_schedule_tomorrow().done == 0
        assert not publish_if_due(page.pk, self.later)
        assert entries(page) == 1

    def test_a_medicine_needs_both_its_approvers(self):
        page = self.schedule(make_medicine())
        assert self.keep_schedule_tomorrow().published == 1
        assert fresh(page).live

    def test_its_review_date_begins_on_that_day(self):
        page = self.schedule(make_question())
        self.keep_schedule_tomorrow()
        assert fresh(page).standing().due_on

    def test_a_page_that_was_taken_from_the_schedule_meanwhile_stays_off(self):
        page = self.schedule(make_question())
        due = due_for_publication(self.later)
        Revision.objects.for_instance(page).update(approved_go_live_at=None)
        assert due == [page.pk]
        assert not publish_if_due(page.pk, self.later)
        assert not fresh(page).live


class RefusedTests(ScheduleTestCase):
    """The approvals are asked for again on the day."""

    def put_on_the_schedule(self, page) -> None:
        """By the back door: without anybody's approval."""
        revision = page.save_revision(user=self.ana)
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()

    def test_words_that_nobody_approved_do_not_go_live(self):
        page = make_question()
        self.put_on_the_schedule(page)
        with self.assertLogs("education.scheduling", "ERROR") as logged:
            came_to = keep_schedule(timezone.now())
        assert (came_to.published, came_to.failed) == (0, 1)
        assert "has not been approved" in logged.output[0]
        assert not fresh(page).live

    def test_words_that_changed_after_they_were_approved_do_not_go_live(self):
        page = self.schedule(make_question())
        revision = page.scheduled_revision
        revision.content["short_answer"] = "Take ten pills."
        revision.save()
        with self.assertLogs("education.scheduling", "ERROR"):
            assert self.keep_schedule_tomorrow().failed == 1
        assert not fresh(page).live

    def test_one_that_fails_does_not_stop_the_rest(self):
        topic = make_topic()
        good = [self.schedule(make_question(f"Why {n}?", topic)) for n in range(3)]
        bad = make_question("Why not?", topic)
        self.put_on_the_schedule(bad)
        with self.assertLogs("education.scheduling", "ERROR"):
            came_to = self.keep_schedule_tomorrow()
        assert (came_to.published, came_to.failed) == (3, 1)
        assert all(fresh(page).live for page in good)
        assert not fresh(bad).live


class ComingOffTests(ScheduleTestCase):
    def expired(self):
        page = make_question()
        page.expire_at = self.tomorrow
        page = self.publish(page)
        type(page).objects.filter(pk=page.pk).update(expire_at=self.now)
        return fresh(page)

    def test_an_expired_page_comes_off(self):
        page = self.expired()
        assert keep_schedule(timezone.now()).taken_off == 1
        page = fresh(page)
        assert not page.live
        assert page.expired
        assert entries(page, "wagtail.unpublish.scheduled") == 1
        assert keep_schedule(timezone.now()).done == 0

    def test_one_that_was_given_more_time_stays(self):
        page = self.expired()
        type(page).objects.filter(pk=page.pk).update(expire_at=self.tomorrow)
        assert not take_off_if_expired(page.pk, timezone.now())
        assert fresh(page).live

    def test_an_approved_later_version_keeps_its_day(self):
        page = make_question()
        page.expire_at = self.tomorrow
        page = self.publish(page)
        page.short_answer = "The newer answer."
        page.expire_at = None
        page = self.schedule(page, self.later)
        scheduled = page.scheduled_revision
        assert take_off_if_expired(page.pk, self.tomorrow + timedelta(seconds=1))
        page = fresh(page)
        assert not page.live
        assert page.scheduled_revision == scheduled


class CommandTests(ScheduleTestCase):
    def run_it(self) -> str:
        out = StringIO()
        call_command("run_schedule", stdout=out)
        return out.getvalue()

    def test_it_says_what_it_did_and_leaves_a_heartbeat(self):
        assert "Pages published: 0" in self.run_it()
        run = JobRun.objects.get(name=JOB)
        assert run.finished_at >= run.started_at >= self.now
        assert (run.done, run.failed) == (0, 0)

    def test_it_fails_when_a_page_failed(self):
        page = make_question()
        revision = page.save_revision(user=self.ana)
        revision.approved_go_live_at = self.now
        revision.save()
        with self.assertLogs("education.scheduling"), pytest.raises(SystemExit) as end:
            self.run_it()
        assert end.value.code == 1
        run = JobRun.objects.get(name=JOB)
        assert (run.done, run.failed) == (0, 1)

    def test_search_takes_up_what_a_crash_left_out(self):
        with self.captureOnCommitCallbacks(execute=True):
            found = self.publish(make_question())
        SearchDocument.objects.all().delete()
        SearchDocument.objects.create(page_id=999_999, language="en", kind="question")
        self.run_it()
        assert list(SearchDocument.objects.values_list("page_id", flat=True)) == [
            found.pk
        ]

    def test_search_reads_again_what_was_published_since(self):
        with self.captureOnCommitCallbacks(execute=True):
            page = self.publish(make_question())
        SearchDocument.objects.filter(page_id=page.pk).update(body="the old words")
        assert catch_up(timezone.now()) == 0
        assert catch_up(self.now) == 1
        assert SearchDocument.objects.get(page_id=page.pk).body != "the old words"

    def test_wagtails_own_command_refuses_with_a_sentence(self):
        for arguments in ([], ["--dryrun"]):
            with pytest.raises(CommandError, match="run_schedule"):
                call_command("publish_scheduled", *arguments)


class OneAtATimeTests(PortalTestCase):
    def test_another_process_is_told_that_the_job_is_taken(self):
        with one_at_a_time("a job") as ours:
            assert ours
            assert "False" in in_another_process("a job")
            assert "True" in in_another_process("another job")
        assert "True" in in_another_process("a job")


def in_another_process(job: str) -> str:
    """Ask for the job on the same database from a process of its own."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    ask = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        f"connection.settings_dict['NAME'] = {name!r}\n"
        "from education.one_at_a_time import one_at_a_time\n"
        f"with one_at_a_time({job!r}) as ours: print(ours)"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.testing"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert not done.stderr, done.stderr
    return done.stdout


class StoppingTests(ScheduleTestCase):
    def test_told_to_stop_it_finishes_the_page_in_hand_and_ends(self):
        topic = make_topic()
        for number in range(3):
            self.schedule(make_question(f"Why {number}?", topic))
        answers = iter([False, True])
        with time_machine.travel(self.later, tick=False):
            came_to = keep_schedule(self.later, lambda: next(answers))
        assert came_to.published == 1

    def test_the_loop_ends_on_a_signal(self):
        running = subprocess.Popen(
            [sys.executable, "manage.py", "run_schedule", "--every", "30"],
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.testing"},
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            # It cannot find its tables, says so, and waits for the next run.
            assert "This run of the schedule failed" in running.stderr.readline()
            running.send_signal(signal.SIGTERM)
            running.communicate(timeout=20)
        finally:
            running.kill()
        assert running.returncode == 0
