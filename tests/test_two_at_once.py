"""Two people decide on one page in the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client, TransactionTestCase
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState

from education.models import SignOff
from tests.factories import fresh, make_question, make_topic, set_the_scene, submit


class TwoAtOnceTests(TransactionTestCase):
    serialized_rollback = True

    def setUp(self):
        set_the_scene(self)
        self.page = make_question()
        self.state = submit(self.page, self.ana)

    def together(self, *acts: Callable[[], HttpResponse]) -> list[HttpResponse]:
        """Carry out every act at the same moment, each on a connection of its own."""
        barrier = Barrier(len(acts), timeout=20)
        answers: list[HttpResponse] = []

        def run(act: Callable[[], HttpResponse]) -> None:
            try:
                barrier.wait()
                answers.append(act())
            finally:
                connection.close()

        threads = [Thread(target=run, args=[act], daemon=True) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert len(answers) == len(acts)
        return answers

    def decide(
        self, who: User, action: str, state: TaskState, comment: str = ""
    ) -> Callable[[], HttpResponse]:
        client = Client()
        client.force_login(who)
        url = reverse("moderation:decide", args=[state.pk])
        answers = {"action": action, "revision": state.revision_id, "comment": comment}
        return lambda: client.post(url, answers)

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
