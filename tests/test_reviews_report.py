"""The report of reviews: finding pages, spreadsheets, and handing out the work."""

import csv
import io
from datetime import UTC, datetime

import time_machine
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, PageLogEntry, Revision

from education.models import ClinicalPage, ReviewSchedule
from education.reviews.assigning import reviewers, written_by
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_person,
    make_question,
    make_tag,
    make_topic,
    submit,
)

PUBLISHED = datetime(2026, 3, 1, 12, tzinfo=UTC)


class ReportTestCase(PortalTestCase):
    """A topic and a question are due in March 2029, a medicine a year before."""

    def setUp(self):
        with time_machine.travel(PUBLISHED, tick=False):
            topic = make_topic()
            topic.tags.add(make_tag("Calf"))
            self.topic = self.publish(topic)
            self.question = self.publish(make_question(topic=self.topic))
            self.medicine = self.publish(make_medicine())
        clock = time_machine.travel(datetime(2029, 3, 10, 12, tzinfo=UTC), tick=False)
        clock.start()
        self.addCleanup(clock.stop)
        self.url = reverse("reviews:report")
        self.sign_in(self.lea)

    def titles(self, query: str = "") -> list[str]:
        response = self.client.get(f"{self.url}?{query}")
        assert response.status_code == 200
        return [row.title for row in response.context["object_list"]]

    def spreadsheet(self, query: str = "") -> list[dict[str, str]]:
        response = self.client.get(f"{self.url}?export=csv&{query}")
        return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


class ReportTests(ReportTestCase):
    def test_the_longest_overdue_stands_first(self):
        assert self.titles() == ["Ibuprofen", "Muscle cramps", "What is a cramp?"]

    def test_a_row_says_all_that_a_lead_wants_to_know(self):
        ReviewSchedule.objects.filter(page=self.question).update(assigned_to=self.chloe)
        response = self.client.get(self.url)
        self.assertContains(response, 'data-state="overdue">Overdue</span>')
        self.assertContains(response, 'data-state="due">Due</span>')
        self.assertContains(response, "1 Mar 2028")
        self.assertContains(response, "Ben Example and Chloe Example")
        self.assertContains(response, "<td>Chloe Example</td>", html=True)
        self.assertContains(response, "<td>Nobody</td>", html=True)
        self.assertNotContains(response, "Changed since")

    def test_a_page_that_was_changed_since_its_review_is_marked(self):
        draft = fresh(self.question).get_latest_revision_as_object()
        draft.short_answer = "It lasts a minute."
        draft.change_note = "It says how long."
        submit(draft, self.ana)
        approve(draft, self.chloe)
        self.assertContains(self.client.get(self.url), "Changed since its last review")
        changed = [row["Changed since its last review"] for row in self.spreadsheet()]
        assert changed == ["No", "No", "Yes"]

    def test_each_row_says_what_to_do(self):
        begin = reverse("reviews:begin", args=[self.question.pk])
        self.assertContains(self.client.get(self.url), begin)
        self.client.post(begin)
        self.assertNotContains(self.client.get(self.url), begin)
        self.assertContains(self.client.get(self.url), "Waits for approval", count=1)
        draft = fresh(self.topic)
        draft.save_revision(user=self.ana)
        self.assertContains(self.client.get(self.url), "Finish its draft", count=1)

    def test_each_filter_leaves_what_it_names(self):
        ReviewSchedule.objects.filter(page=self.question).update(assigned_to=self.chloe)
        medicine, topic, question = self.titles()
        for query, found in {
            "state=overdue": [medicine],
            "state=due": [topic, question],
            "state=due_soon": [],
            "kind=question": [question],
            "tag=calf": [topic],
            f"reviewer={self.chloe.pk}": [question],
            "reviewer=nobody": [medicine, topic],
            "language=en": [medicine, topic, question],
            "due_from=2029-03-01&due_to=2029-03-01": [topic, question],
            "due_to=2029-02-28": [medicine],
            "state=due&kind=topic&reviewer=nobody&tag=calf": [topic],
        }.items():
            assert self.titles(query) == found, query

    def test_what_nobody_can_ask_for_is_said(self):
        for query in (
            "state=nonsense",
            "kind=x",
            "tag=none-such",
            "reviewer=999999999999999999999",
            "language=xx",
            "due_from=yesterday",
        ):
            for export in ("", "&export=csv"):
                response = self.client.get(f"{self.url}?{query}{export}")
                self.assertContains(response, "error-message", status_code=400)

    def test_a_page_far_beyond_the_last_is_the_last(self):
        assert len(self.titles("p=99999999999999999999")) == 3

    def test_withdrawn_pages_are_never_listed(self):
        self.question.unpublish()
        assert "What is a cramp?" not in self.titles()
        assert len(self.spreadsheet()) == 2

    def test_drafts_are_never_listed(self):
        make_question("What is a spasm?", self.topic)
        assert "What is a spasm?" not in self.titles()

    def test_authors_and_reviewers_read_it_but_assign_nothing(self):
        for person in (self.ana, self.ben):
            self.sign_in(person)
            response = self.client.get(self.url)
            self.assertContains(response, "Ibuprofen")
            self.assertNotContains(response, "Assign the ticked pages")
            self.assertContains(self.client.get(reverse("wagtailadmin_home")), self.url)

    def test_who_edits_one_section_reads_of_that_one_only(self):
        group = Group.objects.create(name="Pharmacists")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        GroupPagePermission.objects.create(
            group=group,
            page=self.medicine.get_parent(),
            permission=Permission.objects.get(codename="change_page"),
        )
        self.sign_in(make_person("paul", "Pharmacists"))
        assert self.titles() == ["Ibuprofen"]

    def test_who_edits_no_page_is_not_let_in(self):
        self.sign_in(self.vera)
        for name in ("reviews:report", "reviews:calendar"):
            assert self.client.get(reverse(name)).status_code == 302
        self.assertNotContains(self.client.get(reverse("wagtailadmin_home")), self.url)


class SpreadsheetTests(ReportTestCase):
    def test_csv_holds_every_column_of_what_was_filtered(self):
        (row,) = self.spreadsheet("state=overdue")
        assert row == {
            "Page": "Ibuprofen",
            "Kind": "Medicine",
            "Language": "English",
            "State": "Overdue",
            "Due on": "2028-03-01",
            "Last reviewed on": "2026-03-01",
            "Last reviewed by": "Ben Example and Chloe Example",
            "Changed since its last review": "No",
            "Assigned to": "",
        }

    def test_excel_holds_the_same(self):
        response = self.client.get(f"{self.url}?export=xlsx")
        sheet = load_workbook(io.BytesIO(response.getvalue())).active
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0][:2] == ("Page", "Kind")
        assert [row[0] for row in rows[1:]] == self.titles()

    def test_a_title_is_never_taken_for_a_formula(self):
        ClinicalPage.objects.filter(pk=self.topic.pk).update(title="=1+1")
        assert "'=1+1" in [row["Page"] for row in self.spreadsheet()]


class AssigningTests(ReportTestCase):
    def assign(self, *pages, to, query=""):
        return self.client.post(
            f"{self.url}?{query}",
            {"pages": [page.pk for page in pages], "assign_to": to},
            follow=True,
        )

    def assigned(self) -> dict[str, str]:
        return {row["Page"]: row["Assigned to"] for row in self.spreadsheet()}

    def test_a_lead_gives_the_ticked_pages_to_a_reviewer(self):
        response = self.assign(self.topic, self.medicine, to=self.chloe.pk)
        self.assertContains(response, "2 pages are now assigned to Chloe Example.")
        assert self.assigned() == {
            "Ibuprofen": "Chloe Example",
            "Muscle cramps": "Chloe Example",
            "What is a cramp?": "",
        }
        entry = PageLogEntry.objects.get(
            page=self.topic.pk, action="education.assign_review"
        )
        assert entry.user == self.lea
        assert "Chloe Example" in entry.message

    def test_the_filters_stay(self):
        response = self.assign(self.topic, to=self.chloe.pk, query="kind=topic&p=1")
        assert response.request["QUERY_STRING"] == "kind=topic&p=1"

    def test_a_task_can_be_taken_from_everybody(self):
        self.assign(self.topic, to=self.chloe.pk)
        response = self.assign(self.topic, to="nobody")
        self.assertContains(response, "1 page is now assigned to nobody.")
        assert not any(self.assigned().values())

    def test_only_those_who_may_sign_can_be_chosen(self):
        inactive = make_person("ines", "Reviewers", is_active=False)
        assert set(reviewers()) == {self.ben, self.chloe, self.lea}
        for person in (self.ana, self.sam, inactive):
            response = self.assign(self.topic, to=person.pk)
            self.assertContains(
                response, "Choose somebody of the list", status_code=400
            )
        assert not any(self.assigned().values())

    def test_who_wrote_on_a_page_does_not_get_it_and_the_lead_reads_why(self):
        self.ana.groups.add(Group.objects.get(name="Reviewers"))
        with time_machine.travel(PUBLISHED, tick=False):
            other = make_topic("Back pain")
            submit(other, self.chloe)
            approve(other, self.ben)
        response = self.assign(self.topic, other, to=self.ana.pk)
        self.assertContains(response, "Not assigned: Muscle cramps.")
        self.assertContains(response, "1 page is now assigned to Ana Example.")
        assert self.assigned()["Muscle cramps"] == ""
        assert self.assigned()["Back pain"] == "Ana Example"

    def test_the_same_people_count_as_authors_as_where_it_is_signed(self):
        self.question.save_revision(user=self.chloe)
        Revision.objects.filter(user=self.chloe).update(user=None)
        draft = self.question.get_latest_revision_as_object()
        draft.save_revision(user=self.lea, log_action=True)
        Revision.objects.filter(user=self.lea).update(user=None)
        pages = [self.topic.pk, self.question.pk, self.medicine.pk]
        for person in (self.ana, self.ben, self.chloe, self.lea):
            assert written_by(person, pages) == {
                page.pk
                for page in (self.topic, self.question, self.medicine)
                if person.pk in fresh(page).all_author_ids()
            }

    def test_nothing_ticked_or_nobody_chosen_is_said_and_the_ticks_stay(self):
        response = self.assign(to=self.chloe.pk)
        self.assertContains(response, "Tick the pages", status_code=400)
        response = self.assign(self.topic, to="")
        self.assertContains(response, "Choose who is to review", status_code=400)
        box = f'value="{self.topic.pk}" aria-label="Muscle cramps" checked'
        self.assertContains(response, box, status_code=400)

    def test_a_page_that_went_off_the_site_meanwhile_is_said(self):
        self.topic.unpublish()
        for ticked in (self.topic.pk, "x", 10**30):
            response = self.client.post(
                self.url, {"pages": [ticked], "assign_to": self.chloe.pk}
            )
            self.assertContains(response, "is not on the site", status_code=400)

    def test_nobody_but_leads_and_administrators_may(self):
        for person in (self.ana, self.ben):
            self.sign_in(person)
            self.assign(self.topic, to=self.chloe.pk)
        self.sign_in(self.sam)
        assert not any(self.assigned().values())
        self.assign(self.topic, to=self.chloe.pk)
        assert self.assigned()["Muscle cramps"] == "Chloe Example"
