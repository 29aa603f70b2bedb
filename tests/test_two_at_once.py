"""Two people, or a person and the clock, act on one page in the same moment."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Event, Thread
from typing import Any

import time_machine
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TransactionTestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState

from education.models import SignOff
from education.models.holding import hold
from education.models.taking_back import take_back
from education.scheduling import keep_schedule
from tests.factories import (
    approve,
    fresh,
    make_question,
    make_topic,
    question_form,
    set_the_scene,
    submit,
)


class TwoAtOnceTests(TransactionTestCase):
    serialized_rollback = True

    def setUp(self):
        set_the_scene(self)
        self.page = make_question()
        self.state = submit(self.page, self.ana)

    def together(self, *acts: Callable[[], Any]) -> list[Any]:
        """Carry out every act at the same moment, each on a connection of its own."""
        barrier = Barrier(len(acts), timeout=20)
        answers: dict[int, Any] = {}

        def run(place: int) -> None:
            try:
                barrier.wait()
                answers[place] = acts[place]()
            finally:
                connection.close()

        threads = [
            Thread(target=run, args=[place], daemon=True) for place in range(len(acts))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert len(answers) == len(acts)
        return [answers[place] for place in range(len(acts))]

    def decide(
        self, who: User, action: str, state: TaskState, comment: str = ""
    ) -> Callable[[], HttpResponse]:
        client = Client()
        client.force_login(who)
        url = reverse("moderation:decide", args=[state.pk])
        answers = {"action": action, "revision": state.revision_id, "comment": comment}
        return lambda: client.post(url, answers)

    def client_of(self, who: User) -> Client:
        client = Client()
        client.force_login(who)
        return client

    def withdraw(self, who: User) -> Callable[[], HttpResponse]:
        client = self.client_of(who)
        url = reverse("withdrawing:withdraw", args=[self.page.pk])
        said = {"reason": "wrong", "note": "The dose is wrong."}
        return lambda: client.post(url, said)

    def post(self, who: User, **changes: str) -> Callable[[], HttpResponse]:
        """Send the form of the page as this person has it open now."""
        client = self.client_of(who)
        newest = fresh(self.page).get_latest_revision()
        form = question_form(self.page, **changes) | {
            "loaded_revision_id": newest.pk,
            "loaded_revision_created_at": newest.created_at.isoformat(),
        }
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return lambda: client.post(url, form)

    def test_two_approvals_give_one_publication_and_one_sign_off(self):
        answers = self.together(
            self.decide(self.ben, "approve", self.state),
            self.decide(self.chloe, "approve", self.state),
        )
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        loser = next(answer for answer in answers if answer.status_code == 409)
        self.assertContains(loser, "no longer waiting", status_code=409)
        assert SignOff.objects.count() == 1
        published = PageLogEntry.objects.filter(
            page=self.page.pk, action="wagtail.publish"
        )
        assert published.count() == 1
        assert fresh(self.page).live

    def test_an_approval_and_a_refusal_give_one_decision(self):
        answers = self.together(
            self.decide(self.ben, "approve", self.state),
            self.decide(self.chloe, "reject", self.state, "Too short."),
        )
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        decision = SignOff.objects.get().decision
        assert fresh(self.page).live == (decision == "approved")

    def test_approvals_of_different_pages_both_stand_in_one_ledger(self):
        other = submit(make_topic("Back spasms"), self.ana)
        answers = self.together(
            self.decide(self.ben, "approve", self.state),
            self.decide(self.chloe, "approve", other),
        )
        assert [answer.status_code for answer in answers] == [302, 302]
        first, second = SignOff.objects.order_by("pk")
        assert second.previous_hash == first.entry_hash

    def test_an_approval_and_a_withdrawal_leave_the_page_withdrawn(self):
        approve(self.page, self.ben)
        page = fresh(self.page)
        page.short_answer = "It is a muscle that will not let go."
        state = submit(page, self.ana)
        approved, withdrawn = self.together(
            self.decide(self.ben, "approve", state), self.withdraw(self.lea)
        )
        assert withdrawn.status_code == 302
        assert approved.status_code in (302, 409)
        page = fresh(page)
        assert not page.live
        assert not page.workflow_in_progress

    def test_an_approval_and_a_taking_back_give_one_of_both(self):
        approved, taken_back = self.together(
            self.decide(self.ben, "approve", self.state),
            self.post(self.ana, **{"action-cancel-workflow": "1"}),
        )
        assert sorted([approved.status_code, taken_back.status_code]) == [302, 409]
        assert fresh(self.page).live == (approved.status_code == 302)
        assert not fresh(self.page).workflow_in_progress

    def test_handing_over_twice_gives_one_approval_and_a_plain_sentence(self):
        self.page = make_question("What is a spasm?")
        self.page.save_revision(user=self.ana)
        for other in (self.ana, self.chloe):
            answers = self.together(
                self.post(self.ana, **{"action-submit": "1"}),
                self.post(other, **{"action-submit": "1"}),
            )
            assert sorted(answer.status_code for answer in answers) == [302, 409]
            loser = next(answer for answer in answers if answer.status_code == 409)
            self.assertContains(loser, "Your changes are not saved", status_code=409)
            page = fresh(self.page)
            assert page.workflow_states.active().count() == 1
            take_back(page, self.sam)

    def test_two_saves_keep_the_first_and_give_the_second_back(self):
        self.page = make_question("What is a spasm?")
        self.page.save_revision(user=self.lea)
        answers = self.together(
            self.post(self.ana, short_answer="Ana's answer."),
            self.post(self.ben, short_answer="Ben's answer."),
        )
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        loser = next(answer for answer in answers if answer.status_code == 409)
        for name in ("Ana", "Ben"):
            self.assertContains(loser, f"{name}&#x27;s answer.", status_code=409)

    def test_two_schedulers_publish_once(self):
        self.page = make_question("What is a spasm?")
        self.page.go_live_at = timezone.now() + timedelta(days=1)
        approve_it = submit(self.page, self.ana)
        approve(self.page, self.ben)
        later = self.page.go_live_at + timedelta(minutes=1)
        assert approve_it.revision_id == fresh(self.page).scheduled_revision.pk
        with time_machine.travel(later, tick=False):
            rounds = self.together(*[lambda: keep_schedule(later)] * 2)
        assert sorted(it.published for it in rounds) == [0, 1]
        assert sum(it.failed for it in rounds) == 0
        entries = PageLogEntry.objects.filter(
            page=self.page.pk, action="wagtail.publish.scheduled"
        )
        assert entries.count() == 1

    def test_a_page_is_taken_from_the_schedule_or_published_but_not_both(self):
        self.page = make_question("What is a spasm?")
        self.page.go_live_at = timezone.now() + timedelta(days=1)
        state = submit(self.page, self.ana)
        approve(self.page, self.ben)
        later = self.page.go_live_at + timedelta(minutes=1)
        url = reverse(
            "wagtailadmin_pages:revisions_unschedule",
            args=[self.page.pk, state.revision_id],
        )
        with time_machine.travel(later, tick=False):
            client = self.client_of(self.lea)
            kept, answer = self.together(
                lambda: keep_schedule(later), lambda: client.post(url, follow=True)
            )
        page = fresh(self.page)
        assert page.live == (kept.published == 1)
        assert page.scheduled_revision is None
        assert ("it went live" in answer.content.decode()) == page.live


class BusyPageTests(TransactionTestCase):
    """Somebody holds the page for longer than anybody is kept waiting."""

    serialized_rollback = True

    def setUp(self):
        if connection.vendor != "postgresql":
            self.skipTest("SQLite lets one writer in at a time")
        set_the_scene(self)
        self.page = make_question()
        self.page.save_revision(user=self.ana)

    def while_it_is_held(self, act: Callable[[], HttpResponse]) -> HttpResponse:
        held, done = Event(), Event()

        def keep() -> None:
            with transaction.atomic():
                hold(self.page.pk)
                held.set()
                done.wait(20)
            connection.close()

        thread = Thread(target=keep, daemon=True)
        thread.start()
        assert held.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 200")
        try:
            return act()
        finally:
            done.set()
            thread.join()
            connection.close()

    def test_saving_and_deciding_say_so_and_keep_what_was_typed(self):
        client = Client()
        client.force_login(self.ana)
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        form = question_form(self.page, short_answer="Ana typed this.")
        answer = self.while_it_is_held(lambda: client.post(url, form))
        self.assertContains(answer, "at this very moment", status_code=409)
        self.assertContains(answer, "Ana typed this.", status_code=409)
        state = submit(fresh(self.page), self.ana)
        client.force_login(self.ben)
        url = reverse("moderation:decide", args=[state.pk])
        decision = {"action": "approve", "revision": state.revision_id}
        answer = self.while_it_is_held(lambda: client.post(url, decision))
        self.assertContains(answer, "at this very moment", status_code=409)
        assert not fresh(self.page).live
