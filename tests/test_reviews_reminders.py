"""Reminders by e-mail: one digest a person, once a thing, and nothing forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from threading import Barrier, Thread
from unittest.mock import patch

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TransactionTestCase, override_settings

from education.models import JobRun, ReviewReminder, ReviewSchedule, ReviewSettings
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    make_topic,
    publish,
    set_the_scene,
)

PUBLISHED = datetime(2026, 3, 1, 12, tzinfo=UTC)
DUE = date(2029, 3, 1)


def run_on(day: date) -> list[mail.EmailMessage]:
    """The e-mails of one run on this day."""
    now = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    before = len(mail.outbox)
    with time_machine.travel(now, tick=False):
        call_command("send_review_reminders", now=now, stdout=StringIO())
    return mail.outbox[before:]


def days(number: int) -> timedelta:
    return timedelta(days=number)


class RemindersTestCase(PortalTestCase):
    def setUp(self):
        with time_machine.travel(PUBLISHED, tick=False):
            self.page = self.publish(make_question("What is a <cramp> & spasm?"))

    def assign(self, person) -> None:
        ReviewSchedule.objects.filter(page=self.page).update(assigned_to=person)


class WhoIsToldTests(RemindersTestCase):
    def test_whoever_has_the_task(self):
        self.assign(self.chloe)
        (message,) = run_on(DUE)
        assert message.to == ["chloe@example.org"]
        assert "Nobody has this task" not in message.body

    def test_the_leads_where_nobody_has_it(self):
        (message,) = run_on(DUE)
        assert message.to == ["lea@example.org"]
        assert "Nobody has this task yet." in message.body

    def test_the_leads_where_that_person_is_gone_or_has_no_address(self):
        for field, value in (("is_active", False), ("email", "")):
            ReviewReminder.objects.all().delete()
            self.chloe.refresh_from_db()
            self.assign(self.chloe)
            setattr(self.chloe, field, value)
            self.chloe.save()
            (message,) = run_on(DUE)
            assert message.to == ["lea@example.org"]
            assert "Chloe Example has this task, but cannot be" in message.body

    def test_each_person_gets_one_digest_with_all_of_theirs(self):
        with time_machine.travel(PUBLISHED, tick=False):
            self.publish(make_topic("Back pain"))
            self.publish(make_medicine())
        self.assign(self.chloe)
        messages = {message.to[0]: message for message in run_on(DUE)}
        assert set(messages) == {"chloe@example.org", "lea@example.org"}
        body = messages["lea@example.org"].body
        assert messages["lea@example.org"].subject == (
            "Reviews of pages: 1 overdue, 1 due"
        )
        assert body.index("OVERDUE") < body.index("Ibuprofen (Medicine)")
        assert body.index("Ibuprofen") < body.index("DUE\n\n- Back pain")

    def test_a_portal_without_a_lead_who_can_be_told_complains(self):
        self.lea.email = ""
        self.lea.save()
        with pytest.raises(CommandError, match="nobody could be told of: 1"):
            run_on(DUE)
        assert JobRun.objects.get().failed == 1


@override_settings(WAGTAILADMIN_BASE_URL="https://health.example.org/")
class WhatItSaysTests(RemindersTestCase):
    def test_page_and_day_and_the_way_there(self):
        (message,) = run_on(DUE - days(60))
        assert "DUE SOON" in message.body
        assert (
            "- What is a <cramp> & spasm? (Question), review date 1 March 2029"
            in message.body
        )
        site = "https://health.example.org/cms"
        assert f"{site}/pages/{self.page.pk}/edit/\n" in message.body
        assert f"{site}/reports/reviews/\n" in message.body
        assert message.content_subtype == "plain"
        assert message.alternatives == []

    def test_private_notes_stay_inside(self):
        with time_machine.travel(PUBLISHED, tick=False):
            page = make_topic("Back pain")
            self.submit(page)
            approve(page, self.ben, comment="Between us: the old one was wrong.")
        (message,) = run_on(DUE)
        assert "Back pain" in message.body
        assert "Between us" not in message.body


class OnceOnlyTests(RemindersTestCase):
    def test_nobody_is_told_twice_of_the_same_thing(self):
        assert len(run_on(DUE)) == 1
        assert run_on(DUE) == []
        assert run_on(DUE + days(1)) == []

    def test_each_state_is_told_once(self):
        subjects = [
            message.subject
            for day in range(-62, 95)
            for message in run_on(DUE + days(day))
        ]
        assert subjects == [
            "Reviews of pages: 1 due soon",
            "Reviews of pages: 1 due",
            "Reviews of pages: 1 overdue",
        ]

    def test_a_missed_week_is_caught_up(self):
        assert run_on(DUE - days(61)) == []
        (message,) = run_on(DUE - days(54))
        assert "DUE SOON" in message.body
        (message,) = run_on(DUE + days(6))
        assert message.subject == "Reviews of pages: 1 due"

    def test_whoever_gets_the_task_later_is_told_too(self):
        run_on(DUE)
        self.assign(self.chloe)
        (message,) = run_on(DUE + days(1))
        assert message.to == ["chloe@example.org"]

    def test_the_next_round_is_told_again(self):
        run_on(DUE)
        ReviewSchedule.objects.update(
            due_on=date(2032, 3, 1), overdue_on=date(2032, 5, 30)
        )
        assert run_on(DUE + days(1)) == []
        assert len(run_on(date(2032, 3, 1))) == 1

    def test_shorter_grace_tells_of_pages_that_are_overdue_now(self):
        run_on(DUE)
        assert run_on(DUE + days(5)) == []
        chosen = ReviewSettings.load()
        chosen.grace_days = 5
        chosen.save()
        (message,) = run_on(DUE + days(5))
        assert message.subject == "Reviews of pages: 1 overdue"

    def test_nobody_is_told_of_withdrawn_pages(self):
        self.page.unpublish()
        assert run_on(DUE) == []

    def test_nobody_is_told_of_pages_that_were_reviewed(self):
        with time_machine.travel(datetime(2029, 2, 1, tzinfo=UTC), tick=False):
            draft = fresh(self.page).get_latest_revision_as_object()
            draft.change_note = ""
            draft.save_revision(user=None)
            draft.get_workflow().start(draft, self.chloe)
            approve(draft, self.chloe)
        assert run_on(DUE) == []


class _Broken(EmailBackend):
    """A mail server that refuses the letters to one person."""

    refuses = "chloe@example.org"

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        if any(self.refuses in message.to for message in messages):
            raise ConnectionRefusedError("no mail today")
        return super().send_messages(messages)


@contextmanager
def broken_mail() -> Iterator[None]:
    with patch("django.core.mail.backends.locmem.EmailBackend", _Broken):
        yield


class MailTroubleTests(RemindersTestCase):
    def setUp(self):
        super().setUp()
        with time_machine.travel(PUBLISHED, tick=False):
            self.publish(make_topic("Back pain"))
        self.assign(self.chloe)
        mail.outbox.clear()

    def test_the_others_are_told_and_the_run_fails(self):
        with broken_mail(), pytest.raises(CommandError, match="not be sent: 1"):
            run_on(DUE)
        assert [message.to for message in mail.outbox] == [["lea@example.org"]]
        run = JobRun.objects.get(name="send_review_reminders")
        assert (run.done, run.failed) == (1, 1)
        assert run.finished_at is not None

    def test_what_could_not_be_sent_goes_out_with_the_next_run(self):
        with broken_mail(), pytest.raises(CommandError):
            run_on(DUE)
        assert not ReviewReminder.objects.filter(person=self.chloe).exists()
        (message,) = run_on(DUE + days(1))
        assert message.to == ["chloe@example.org"]

    def test_what_was_sent_is_noted(self):
        run_on(DUE)
        assert ReviewReminder.objects.count() == 2
        assert not ReviewReminder.objects.filter(sent_at=None).exists()
        run = JobRun.objects.get(name="send_review_reminders")
        assert (run.done, run.failed) == (2, 0)

    def test_a_run_that_was_killed_while_sending_tells_nobody_twice(self):
        run_on(DUE)
        ReviewReminder.objects.update(sent_at=None)
        assert run_on(DUE) == []


class TwoRunsAtOnceTests(TransactionTestCase):
    serialized_rollback = True

    def test_everybody_gets_one_letter(self):
        set_the_scene(self)
        with time_machine.travel(PUBLISHED, tick=False):
            publish(make_topic(), self.ana, self.ben)
        mail.outbox.clear()
        now = datetime(2029, 3, 1, 6, tzinfo=UTC)
        barrier = Barrier(2, timeout=20)
        ends: list[str] = []

        def run() -> None:
            try:
                barrier.wait()
                call_command("send_review_reminders", now=now, stdout=StringIO())
                ends.append("well")
            finally:
                connection.close()

        threads = [Thread(target=run, daemon=True) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert ends == ["well", "well"]
        assert len(mail.outbox) == 1
        assert ReviewReminder.objects.count() == 1
