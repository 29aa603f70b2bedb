"""The calendar of reviews, and what calendar and report cost."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.models import ClinicalPage, ReviewSchedule, SignOff
from tests.factories import count_rows_anew
from tests.test_browse_statements import many_of
from tests.test_reviews_report import ReportTestCase


class CalendarTests(ReportTestCase):
    def calendar(self):
        return self.client.get(reverse("reviews:calendar"))

    def buckets(self) -> dict[str, int]:
        buckets = self.calendar().context["calendar"].buckets
        return {bucket.label: bucket.total for bucket in buckets if bucket.total}

    def move(self, page, day: date) -> None:
        ReviewSchedule.objects.filter(page=page).update(
            due_on=day, overdue_on=day + timedelta(days=90)
        )

    def test_every_page_stands_in_one_month_or_is_late(self):
        self.move(self.topic, date(2029, 3, 11))
        self.move(self.question, date(2030, 1, 31))
        assert self.buckets() == {
            "Overdue": 1,
            "Rest of March 2029": 1,
            "January 2030": 1,
        }

    def test_at_least_a_year_is_shown_and_what_is_far_away_is_later(self):
        self.move(self.topic, date(2039, 1, 1))
        calendar = self.calendar().context["calendar"]
        assert len(calendar.months) >= 13
        assert self.buckets() == {"Overdue": 1, "Due": 1, "Later": 1}

    def test_each_month_leads_to_exactly_its_pages(self):
        self.move(self.topic, date(2029, 3, 11))  # the question was due on the first
        for bucket in self.calendar().context["calendar"].buckets:
            query = bucket.url.partition("?")[2]
            assert len(self.titles(query)) == bucket.total, bucket.label

    def test_it_says_how_many_of_each_kind(self):
        self.move(self.topic, date(2029, 5, 1))
        self.move(self.question, date(2029, 5, 31))
        buckets = self.calendar().context["calendar"].months
        (may,) = [bucket for bucket in buckets if bucket.label == "May 2029"]
        assert may.by_kind == [1, 1, 0]

    def test_a_crowded_month_is_named_in_words(self):
        self.assertNotContains(self.calendar(), "Bunching")
        make_reviewed(self.topic, 30, date(2029, 9, 1))
        response = self.calendar()
        self.assertContains(response, "Bunching", count=1)
        self.assertContains(response, "far more than the usual load")

    def test_an_even_load_is_not_called_crowded(self):
        for month in range(4, 13):
            make_reviewed(self.topic, 5, date(2029, month, 1))
        self.assertNotContains(self.calendar(), "Bunching")

    def test_an_empty_portal_has_an_empty_calendar(self):
        ReviewSchedule.objects.all().delete()
        self.assertContains(self.calendar(), "April 2029")

    def test_withdrawn_pages_are_not_counted(self):
        self.medicine.unpublish()
        assert "Overdue" not in self.buckets()


class CostTests(ReportTestCase):
    def test_ten_pages_cost_as_many_statements_as_three_hundred(self):
        urls = [self.url, f"{self.url}?state=due&tag=calf", reverse("reviews:calendar")]

        def cost() -> list[int]:
            counts = []
            for url in urls:
                with CaptureQueriesContext(connection) as counted:
                    assert self.client.get(url).status_code == 200
                counts.append(len(counted))
            return counts

        make_reviewed(self.topic, 7, date(2029, 3, 1))
        cost()
        few = cost()
        make_reviewed(self.topic, 290, date(2029, 3, 2))
        count_rows_anew()
        assert cost() == few
        assert max(few) <= 40, few


def make_reviewed(like: ClinicalPage, number: int, due_on: date) -> None:
    """So many more live topics, as if each had been approved as `like` was."""
    signed = SignOff.objects.filter(page=like.pk).get()
    pages = many_of(type(like), number)
    for page in pages:
        page.live, page.live_revision_id = True, signed.revision_id
    type(pages[0]).objects.bulk_update(pages, ["live", "live_revision"])
    ReviewSchedule.objects.bulk_create(
        ReviewSchedule(
            page_id=page.pk,
            sign_off=signed,
            last_reviewed_at=signed.signed_at,
            due_on=due_on,
            overdue_on=due_on + timedelta(days=90),
        )
        for page in pages
    )
