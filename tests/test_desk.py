"""The desk: what the CMS shows first, for each role, however much waits."""

from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Locale,
    Page,
    Revision,
    TaskState,
    Workflow,
    WorkflowState,
)

from education.models import ReviewSchedule, SignOff
from education.vocabulary import Decision, Kind
from tests.factories import (
    PortalTestCase,
    approve,
    count_rows_anew,
    make_medicine,
    make_person,
    make_question,
    section,
)

HOME = reverse("wagtailadmin_home")

#: What opening the desk may cost, the session and the permissions included.
MOST_STATEMENTS = 12
MOST_BYTES = 150_000


def send_back(state: TaskState, by: Any, comment: str) -> None:
    state.task.specific.on_action(
        state, by, "reject", revision=state.revision_id, comment=comment
    )


class DeskTestCase(PortalTestCase):
    def desk_of(self, person: Any) -> Any:
        self.sign_in(person)
        return self.client.get(HOME)

    def part(self, person: Any, name: str) -> Any:
        parts = {part.name: part for part in self.desk_of(person).context["parts"]}
        return parts.get(name)

    def change(self, page: Any) -> Any:
        page.short_answer = "A muscle that will not let go."
        page.change_note = "Said more clearly."
        return page


class WaitingTests(DeskTestCase):
    def test_a_new_page_says_so_and_leads_to_the_decision(self):
        state = self.submit(make_question())
        (row,) = self.part(self.ben, "waiting").rows
        assert row.about == "New page"
        assert row.whose.startswith("Written by Ana Example, waiting since")
        assert row.url == reverse("moderation:decide", args=[state.pk])

    def test_a_change_says_what_changed_and_leads_to_the_comparison(self):
        page = self.publish(make_question())
        state = self.submit(self.change(page))
        (row,) = self.part(self.ben, "waiting").rows
        assert row.about == "Short answer changed: 4 words added, 3 removed"
        response = self.client.get(row.links[1].url)
        self.assertContains(response, "will not let go")
        assert str(state.revision_id) in row.links[1].url

    def test_the_oldest_stands_first(self):
        for number in range(3):
            self.submit(make_question(f"What is cramp {number}?"))
        titles = [row.title for row in self.part(self.ben, "waiting").rows]
        assert titles == [f"What is cramp {number}?" for number in range(3)]

    def test_a_review_that_is_mine_stands_before_older_pages(self):
        page = self.publish(make_question())
        self.submit(make_question("What is a spasm?"))
        ReviewSchedule.objects.filter(page=page).update(assigned_to=self.ben)
        page.change_note = ""
        page.save_revision(user=None)
        page.get_workflow().start(page, self.lea)
        rows = self.part(self.ben, "waiting").rows
        assert [row.mark for row in rows] == ["Assigned to you", ""]
        assert rows[0].about == "Periodic review: no change"
        assert rows[0].whose.startswith("Asked for by Lea Example")
        assert [row.mark for row in self.part(self.chloe, "waiting").rows] == ["", ""]

    def test_a_second_approval_is_called_that(self):
        page = make_medicine()
        self.submit(page)
        approve(page, self.ben)
        assert self.part(self.ben, "waiting").rows == []
        (row,) = self.part(self.chloe, "waiting").rows
        assert row.about == "Second approval. New page"

    def test_nobody_is_offered_what_he_or_she_wrote(self):
        page = make_question()
        page.save_revision(user=self.ben)
        self.submit(page)
        assert self.part(self.ben, "waiting").rows == []

    def test_who_may_not_approve_has_no_such_list(self):
        self.submit(make_question())
        assert self.part(self.ana, "waiting") is None
        self.assertNotContains(self.desk_of(self.sam), "Waiting for your approval")

    def test_an_empty_list_says_what_will_stand_there(self):
        self.assertContains(self.desk_of(self.ben), "Nothing waits for you.")


class OwnWorkTests(DeskTestCase):
    def test_a_draft_stands_with_who_wrote_it_and_nobody_else(self):
        make_question().save_revision(user=self.ana)
        (row,) = self.part(self.ana, "drafts").rows
        assert (row.title, row.about) == ("What is a cramp?", "New page")
        assert self.part(self.lea, "drafts").rows == []

    def test_a_draft_of_a_change_says_what_changed(self):
        page = self.publish(make_question())
        self.change(page).save_revision(user=self.ana)
        (row,) = self.part(self.ana, "drafts").rows
        assert "Short answer changed" in row.about

    def test_what_waits_or_is_live_is_no_draft(self):
        self.submit(make_question("What is a spasm?"))
        self.publish(make_question())
        assert self.part(self.ana, "drafts").rows == []

    def test_what_is_approved_for_later_is_no_draft(self):
        self.publish(make_question(go_live_at=timezone.now() + timedelta(days=2)))
        assert self.part(self.ana, "drafts").rows == []

    def test_what_was_sent_back_shows_the_reviewers_words(self):
        state = self.submit(make_question())
        send_back(state, self.ben, "Say how long it lasts.")
        (row,) = self.part(self.ana, "sent_back").rows
        assert row.quote == "Say how long it lasts."
        assert row.whose == "Ben Example sent it back"
        assert self.part(self.ana, "drafts").rows == []
        assert self.part(self.lea, "sent_back").rows == []

    def test_all_who_wrote_it_find_it_sent_back(self):
        page = make_question()
        page.save_revision(user=self.lea)
        send_back(self.submit(page), self.ben, "Too long.")
        assert len(self.part(self.lea, "sent_back").rows) == 1


class DueTests(DeskTestCase):
    def setUp(self):
        self.page = self.publish(make_question())
        self.due(timezone.localdate() - timedelta(days=3))

    def due(self, day: date, **more: Any) -> None:
        ReviewSchedule.objects.filter(page=self.page).update(
            due_on=day, overdue_on=day + timedelta(days=90), **more
        )

    def test_a_lead_sees_everybodys(self):
        (row,) = self.part(self.lea, "due").rows
        assert row.whose == "Assigned to nobody yet"
        assert self.part(self.ben, "due").rows == []

    def test_a_reviewer_sees_what_is_assigned_to_her(self):
        ReviewSchedule.objects.update(assigned_to=self.chloe)
        (row,) = self.part(self.chloe, "due").rows
        assert row.title == "What is a cramp?"
        assert self.part(self.ben, "due").rows == []

    def test_overdue_is_marked(self):
        self.due(timezone.localdate() - timedelta(days=100))
        assert self.part(self.lea, "due").rows[0].mark == "Overdue"

    def test_what_is_due_later_or_not_live_is_left_out(self):
        self.due(timezone.localdate() + timedelta(days=1))
        assert self.part(self.lea, "due").rows == []

    def test_each_row_leads_on(self):
        (row,) = self.part(self.lea, "due").rows
        for link in row.links:
            assert self.client.get(link.url).status_code == 200


class RolesTests(DeskTestCase):
    def test_a_keeper_of_tags_is_led_to_them(self):
        response = self.desk_of(self.vera)
        self.assertContains(response, "Open the tags")
        assert response.context["parts"] == []

    def test_an_administrator_reads_why_nothing_waits(self):
        response = self.desk_of(self.sam)
        self.assertContains(response, "cannot put words on the site alone")

    def test_somebody_without_a_role_reads_whom_to_ask(self):
        person = make_person("new", "Vocabulary managers")
        person.groups.get().permissions.filter(codename__endswith="_tag").delete()
        self.assertContains(self.desk_of(person), "Ask an administrator")

    def test_wagtails_own_panels_are_gone(self):
        response = self.desk_of(self.lea)
        for words in ("moderation", "Your most recent edits", "locked pages"):
            self.assertNotContains(response, words)

    def test_no_browser_keeps_a_copy_of_the_desk(self):
        for url in (HOME, reverse("wagtailadmin_account")):
            self.sign_in(self.ben)
            assert "no-store" in self.client.get(url)["Cache-Control"]

    def test_a_visitor_is_asked_to_sign_in(self):
        assert self.client.get(HOME).status_code == 302
        for name in ("waiting", "sent_back", "drafts"):
            assert self.client.get(reverse(f"moderation:{name}")).status_code == 302


class CrowdedDeskTests(DeskTestCase):
    """500 of everything, written in bulk."""

    CROWD = 500

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        live = make_question("What is live?")
        cls.live = live.save_revision(user=cls.lea)
        live.short_answer = "Another answer that is quite different."
        cls.content = live.save_revision(user=cls.lea).content
        cls.lead = make_person("leo", "Clinical leads")
        with connection.cursor():
            cls.fill(cls.ana, TaskState.STATUS_IN_PROGRESS, "waiting")
            cls.fill(cls.ana, TaskState.STATUS_REJECTED, "sent back")
            cls.fill(cls.ana, None, "draft")
            # Whoever leads or reviews may have as many of their own.
            cls.fill(cls.ben, None, "draft of Ben")
            cls.fill(cls.lead, None, "draft of Leo")
        cls.make_due()
        count_rows_anew()

    @classmethod
    def fill(cls, author: Any, status: str | None, name: str) -> None:
        revisions = cls.pages(author, name)
        if status is None:
            return
        going_on = status == TaskState.STATUS_IN_PROGRESS
        workflow = Workflow.objects.get(name="Clinical approval")
        task = workflow.tasks.first()
        stands = (
            WorkflowState.STATUS_IN_PROGRESS
            if going_on
            else WorkflowState.STATUS_NEEDS_CHANGES
        )
        states = WorkflowState.objects.bulk_create(
            WorkflowState(
                content_type=revision.content_type,
                base_content_type=revision.base_content_type,
                object_id=revision.object_id,
                workflow=workflow,
                status=stands,
                requested_by=author,
            )
            for revision in revisions
        )
        tasks = TaskState.objects.bulk_create(
            TaskState(
                workflow_state=state,
                revision=revision,
                task=task,
                status=status,
                content_type=ContentType.objects.get_for_model(TaskState),
            )
            for state, revision in zip(states, revisions, strict=True)
        )
        for state, task_state in zip(states, tasks, strict=True):
            state.current_task_state = task_state
        WorkflowState.objects.bulk_update(states, ["current_task_state"])

    @classmethod
    def pages(cls, author: Any, name: str) -> list[Revision]:
        """Half of them new, half changes to a live page."""
        parent = section(Kind.QUESTION)
        kind = ContentType.objects.get(model="faqpage")
        taken = Page.objects.count()
        pages = Page.objects.bulk_create(
            Page(
                path=f"{parent.path}{taken + number:04d}",
                depth=parent.depth + 1,
                title=f"{name} {number}?",
                draft_title=f"{name} {number}?",
                slug=f"{name.replace(' ', '-')}-{number}",
                content_type=kind,
                locale=Locale.get_default(),
                live=bool(number % 2),
                live_revision=cls.live if number % 2 else None,
                has_unpublished_changes=True,
                latest_revision_created_at=timezone.now(),
            )
            for number in range(cls.CROWD)
        )
        revisions = Revision.objects.bulk_create(
            Revision(
                content_type=kind,
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id=str(page.pk),
                user=author,
                object_str=page.title,
                created_at=timezone.now(),
                content=cls.content | {"pk": page.pk},
            )
            for page in pages
        )
        for page, revision in zip(pages, revisions, strict=True):
            page.latest_revision = revision
        Page.objects.bulk_update(pages, ["latest_revision"], batch_size=100)
        return revisions

    @classmethod
    def make_due(cls) -> None:
        page = make_question("What is signed?")
        signed = SignOff.objects.write(
            page=page,
            revision=page.save_revision(user=cls.ana),
            reviewer=cls.ben,
            decision=Decision.APPROVED,
            completes=False,
            signed_at=timezone.now(),
            next_review_on=timezone.localdate(),
        )
        ReviewSchedule.objects.bulk_create(
            ReviewSchedule(
                page=page,
                sign_off=signed,
                last_reviewed_at=timezone.now(),
                due_on=timezone.localdate() - timedelta(days=number),
                overdue_on=timezone.localdate() + timedelta(days=90 - number),
                assigned_to=(cls.ben, cls.ana, None)[number % 3],
            )
            for number, page in enumerate(Page.objects.filter(live=True, depth=4))
        )

    def test_it_costs_no_more_than_its_budget_for_anybody(self):
        for person in (self.ana, self.ben, self.chloe, self.lead, self.vera, self.sam):
            self.desk_of(person)
            with CaptureQueriesContext(connection) as counted:
                response = self.client.get(HOME)
            assert len(counted) <= MOST_STATEMENTS, (person, len(counted))
            assert len(response.content) < MOST_BYTES
            rows = sum(len(part.rows) for part in response.context["parts"])
            assert rows <= 20

    def test_each_part_says_how_many_there_are_and_shows_the_first(self):
        self.assertContains(self.desk_of(self.ben), "See all 500")
        assert self.part(self.ben, "waiting").total == self.CROWD
        assert self.part(self.ana, "sent_back").total == self.CROWD
        assert self.part(self.ana, "drafts").total >= self.CROWD
        due = self.part(self.lead, "due")
        assert due.total == ReviewSchedule.objects.count() > self.CROWD
        assert len(due.rows) == 4

    def test_the_whole_of_each_list_comes_in_pages(self):
        for person, name, words in (
            (self.ben, "waiting", "waiting 0?"),
            (self.ana, "sent_back", "sent back"),
            (self.ana, "drafts", "draft"),
        ):
            self.sign_in(person)
            url = reverse(f"moderation:{name}")
            first = self.client.get(url)
            self.assertContains(first, words)
            self.assertContains(first, "Page 1 of 2")
            with CaptureQueriesContext(connection) as counted:
                last = self.client.get(url, {"p": 25})
            assert len(last.context["rows"]) == 20
            assert len(counted) <= MOST_STATEMENTS
            beyond = self.client.get(url, {"p": "99999999999"})
            self.assertContains(beyond, "no such page", status_code=404)
