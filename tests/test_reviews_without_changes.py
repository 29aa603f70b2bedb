"""Reviewed, nothing to change: asking for it, and what stands in its way."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread

import time_machine
from django.contrib.auth.models import Group, User
from django.db import connection
from django.http import HttpResponse
from django.test import Client, TransactionTestCase
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision

from education.models import ReviewSchedule, TopicPage
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    publish,
    set_the_scene,
    submit,
)

MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)


class BeginningTests(PortalTestCase):
    def setUp(self):
        with time_machine.travel(MARCH, tick=False):
            self.page = self.publish(make_question())
        clock = time_machine.travel(JUNE, tick=False)
        clock.start()
        self.addCleanup(clock.stop)
        self.url = reverse("reviews:begin", args=[self.page.pk])
        self.edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        self.sign_in(self.chloe)

    def test_who_never_wrote_comes_straight_to_the_decision(self):
        response = self.client.post(self.url)
        state = fresh(self.page).current_workflow_task_state
        self.assertRedirects(response, reverse("moderation:decide", args=[state.pk]))
        answers = {"action": "approve", "revision": state.revision_id}
        self.client.post(response.url, answers)
        schedule = ReviewSchedule.objects.get(page=self.page)
        assert schedule.last_reviewed_at == JUNE
        assert schedule.sign_off.reviewer == self.chloe

    def test_it_holds_the_live_words_and_has_no_author(self):
        draft = fresh(self.page)
        draft.short_answer = "It lasts a minute."
        submit(draft, self.ana)
        approve(draft, self.ben)
        assert fresh(self.page).change_note == "Said more clearly."
        self.client.post(self.url)
        page = fresh(self.page)
        assert page.is_review_without_changes
        assert page.latest_revision.user is None
        assert page.latest_revision.content["change_note"] == ""

    def test_the_history_of_the_page_says_who_began_it(self):
        self.client.post(self.url)
        entry = PageLogEntry.objects.get(page=self.page.pk, action="education.review")
        assert entry.user == self.chloe
        assert entry.revision_id == fresh(self.page).latest_revision_id
        history = reverse("wagtailadmin_pages:history", args=[self.page.pk])
        self.assertContains(self.client.get(history), "Began a review without changes")

    def test_who_wrote_on_it_is_told_who_was_asked(self):
        ReviewSchedule.objects.update(assigned_to=self.chloe)
        self.sign_in(self.ana)
        response = self.client.post(self.url, follow=True)
        self.assertContains(
            response, "It now waits for Chloe Example, Ben Example or Lea Example."
        )

    def test_where_everybody_wrote_the_author_learns_that_nobody_can_sign(self):
        for person in (self.ben, self.chloe, self.lea):
            Revision.objects.create(
                content_object=self.page,
                base_content_type=self.page.latest_revision.base_content_type,
                user=person,
                created_at=MARCH,
                content={},
            )
        self.sign_in(self.ana)
        response = self.client.post(self.url, follow=True)
        self.assertContains(response, "ask a clinical lead")

    def test_an_author_among_the_reviewers_does_not_come_to_the_decision(self):
        self.ana.groups.add(Group.objects.get(name="Reviewers"))
        self.sign_in(self.ana)
        self.assertRedirects(self.client.post(self.url), reverse("reviews:report"))

    def test_a_medicine_still_needs_two(self):
        medicine = self.publish(make_medicine())
        self.client.post(reverse("reviews:begin", args=[medicine.pk]))
        approve(medicine, self.chloe)
        assert fresh(medicine).workflow_in_progress
        approve(medicine, self.lea)
        assert fresh(medicine).live_revision_id == fresh(medicine).latest_revision_id

    def test_it_can_be_begun_again_after_it_was_taken_back(self):
        self.client.post(self.url)
        fresh(self.page).current_workflow_state.cancel(user=self.chloe)
        self.client.post(self.url)
        approve(self.page, self.chloe)
        assert ReviewSchedule.objects.get(page=self.page).last_reviewed_at == JUNE

    def test_the_editor_offers_it_on_a_live_page_without_changes(self):
        self.assertContains(self.client.get(self.edit_url), "Review without changes")
        self.assertContains(self.client.get(self.url), "The page itself stays as it is")

    def test_reading_about_it_begins_nothing(self):
        self.client.get(self.url)
        assert not fresh(self.page).workflow_in_progress


class NothingToBeginTests(PortalTestCase):
    def setUp(self):
        self.page = self.publish(make_question())
        self.url = reverse("reviews:begin", args=[self.page.pk])
        self.edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        self.sign_in(self.chloe)

    def refused(self, sentence: str) -> None:
        """The page says so, the editor does not offer it, and asking is refused."""
        before = Revision.objects.count()
        self.assertContains(self.client.get(self.url), sentence)
        editor = self.client.get(self.edit_url)
        self.assertNotContains(editor, f'class="button" href="{self.url}"')
        self.assertContains(self.client.post(self.url), sentence, status_code=409)
        assert Revision.objects.count() == before

    def change(self, by: User) -> None:
        draft = fresh(self.page)
        draft.short_answer = "It lasts a minute."
        draft.change_note = "It says how long."
        draft.save_revision(user=by, log_action=True)

    def test_changes_that_are_not_live_have_to_be_dealt_with_first(self):
        self.change(self.ana)
        self.refused("This page has changes that are not live yet")

    def test_a_page_that_waits_already(self):
        self.client.post(self.url)
        self.refused("This page is waiting for approval already.")

    def test_a_page_that_was_sent_back_has_to_change(self):
        self.client.post(self.url)
        state = fresh(self.page).current_workflow_task_state
        state.task.specific.on_action(
            state, self.ben, "reject", revision=state.revision_id, comment="Too old."
        )
        self.refused("A reviewer sent this page back")

    def test_a_page_that_is_not_on_the_site(self):
        self.page.unpublish()
        self.refused("This page is not on the site.")

    def test_a_page_whose_new_version_is_approved_but_not_live(self):
        draft = fresh(self.page)
        draft.go_live_at = datetime(2099, 1, 1, tzinfo=UTC)
        draft.short_answer = "It lasts a minute."
        draft.change_note = "It says how long."
        submit(draft, self.ana)
        approve(draft, self.ben)
        self.refused("A new version is approved and goes live soon.")

    def test_a_page_that_lacks_what_a_newer_rule_asks_for(self):
        self.page.references.all().delete()
        live = self.page.live_revision
        live.content["short_answer"] = ""
        live.save(update_fields=["content"])
        before = Revision.objects.count()
        response = self.client.post(self.url)
        self.assertContains(response, "has to be changed first", status_code=409)
        assert Revision.objects.count() == before
        assert not fresh(self.page).workflow_in_progress

    def test_who_may_not_edit_the_page_finds_nothing(self):
        self.sign_in(self.vera)
        assert self.client.get(self.url).status_code == 404
        assert self.client.post(self.url).status_code == 404
        self.client.logout()
        assert self.client.post(self.url).status_code == 302
        assert not fresh(self.page).workflow_in_progress

    def test_other_pages_have_no_reviews(self):
        section = self.page.get_parent()
        for pk in (section.pk, 10**30):
            url = reverse("reviews:begin", args=[pk])
            assert self.client.get(url).status_code == 404


class TwoPeopleAtOnceTests(TransactionTestCase):
    serialized_rollback = True

    def setUp(self):
        set_the_scene(self)
        self.page = publish(make_question(), self.ana, self.ben)
        assert TopicPage.objects.exists()

    def press(self, who: User) -> Callable[[], HttpResponse]:
        client = Client()
        client.force_login(who)
        url = reverse("reviews:begin", args=[self.page.pk])
        return lambda: client.post(url)

    def test_they_make_one_review(self):
        before = Revision.objects.for_instance(self.page).count()
        barrier = Barrier(2, timeout=20)
        answers: list[int] = []

        def run(act: Callable[[], HttpResponse]) -> None:
            try:
                barrier.wait()
                answers.append(act().status_code)
            finally:
                connection.close()

        threads = [
            Thread(target=run, args=[self.press(who)], daemon=True)
            for who in (self.ben, self.chloe)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert sorted(answers) == [302, 409]
        assert Revision.objects.for_instance(self.page).count() == before + 1
        assert fresh(self.page).workflow_in_progress
