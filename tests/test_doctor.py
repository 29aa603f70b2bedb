"""The doctor says what is wrong with a portal, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Revision,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
)

from education.health import CHEAP, STRUCTURE
from education.management.commands.doctor import examinations
from education.models import (
    Alias,
    ClinicalPage,
    JobRun,
    SearchDocument,
    SignOff,
    Tag,
    TaggedPage,
)
from education.search.index import rebuild
from tests.factories import (
    PortalTestCase,
    fresh,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
    slip_past_the_gate,
    submit,
)


def doctor(*arguments: str) -> tuple[int, list[str]]:
    """The exit status, and the lines."""
    out = StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def sql(statement: str, *given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


class DoctorTestCase(PortalTestCase):
    """A healthy portal, with a page of each kind, and its jobs just done."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        pages = [make_topic(), make_question(), make_medicine()]
        for page in pages:
            page.tags.set([make_tag("Legs")])
            submit(page, cls.ana)
            for reviewer in (cls.ben, cls.chloe)[: page.approvals_needed]:
                state = fresh(page).current_workflow_task_state
                state.task.specific.on_action(
                    state, reviewer, "approve", revision=state.revision_id
                )
        cls.topic, cls.question, cls.medicine = map(fresh, pages)
        now = timezone.now()
        for job in ("run_schedule", "send_review_reminders"):
            JobRun.objects.create(name=job, started_at=now, finished_at=now)
        list(rebuild())

    def assert_fails(self, name: str, *words: str) -> None:
        """That one check fails and says so in words, whatever else fails with it."""
        status, lines = doctor()
        assert status == 1
        told = [line for line in lines if line.startswith(f"FAIL {name}: ")]
        assert told, lines
        for word in words:
            assert any(word in line for line in told), told

    def assert_healthy(self) -> None:
        status, lines = doctor()
        assert status == 0, lines


class HealthyPortalTests(DoctorTestCase):
    def test_it_says_ok_for_each_check(self) -> None:
        status, lines = doctor()
        assert lines == [f"ok   {name}" for name in examinations()]
        assert status == 0

    def test_it_only_reads(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            doctor()
        said = {query["sql"].split()[0] for query in asked.captured_queries}
        assert said <= {"SELECT", "WITH", "DECLARE", "SAVEPOINT", "RELEASE"}

    def test_statements_do_not_grow_with_the_pages(self) -> None:
        with CaptureQueriesContext(connection) as few:
            self.assert_healthy()
        for number in range(20):
            self.publish(make_topic(f"Cramp number {number}"))
        list(rebuild())
        with CaptureQueriesContext(connection) as many:
            self.assert_healthy()
        assert len(many) == len(few)

    def test_drafts_and_waiting_pages_are_no_fault(self) -> None:
        make_topic("Draft")
        self.submit(make_topic("Waiting"))
        later = timezone.now() + timedelta(days=1)
        self.publish(make_topic("Scheduled", go_live_at=later))
        self.assert_healthy()

    def test_a_check_that_breaks_down_has_failed(self) -> None:
        if connection.vendor == "postgresql":
            self.skipTest("There a failure ends the transaction that the test is in.")
        sql("ALTER TABLE education_jobrun RENAME TO elsewhere")
        self.assert_fails("schedule", "could not be checked")


class PublishingRightsTests(DoctorTestCase):
    def test_a_group_that_may_publish_pages(self) -> None:
        GroupPagePermission.objects.create(
            group=Group.objects.get(name="Authors"),
            page=Page.objects.get(depth=1),
            permission=Permission.objects.get(codename="publish_page"),
        )
        self.assert_fails("publishing rights", 'group "Authors"', "install_portal")

    def test_a_group_and_an_account_that_hold_the_permission(self) -> None:
        permission = Permission.objects.get(codename="publish_page")
        Group.objects.get(name="Reviewers").permissions.add(permission)
        self.ana.user_permissions.add(permission)
        self.assert_fails(
            "publishing rights", 'group "Reviewers"', f"account {self.ana.pk}"
        )

    def test_wagtails_own_groups(self) -> None:
        for name in ("Moderators", "Editors"):
            Group.objects.create(name=name)
        self.assert_fails("publishing rights", 'group "Moderators"', 'group "Editors"')


class WorkflowTests(DoctorTestCase):
    def test_wagtails_own_workflow_and_step(self) -> None:
        Workflow.objects.create(name="Moderators approval")
        GroupApprovalTask.objects.create(name="Anybody")
        self.assert_fails("stock workflow", "Moderators approval", "Anybody")

    def test_no_workflow_before_the_pages(self) -> None:
        WorkflowPage.objects.all().delete()
        self.assert_fails("approval workflow", "all pages", "install_portal")

    def test_another_workflow_before_some_pages(self) -> None:
        other = Workflow.objects.create(name="Quick")
        WorkflowPage.objects.create(page=self.topic.get_parent(), workflow=other)
        self.assert_fails("approval workflow", '"Quick" has no clinical approval')

    def test_a_workflow_that_was_switched_off(self) -> None:
        Workflow.objects.update(active=False)
        self.assert_fails("approval workflow", "all pages")

    def test_too_few_people_for_medicines(self) -> None:
        for person in (self.chloe, self.lea):
            person.groups.clear()
        self.assert_fails("approval workflow", "1 people may approve")

    def test_people_who_left_do_not_count(self) -> None:
        for person in (self.ben, self.chloe):
            person.is_active = False
            person.save()
        self.assert_fails("approval workflow", "1 people may approve")

    def test_a_step_without_groups(self) -> None:
        for task in Workflow.objects.get().tasks:
            task.specific.groups.clear()
        self.assert_fails("approval workflow", "0 people may approve")


class LivePagesTests(DoctorTestCase):
    def test_a_page_that_went_live_past_the_workflow(self) -> None:
        page = make_question("Is this safe?")
        slip_past_the_gate(page, self.ana)
        self.assert_fails("live pages", "Is this safe?", "verify_signoffs")

    def test_a_page_that_its_author_signed(self) -> None:
        Revision.objects.filter(pk=self.topic.live_revision_id).update(user=self.ben)
        self.assert_fails("signed words", "0 of 1 people who did not write it")

    def test_a_page_with_other_words_than_were_signed(self) -> None:
        ClinicalPage.objects.filter(pk=self.topic.pk).update(summary="Take ten.")
        self.assert_fails("signed words", "in: summary")

    def test_the_ledger(self) -> None:
        sql(
            "UPDATE education_signoff SET note = 'x' WHERE id = %s",
            SignOff.objects.first().pk,
        )
        self.assert_fails("ledger", "It was changed after it was written")

    def test_review_dates_that_no_sign_off_gave(self) -> None:
        sql("UPDATE education_reviewschedule SET due_on = '2049-01-01'")
        self.assert_fails("ledger", "review dates are not those")


class WaitingPagesTests(DoctorTestCase):
    def setUp(self) -> None:
        self.state = self.submit(make_question("Waiting?"))

    def test_a_page_that_waits_for_no_step(self) -> None:
        WorkflowState.objects.filter(pk=self.state.workflow_state_id).update(
            current_task_state=None
        )
        self.assert_fails("waiting pages", "nobody is asked", "has ended")

    def test_a_page_that_waits_for_a_step_that_has_ended(self) -> None:
        TaskState.objects.filter(pk=self.state.pk).update(status="approved")
        self.assert_fails("waiting pages", "nobody is asked")

    def test_a_step_that_outlived_its_approval(self) -> None:
        WorkflowState.objects.filter(pk=self.state.workflow_state_id).update(
            status="cancelled"
        )
        self.assert_fails("waiting pages", "has ended")


class JobsTests(DoctorTestCase):
    def test_a_scheduler_that_never_ran(self) -> None:
        JobRun.objects.filter(name="run_schedule").delete()
        self.assert_fails("schedule", "It has never run.", "manage.py run_schedule")

    def test_a_scheduler_that_stopped(self) -> None:
        JobRun.objects.update(finished_at=timezone.now() - timedelta(minutes=31))
        self.assert_fails("schedule", "It last ended")

    def test_a_scheduler_that_hangs(self) -> None:
        JobRun.objects.update(
            started_at=timezone.now() - timedelta(minutes=31), finished_at=None
        )
        self.assert_fails("schedule", "began and did not end")

    def test_a_run_that_failed_for_some_pages(self) -> None:
        JobRun.objects.filter(name="run_schedule").update(failed=2)
        self.assert_fails("schedule", "failed for 2")

    def test_pages_that_are_late(self) -> None:
        before = timezone.now() - timedelta(hours=1)
        Page.objects.filter(pk=self.topic.pk).update(expire_at=before)
        draft = make_question("Later?")
        revision = draft.save_revision()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=before)
        self.assert_fails(
            "schedule",
            f"page {self.topic.pk}: It was to come off",
            f"page {draft.pk}: It was to go live",
        )

    def test_reminders_that_are_not_sent_any_more(self) -> None:
        before = timezone.now() - timedelta(hours=37)
        JobRun.objects.update(finished_at=before)
        self.assert_fails("reminders", "send_review_reminders")


class SearchTests(DoctorTestCase):
    def test_a_page_that_search_does_not_know(self) -> None:
        SearchDocument.objects.filter(pk=self.topic.pk).delete()
        self.assert_fails("search index", "does not know it", "rebuild_search")

    def test_a_page_that_is_not_public(self) -> None:
        Page.objects.filter(pk=self.topic.pk).update(live=False)
        PageViewRestriction.objects.bulk_create(
            [PageViewRestriction(page=self.question.page_ptr, restriction_type="login")]
        )
        self.assert_fails(
            "search index",
            f"page {self.topic.pk}: Search knows it, but it is not public",
            f"page {self.question.pk}: Search knows it, but it is not public",
        )

    def test_a_page_that_is_gone(self) -> None:
        SearchDocument.objects.create(page_id=99999, kind="topic", language="en")
        self.assert_fails("search index", "page 99999", "it is gone")

    def test_other_words_language_or_kind(self) -> None:
        Alias.objects.create(page_id=self.topic.pk, text="Charley horse")
        SearchDocument.objects.filter(pk=self.question.pk).update(language="es")
        SearchDocument.objects.filter(pk=self.medicine.pk).update(kind="topic")
        self.assert_fails("search index", "aliases", "language", "kind")

    def test_an_index_that_finds_nothing(self) -> None:
        if connection.vendor == "sqlite":
            sql(
                "INSERT INTO education_searchindex (education_searchindex) "
                "VALUES ('delete-all')"
            )
        else:
            sql("ALTER TABLE education_searchdocument DROP COLUMN words")
        self.assert_fails("search index", "does not find page")


class StructureTests(DoctorTestCase):
    def test_a_page_that_carries_a_tag_merged_into_another(self) -> None:
        other = make_tag("Calves")
        Tag.objects.filter(name="Legs").update(merged_into=other)
        self.assert_fails("tag counts", '"Legs", which was merged')

    def test_tags_that_are_counted_twice(self) -> None:
        if connection.vendor != "postgresql":
            self.skipTest("SQLite cannot be brought to it: the table itself refuses.")
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql("ALTER TABLE education_taggedpage DROP CONSTRAINT one_tag_once_a_page")
        row = TaggedPage.objects.filter(content_object=self.topic.pk).get()
        sql(
            "INSERT INTO education_taggedpage (tag_id, content_object_id) "
            "VALUES (%s, %s)",
            row.tag_id,
            row.content_object_id,
        )
        self.assert_fails("tag counts", "The public reads 4 pages, and 3 carry it.")

    def test_what_wagtail_finds_wrong_with_the_tree(self) -> None:
        breaks: dict[str, Callable[[], object]] = {
            "counts 7 pages": lambda: self.section().update(numchild=7),
            "does not fit its depth": lambda: self.section().update(depth=7),
            "above it is not there": lambda: self.section().update(path="000100019999"),
            "foreign characters": lambda: self.section().update(path="00010001000!"),
            "does not follow": lambda: self.section().update(url_path="/elsewhere/"),
        }
        for words, break_it in breaks.items():
            with self.subTest(words):
                before = self.section().values().get()
                break_it()
                self.assert_fails("page tree", words)
                self.section().update(**before)
        self.assert_healthy()

    def section(self):
        return Page.objects.filter(pk=self.topic.get_parent().pk)

    def test_two_pages_at_one_address(self) -> None:
        Page.objects.filter(pk=self.question.pk).update(
            url_path=self.topic.url_path, slug=self.topic.slug
        )
        self.assert_fails("page tree", "More than one page has it.")


class ReportTests(DoctorTestCase):
    def test_it_tells_ten_problems_of_a_check_and_how_many_more(self) -> None:
        for number in range(13):
            slip_past_the_gate(make_topic(f"Cramp number {number}"))
        _, lines = doctor()
        told = [line for line in lines if line.startswith("FAIL live pages: ")]
        assert len(told) == 11
        assert told[-1] == "FAIL live pages: 3 more like these."
        _, lines = doctor("--all")
        told = [line for line in lines if line.startswith("FAIL live pages: ")]
        assert len(told) == 13

    def test_the_names_of_checks_do_not_meet(self) -> None:
        assert not CHEAP.keys() & STRUCTURE.keys()
