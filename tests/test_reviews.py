"""Reviews that come round: states, days of grace, and the banner for the public."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.models import ReviewSchedule, ReviewSettings, SignOff
from education.reviews.rows import row_of
from education.vocabulary import ReviewState
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    make_topic,
    submit,
)

PUBLISHED = datetime(2026, 3, 1, 12, tzinfo=UTC)
DUE = date(2029, 3, 1)
BANNER = "This page is past its review date. It was last reviewed on"


def at(day: date) -> time_machine.travel:
    """Noon of this day, standing still."""
    return time_machine.travel(
        datetime(day.year, day.month, day.day, 12, tzinfo=UTC), tick=False
    )


def days(number: int) -> timedelta:
    return timedelta(days=number)


class StatesTests(PortalTestCase):
    def setUp(self):
        with time_machine.travel(PUBLISHED, tick=False):
            self.page = self.publish(make_question())

    def states_on(self, day: date) -> list[ReviewState]:
        found = [
            state
            for state in ReviewState
            if ReviewSchedule.objects.in_state(state, day).filter(page=self.page)
        ]
        assert [row_of(self.page, day).state] == found
        return found

    def test_a_page_goes_through_every_state_one_after_the_other(self):
        assert self.states_on(DUE - days(61)) == [ReviewState.UP_TO_DATE]
        assert self.states_on(DUE - days(60)) == [ReviewState.DUE_SOON]
        assert self.states_on(DUE - days(1)) == [ReviewState.DUE_SOON]
        assert self.states_on(DUE) == [ReviewState.DUE]
        assert self.states_on(DUE + days(89)) == [ReviewState.DUE]
        assert self.states_on(DUE + days(90)) == [ReviewState.OVERDUE]

    def test_medicines_come_round_sooner(self):
        with time_machine.travel(PUBLISHED, tick=False):
            medicine = self.publish(make_medicine())
        assert medicine.standing().due_on == date(2028, 3, 1)


class GraceTests(PortalTestCase):
    """A lead says how long a late page may stay without a banner."""

    def setUp(self):
        with time_machine.travel(PUBLISHED, tick=False):
            self.page = self.publish(make_question())
        self.url = reverse(
            "wagtailsettings:edit",
            args=["education", "reviewsettings", ReviewSettings.load().pk],
        )

    def save(self, **days_of: object) -> object:
        return self.client.post(
            self.url, {"notice_days": 60, "grace_days": 90, **days_of}
        )

    def test_a_lead_finds_it_in_the_settings_menu(self):
        self.sign_in(self.lea)
        home = self.client.get(reverse("wagtailadmin_home"))
        self.assertContains(
            home, reverse("wagtailsettings:edit", args=["education", "reviewsettings"])
        )
        self.assertContains(self.client.get(self.url), "Days of grace")

    def test_nobody_else_may_change_it(self):
        for person in (self.ana, self.ben, self.vera):
            self.sign_in(person)
            self.save(grace_days=0)
        assert ReviewSettings.load().grace_days == 90

    def test_shorter_grace_moves_the_banner_to_an_earlier_day(self):
        with at(DUE + days(10)):
            self.sign_in(self.lea)
            self.assertNotContains(self.client.get(self.page.address), BANNER)
            self.save(grace_days=10)
            assert ReviewSchedule.objects.get().overdue_on == DUE + days(10)
            self.assertContains(self.client.get(self.page.address), BANNER)

    def test_longer_grace_takes_the_banner_away_again(self):
        with at(DUE + days(90)):
            self.sign_in(self.lea)
            self.assertContains(self.client.get(self.page.address), BANNER)
            self.save(grace_days=91)
            self.assertNotContains(self.client.get(self.page.address), BANNER)

    def test_longer_notice_makes_pages_due_soon_earlier(self):
        self.sign_in(self.lea)
        day = DUE - days(100)
        assert row_of(self.page, day).state == ReviewState.UP_TO_DATE
        self.save(notice_days=100)
        assert row_of(self.page, day).state == ReviewState.DUE_SOON

    def test_what_is_no_number_of_days_gets_a_sentence_and_changes_nothing(self):
        self.sign_in(self.lea)
        for wrong, sentence in {
            "-1": "greater than or equal to 0",
            "many": "Enter a whole number",
            "": "This field is required",
            "99999": "Write a number of days from 0 to 1825.",
            "99999999999999999999": "less than or equal to",
        }.items():
            self.assertContains(self.save(grace_days=wrong), sentence)
        assert ReviewSchedule.objects.get().overdue_on == DUE + days(90)

    def test_five_years_is_the_most(self):
        with pytest.raises(ValidationError):
            ReviewSettings(notice_days=60, grace_days=1826).full_clean()
        ReviewSettings(notice_days=60, grace_days=1825).full_clean()


class BannerTests(PortalTestCase):
    """The public is told when nobody has looked at a page for too long."""

    def setUp(self):
        with time_machine.travel(PUBLISHED, tick=False):
            topic = self.publish(make_topic())
            self.pages = [
                topic,
                self.publish(make_question(topic=topic)),
                self.publish(make_medicine()),
            ]

    def test_every_kind_of_page_shows_it_once_grace_is_over(self):
        with at(DUE + days(90)):
            for page in self.pages:
                response = self.client.get(page.address)
                self.assertContains(response, BANNER)
                self.assertContains(response, "Ask a doctor, nurse or pharmacist")
                self.assertContains(response, "1 March 2026")

    def test_it_stands_above_the_text(self):
        with at(DUE + days(90)):
            text = self.client.get(self.pages[0].address).content.decode()
        assert text.index("<h1>") < text.index(BANNER) < text.index("A muscle tightens")

    def test_it_costs_no_statement(self):
        def cost(day: date) -> int:
            with at(day), CaptureQueriesContext(connection) as counted:
                self.client.get(self.pages[0].address)
            return len(counted)

        cost(DUE)
        assert cost(DUE + days(90)) == cost(DUE)

    def test_none_is_shown_while_days_of_grace_are_left(self):
        with at(DUE + days(89)):
            self.assertNotContains(self.client.get(self.pages[0].address), BANNER)

    def test_a_change_alone_does_not_take_it_away(self):
        with at(DUE + days(90)):
            draft = fresh(self.pages[1]).get_latest_revision_as_object()
            draft.short_answer = "It lasts a minute."
            draft.change_note = "It says how long."
            submit(draft, self.ana)
            approve(draft, self.chloe)
            self.assertContains(self.client.get(draft.address), BANNER)

    def test_a_review_of_the_whole_page_takes_it_away(self):
        with at(DUE + days(90)):
            page = self.pages[1]
            self.sign_in(self.chloe)
            self.client.post(reverse("reviews:begin", args=[page.pk]))
            approve(page, self.chloe)
            self.assertNotContains(self.client.get(page.address), BANNER)


class EditorTests(PortalTestCase):
    """What the editor of a page reads about its review."""

    def setUp(self):
        with time_machine.travel(PUBLISHED, tick=False):
            self.page = self.publish(make_question())
        self.url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def text(self, day: date = DUE) -> str:
        with at(day):
            self.sign_in(self.ana)
            return " ".join(self.client.get(self.url).content.decode().split())

    def test_state_and_day_and_that_nobody_has_the_task(self):
        said = self.text()
        assert 'data-state="due">Due</span>' in said
        assert "Next review due <strong>1 March 2029</strong>." in said
        assert "Nobody has this task yet." in said

    def test_whose_task_it_is(self):
        ReviewSchedule.objects.update(assigned_to=self.chloe)
        assert "It is the task of <strong>Chloe Example</strong>." in self.text()

    def test_that_it_was_changed_since_its_last_whole_review(self):
        assert "changed since" not in self.text()
        draft = fresh(self.page).get_latest_revision_as_object()
        draft.short_answer = "It lasts a minute."
        draft.change_note = "It says how long."
        submit(draft, self.ana)
        approve(draft, self.chloe)
        assert "changed since it was last reviewed as a whole" in self.text()

    def test_a_page_that_was_never_live_has_no_review_yet(self):
        draft = make_question("What is a spasm?")
        self.sign_in(self.ana)
        response = self.client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
        self.assertContains(response, "No approved text is live yet.")
        self.assertNotContains(response, "Next review due")


class SignedReviewTests(PortalTestCase):
    def test_the_next_review_keeps_its_reviewer(self):
        page = self.publish(make_question())
        ReviewSchedule.objects.update(assigned_to=self.chloe)
        self.sign_in(self.chloe)
        self.client.post(reverse("reviews:begin", args=[page.pk]))
        approve(page, self.chloe)
        assert ReviewSchedule.objects.get().assigned_to == self.chloe
        assert SignOff.objects.count() == 2

    def test_an_account_that_is_gone_leaves_the_task_to_nobody(self):
        self.publish(make_question())
        guest = User.objects.create_user("guest")
        ReviewSchedule.objects.update(assigned_to=guest)
        guest.delete()
        assert ReviewSchedule.objects.get().assignee == ""
