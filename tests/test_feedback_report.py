"""The report of feedback: what readers wrote, what becomes of it, what got worse."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, PageLogEntry

from education.feedback.comparison import Tally, has_fallen
from education.installation import AUTHORS, install
from education.models import ClinicalPage, Feedback, withdraw
from education.vocabulary import FeedbackState, WithdrawalReason
from tests.factories import (
    PortalTestCase,
    fresh,
    make_person,
    make_question,
    make_topic,
    publish,
    set_the_scene,
)

TODAY = datetime(2026, 6, 30, 12, tzinfo=UTC)


def said(page: ClinicalPage, words: str = "", **fields: Any) -> Feedback:
    """One answer about this page, given today on the version that is live."""
    usual = {
        "page_id": page.pk,
        "revision_id": page.live_revision_id,
        "is_helpful": False,
        "words": words,
        "given_on": TODAY.date(),
    }
    return Feedback.objects.create(**usual | fields)


def answered(page: ClinicalPage, yes: int, no: int, **fields: Any) -> None:
    for helpful, times in ((True, yes), (False, no)):
        for _ in range(times):
            said(page, is_helpful=helpful, **fields)


class ReportTestCase(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        with time_machine.travel(TODAY - timedelta(days=300)):
            super().setUpTestData()
            cls.topic = publish(make_topic(), cls.ana, cls.ben)
            cls.question = publish(make_question(topic=cls.topic), cls.ana, cls.ben)

    def setUp(self) -> None:
        cache.clear()
        clock = time_machine.travel(TODAY, tick=False)
        clock.start()
        self.addCleanup(clock.stop)
        self.url = reverse("feedback:report")
        self.pages_url = reverse("feedback:pages")
        self.sign_in(self.ana)

    def page_url(self, page: ClinicalPage) -> str:
        return reverse("feedback:page", args=[page.pk])

    def shown(self, query: str = "") -> list[str]:
        response = self.client.get(f"{self.url}?{query}")
        assert response.status_code == 200
        return [row.words for row in response.context["object_list"]]

    def decide(self, row: Feedback, to: str, **changes: Any) -> HttpResponse:
        sent = {"to": to, "seen": row.state, "back": "state=unread"} | changes
        url = reverse("feedback:decide", args=[row.pk])
        return self.client.post(url, sent)


class ReportTests(ReportTestCase):
    def test_the_unread_stands_first_then_the_newest(self):
        said(self.topic, "Done.", state=FeedbackState.DONE)
        said(self.topic, "Older.", given_on=date(2026, 6, 1))
        said(self.topic, "Newer.")
        assert self.shown() == ["Newer.", "Older.", "Done."]

    def test_answers_without_words_are_shown_when_asked_for(self):
        said(self.topic)
        said(self.topic, "Too long.")
        assert self.shown() == ["Too long."]
        assert self.shown("show=all") == ["Too long.", ""]

    def test_it_can_be_narrowed(self):
        said(self.topic, "Topic.", given_on=date(2026, 5, 1))
        said(self.question, "Question.", is_helpful=True)
        said(self.question, "Decided.", state=FeedbackState.WILL_CHANGE)
        assert self.shown("kind=topic") == ["Topic."]
        assert self.shown("title=muscle") == ["Topic."]
        assert self.shown(f"page={self.question.pk}") == ["Question.", "Decided."]
        assert self.shown("state=will_change") == ["Decided."]
        assert self.shown("helpful=yes") == ["Question."]
        assert self.shown("given_to=2026-05-01") == ["Topic."]
        assert self.shown("given_from=2026-05-02") == ["Question.", "Decided."]
        assert self.shown("page=99999") == []

    def test_what_nobody_can_ask_for_is_said(self):
        for query in (
            "kind=x",
            "state=x",
            "given_from=x",
            "page=x",
            "page=" + "9" * 40,
        ):
            for export in ("", "&export=csv"):
                response = self.client.get(f"{self.url}?{query}{export}")
                self.assertContains(response, "error-message", status_code=400)
        response = self.client.get(f"{self.pages_url}?kind=x&export=csv")
        self.assertContains(response, "error-message", status_code=400)
        assert self.client.get(self.page_url(self.topic)).status_code == 200
        for key in (10**17, 10**30):
            url = reverse("feedback:page", args=[key])
            assert self.client.get(url).status_code == 404

    def test_each_answer_says_which_version_was_read(self):
        before = self.topic.live_revision_id
        self.topic.summary = "Something new."
        page = publish(self.topic, self.ana, self.ben)
        said(page, "New.")
        said(page, "Old.", revision_id=before)
        said(page, "Unknown.", revision_id=None)
        rows = self.client.get(self.url).context["object_list"]
        versions = {row.words: row.version for row in rows}
        assert versions["New."] == "Live now"
        assert versions["Old."].startswith("Earlier, written ")
        assert versions["Unknown."] == "Not known"
        reason = WithdrawalReason.OUTDATED
        withdraw(page, self.lea, reason, "Too old.", TODAY)
        (row, *_) = self.client.get(self.url).context["object_list"]
        assert row.version == "Page is not on the site"

    def test_what_readers_wrote_is_shown_as_text(self):
        said(self.topic, "<script>alert(1)</script>\n<b>line</b>")
        response = self.client.get(self.url)
        self.assertNotContains(response, "<script>alert(1)")
        self.assertContains(response, "&lt;script&gt;alert(1)&lt;/script&gt;<br>&lt;b")

    def test_it_asks_for_as_much_with_one_row_as_with_many(self):
        page = self.page_url(self.topic)
        said(self.topic, "0")
        for url in (self.url, self.pages_url, page):
            self.client.get(url)
            with CaptureQueriesContext(connection) as one:
                self.client.get(url)
            assert len(one) <= 12, url
            for number in range(1, 60):
                said(self.question, f"{url} {number}")
            with CaptureQueriesContext(connection) as many:
                self.client.get(url)
            assert len(many) == len(one), url
        assert len(self.shown()) == 50
        assert len(self.shown("p=99999999999999999999")) > 0

    def test_authors_reviewers_and_leads_read_it_and_nobody_else(self):
        said(self.topic, "Too long.")
        home = reverse("wagtailadmin_home")
        urls = (self.url, self.pages_url, self.page_url(self.topic))
        for person in (self.ana, self.ben, self.lea, self.sam):
            self.sign_in(person)
            for url in urls:
                assert self.client.get(url).status_code == 200, (person, url)
            self.assertContains(self.client.get(home), "Feedback (1 unread)")
        for person in (self.vera, make_person("nora")):
            self.sign_in(person)
            for url in urls:
                assert self.client.get(url).status_code in (302, 403), (person, url)
        self.sign_in(self.vera)
        self.assertNotContains(self.client.get(home), self.url)

    def test_the_menu_counts_as_far_as_it_matters(self):
        home = reverse("wagtailadmin_home")
        self.assertNotContains(self.client.get(home), "unread)")
        for number in range(100):
            said(self.topic, str(number))
        cache.clear()
        self.assertContains(self.client.get(home), "Feedback (99+ unread)")

    def test_the_menu_costs_no_statement_and_follows_each_decision(self):
        row = said(self.topic, "Too long.")
        home = reverse("wagtailadmin_home")
        self.assertContains(self.client.get(home), "Feedback (1 unread)")
        with CaptureQueriesContext(connection) as asked:
            self.client.get(home)
        assert not [one for one in asked if "education_feedback" in one["sql"]]
        with self.captureOnCommitCallbacks(execute=True):
            url = reverse("feedback:decide", args=[row.pk])
            self.client.post(url, {"to": "done", "seen": "unread"})
        self.assertNotContains(self.client.get(home), "unread)")

    def test_without_a_cache_the_menu_says_no_number(self):
        said(self.topic, "Too long.")
        with patch.object(cache, "get", side_effect=OSError("redis://secret")):
            response = self.client.get(self.url)
        self.assertContains(response, "Too long.")
        self.assertNotContains(response, "unread)")

    def test_older_installations_let_people_in_too(self):
        for group in Group.objects.all():
            group.permissions.remove(
                *group.permissions.filter(codename="view_feedback")
            )
        install()
        self.sign_in(self.ben)
        assert self.client.get(self.url).status_code == 200


class DecidingTests(ReportTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.row = said(self.topic, "Too long.")

    def test_a_decision_says_who_and_when_and_stands_in_the_log(self):
        for to in ("done", "will_change", "no_change"):
            row = said(self.topic, f"For {to}.")
            response = self.decide(row, to)
            assert response.status_code == 302
            row.refresh_from_db()
            assert (row.state, row.decided_by) == (to, self.ana)
            assert row.decided_at == TODAY
            entry = PageLogEntry.objects.latest("pk")
            assert (entry.action, entry.user) == (
                "education.decide_feedback",
                self.ana,
            )
            assert entry.page_id == self.topic.pk
            assert entry.data == {"key": row.pk, "to": to}
        self.assertContains(self.client.get(self.url), "Ana Example")
        history = reverse("wagtailadmin_pages:history", args=[self.topic.pk])
        self.assertContains(
            self.client.get(history), "Decided on a reader&#x27;s feedback: Done"
        )

    def test_it_leads_back_to_the_list_and_can_be_undone_there(self):
        response = self.client.get(self.decide(self.row, "done").headers["Location"])
        assert response.wsgi_request.GET["state"] == "unread"
        assert response.context["object_list"] == []
        self.assertContains(response, "You decided: Done.")
        self.assertContains(response, "Undo")
        self.row.refresh_from_db()
        response = self.decide(self.row, "unread")
        assert self.shown("state=unread") == ["Too long."]
        self.row.refresh_from_db()
        assert (self.row.decided_by, self.row.decided_at) == (None, None)
        entry = PageLogEntry.objects.latest("pk")
        assert entry.data["to"] == "unread"

    def test_a_colleague_who_was_quicker_is_not_overruled(self):
        assert self.row.decide("done", "unread", self.ben, TODAY)
        response = self.decide(self.row, "no_change", seen="unread")
        response = self.client.get(response.headers["Location"])
        self.assertContains(response, "Ben Example decided meanwhile: Done.")
        self.row.refresh_from_db()
        assert (self.row.state, self.row.decided_by) == ("done", self.ben)

    def test_nonsense_decides_nothing(self):
        for to, seen in (("x", "unread"), ("", ""), ("done", "x")):
            self.decide(self.row, to, seen=seen)
            self.row.refresh_from_db()
            assert self.row.is_unread
        silent = said(self.topic)
        assert self.decide(silent, "done").status_code == 404
        for key in (10**17, 10**30):
            url = reverse("feedback:decide", args=[key])
            assert self.client.post(url, {"to": "done"}).status_code == 404
        assert self.client.get(self.row_url()).status_code == 405
        for decided in ("x&as=done", "9" * 40 + "&as=done", "٣&as=done", "1&as=unread"):
            response = self.client.get(f"{self.url}?decided={decided}")
            self.assertNotContains(response, 'class="feedback__decided"')

    def row_url(self) -> str:
        return reverse("feedback:decide", args=[self.row.pk])

    def test_it_leads_to_no_other_site(self):
        response = self.decide(self.row, "done", back="https://evil.example/&decided=9")
        assert response.headers["Location"].startswith(f"{self.url}?")

    def test_who_may_not_change_the_page_reads_and_does_not_decide(self):
        GroupPagePermission.objects.filter(
            group__name=AUTHORS, permission__codename="change_page"
        ).delete()
        assert self.shown() == ["Too long."]
        self.assertNotContains(self.client.get(self.url), self.row_url())
        assert self.decide(self.row, "done").status_code in (302, 403)
        self.row.refresh_from_db()
        assert self.row.is_unread
        self.sign_in(self.vera)
        self.decide(self.row, "done")
        self.row.refresh_from_db()
        assert self.row.is_unread


class SpreadsheetTests(ReportTestCase):
    def test_csv_holds_every_column_of_what_was_filtered(self):
        row = said(self.topic, "Too long.")
        row.decide("done", "unread", self.ben, TODAY)
        said(self.question, "Something else.")
        response = self.client.get(f"{self.url}?export=csv&kind=topic")
        (found,) = csv.DictReader(io.StringIO(response.getvalue().decode()))
        assert found == {
            "Page": "Muscle cramps",
            "Kind": "Health topic",
            "Version": "Live now",
            "Helpful": "No",
            "What was missing": "Too long.",
            "Day": "2026-06-30",
            "State": "Done",
            "Decided by": "Ben Example",
            "Decided on": "2026-06-30",
        }

    def test_no_words_are_taken_for_a_formula(self):
        formulas = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1")
        for words in formulas:
            said(self.topic, words)
        text = self.client.get(f"{self.url}?export=csv").getvalue().decode()
        for words in formulas:
            assert f"'{words}" in text
        response = self.client.get(f"{self.url}?export=xlsx")
        sheet = load_workbook(io.BytesIO(response.getvalue())).active
        cells = [row[4] for row in sheet.iter_rows(min_row=2)]
        assert {cell.value for cell in cells} == set(formulas)
        assert {cell.data_type for cell in cells} == {"s"}

    def test_pages_are_exported_too(self):
        answered(self.topic, 3, 1)
        response = self.client.get(f"{self.pages_url}?export=csv")
        (found,) = csv.DictReader(io.StringIO(response.getvalue().decode()))
        assert (found["Page"], found["Yes"], found["No"]) == ("Muscle cramps", "3", "1")
        assert found["Helpful, in percent"] == "75"
        response = self.client.get(f"{self.pages_url}?export=xlsx")
        sheet = load_workbook(io.BytesIO(response.getvalue())).active
        assert sheet.max_row == 2


class PagesTests(ReportTestCase):
    def rows(self, query: str = "") -> dict[str, Any]:
        response = self.client.get(f"{self.pages_url}?{query}")
        assert response.status_code == 200
        return {row.title: row for row in response.context["object_list"]}

    def test_each_page_is_counted_and_the_unread_stands_first(self):
        answered(self.topic, 6, 2)
        answered(self.question, 1, 0)
        said(self.question, "Too long.")
        rows = self.rows()
        assert list(rows) == ["What is a cramp?", "Muscle cramps"]
        row = rows["Muscle cramps"]
        assert (row.yes, row.no, row.share, row.unread, row.words) == (6, 2, 75, 0, 0)
        row = rows["What is a cramp?"]
        assert (row.yes, row.no, row.share, row.unread, row.words) == (1, 1, 50, 1, 1)

    def test_the_last_weeks_stand_beside_those_before(self):
        answered(self.topic, 1, 3)
        answered(self.topic, 4, 0, given_on=date(2026, 6, 2))
        answered(self.topic, 1, 0, given_on=date(2026, 1, 1))
        row = self.rows()["Muscle cramps"]
        assert str(row.lately) == "25% of 4"
        assert str(row.before) == "100% of 4"

    def test_they_can_be_narrowed(self):
        answered(self.topic, 1, 0, given_on=date(2026, 1, 1))
        answered(self.question, 1, 0)
        assert list(self.rows("kind=topic")) == ["Muscle cramps"]
        assert list(self.rows("given_from=2026-02-01")) == ["What is a cramp?"]

    def test_a_page_shows_each_version_with_what_changed(self):
        answered(self.topic, 3, 1)
        self.topic.change_note = "It says what helps."
        self.topic.summary = "Something new."
        page = publish(self.topic, self.ana, self.ben)
        answered(page, 1, 1)
        said(page, "Too long.", revision_id=None)
        response = self.client.get(self.page_url(page))
        new, old, unknown = response.context["versions"]
        assert (new.says, new.is_live) == ("It says what helps.", True)
        assert (old.says, old.is_live) == ("First published", False)
        assert unknown.says == "Not known which"
        assert (new.tally, old.tally) == (Tally(1, 1), Tally(3, 1))
        assert response.context["tally"] == Tally(4, 3)
        self.assertContains(response, "57% of 7 answers")
        self.assertContains(response, f"{self.url}?page={page.pk}")

    def test_a_page_shows_week_after_week(self):
        answered(self.topic, 1, 0)
        answered(self.topic, 0, 2, given_on=TODAY.date() - timedelta(days=8))
        weeks = self.client.get(self.page_url(self.topic)).context["weeks"]
        assert len(weeks) == 12
        assert weeks[0] == (date(2026, 6, 29), Tally(1, 0))
        assert weeks[1] == (date(2026, 6, 22), Tally(0, 2))
        assert weeks[2] == (date(2026, 6, 15), Tally())

    def test_a_page_without_answers_says_so(self):
        response = self.client.get(self.page_url(self.topic))
        self.assertContains(response, "Nobody has answered yet.")
        self.assertContains(response, "no answers")


class FallTests(ReportTestCase):
    def changed(self) -> ClinicalPage:
        page = fresh(self.topic)
        page.summary += " More."
        page.change_note = f"Version {Feedback.objects.count()}."
        return publish(page, self.ana, self.ben)

    def fallen(self) -> list[str]:
        response = self.client.get(self.url)
        return [fall.title for fall in response.context["fallen"]]

    def test_a_page_that_helps_fewer_since_a_change_is_marked(self):
        answered(self.topic, 18, 2)
        page = self.changed()
        answered(page, 9, 11)
        assert self.fallen() == ["Muscle cramps"]
        response = self.client.get(self.url)
        self.assertContains(
            response, "1 page whose readers found the new version less helpful"
        )
        self.assertContains(response, "45% of 20, before the change 90% of 20")
        self.assertContains(response, "fewer than 1 of 40 cases")
        self.assertContains(
            self.client.get(self.pages_url), "Less helpful since a change</span>"
        )
        self.assertContains(
            self.client.get(self.page_url(page)), "Less helpful since a change:"
        )

    def test_a_version_with_few_answers_between_is_passed_over(self):
        answered(self.topic, 18, 2)
        answered(self.changed(), 0, 19)
        answered(self.changed(), 9, 11)
        assert self.fallen() == ["Muscle cramps"]

    def test_few_answers_a_small_fall_or_a_better_page_mark_nothing(self):
        answered(self.topic, 18, 2)
        page = self.changed()
        answered(page, 0, 19)
        assert self.fallen() == []
        answered(page, 100, 0)
        assert self.fallen() == []

    def test_a_page_that_is_mended_or_gone_is_not_marked_any_more(self):
        answered(self.topic, 18, 2)
        page = self.changed()
        answered(page, 9, 11)
        reason = WithdrawalReason.OUTDATED
        withdraw(page, self.lea, reason, "Too old.", TODAY)
        assert self.fallen() == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Tally(18, 2), Tally(9, 11), True),
        (Tally(18, 2), Tally(9, 10), False),  # too few
        (Tally(18, 1), Tally(9, 11), False),  # too few
        (Tally(18, 2), Tally(13, 7), False),  # z = 1.90
        (Tally(180, 20), Tally(164, 36), True),  # z = 2.31
        (Tally(9, 11), Tally(18, 2), False),  # better
        (Tally(20, 0), Tally(20, 0), False),
        (Tally(0, 20), Tally(0, 20), False),
    ],
)
def test_only_a_fall_beyond_chance_counts(
    before: Tally, after: Tally, expected: bool
) -> None:
    assert has_fallen(before, after) is expected


def test_the_likely_share_is_that_of_wilson() -> None:
    assert Tally(15, 5).likely == (53, 89)
    assert Tally(20, 0).likely == (84, 100)
    assert Tally(0, 1).likely == (0, 79)
    assert Tally().likely is None


class TwoAtOnceTests(TransactionTestCase):
    serialized_rollback = True

    def test_one_of_two_decisions_stands_and_the_other_is_told(self):
        set_the_scene(self)
        page = publish(make_topic(), self.ana, self.ben)
        row = said(page, "Too long.")
        url = reverse("feedback:decide", args=[row.pk])
        barrier, ends = Barrier(2, timeout=20), []

        def send(person: Any, to: str) -> None:
            try:
                client = Client()
                client.force_login(person)
                barrier.wait()
                response = client.post(url, {"to": to, "seen": "unread"})
                ends.append(response.headers["Location"])
            finally:
                connection.close()

        acts = [(self.ana, "done"), (self.ben, "no_change")]
        threads = [Thread(target=send, args=act, daemon=True) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert sorted("decided=" in end for end in ends) == [False, True]
        assert PageLogEntry.objects.filter(action__endswith="feedback").count() == 1
