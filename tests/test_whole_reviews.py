"""A review date means that somebody read the whole page; a change is no review."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import Group

from education.models import DecisionRefused, ReviewSchedule, SignOff
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    submit,
)

MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)


def review_without_changes(page, asked_by):
    """Ask for a review of the words as they are; nobody is their new author."""
    draft = fresh(page).get_latest_revision_as_object()
    draft.change_note = ""
    draft.save_revision(user=None)
    draft.get_workflow().start(draft, asked_by)
    return fresh(page)


class DatesThatCannotLieTests(PortalTestCase):
    def setUp(self):
        with time_machine.travel(MARCH, tick=False):
            self.page = self.publish(make_question())
        self.clock = time_machine.travel(JUNE, tick=False)
        self.clock.start()
        self.addCleanup(self.clock.stop)

    def change(self, words="Something new.", by=None):
        draft = fresh(self.page).get_latest_revision_as_object()
        draft.short_answer = words
        draft.change_note = f"It says: {words}"
        submit(draft, by or self.ana)

    def test_approving_a_change_leaves_the_review_date_as_it_is(self):
        self.change()
        approve(self.page, self.chloe)
        schedule = ReviewSchedule.objects.get(page=self.page)
        assert schedule.last_reviewed_at == MARCH
        assert schedule.due_on.isoformat() == "2029-03-01"

    def test_the_public_reads_both_dates_and_both_names(self):
        self.change()
        approve(self.page, self.chloe)
        self.assertContains(
            self.client.get(fresh(self.page).address), "Reviewed by Ben Example"
        )
        text = " ".join(
            self.client.get(fresh(self.page).address).content.decode().split()
        )
        assert 'on <time datetime="2026-03-01">1 March 2026</time>. Changed on' in text
        assert "the change was approved by Chloe Example" in text

    def test_the_editor_reads_that_it_was_changed_since(self):
        self.change()
        approve(self.page, self.chloe)
        assert fresh(self.page).standing().is_changed_since_review

    def test_who_read_the_whole_page_says_so_and_the_date_is_new(self):
        self.change()
        approve(self.page, self.chloe, whole_page=True)
        standing = fresh(self.page).standing()
        assert ReviewSchedule.objects.get(page=self.page).last_reviewed_at == JUNE
        assert not standing.is_changed_since_review
        assert [row.reviewer for row in standing.reviews] == [self.chloe]

    def test_who_wrote_the_live_words_cannot_sign_for_the_whole_page(self):
        self.ana.groups.add(Group.objects.get(name="Reviewers"))
        self.change(by=self.chloe)
        with pytest.raises(DecisionRefused, match="part of what is live"):
            approve(self.page, self.ana, whole_page=True)
        approve(self.page, self.ana)
        assert ReviewSchedule.objects.get(page=self.page).last_reviewed_at == MARCH

    def test_what_is_new_has_to_be_said_in_a_sentence(self):
        draft = fresh(self.page)
        draft.short_answer = "Something new."
        draft.change_note = "   "
        assert "change_note" in draft.unmet_needs()

    def test_the_sentence_of_the_last_change_does_not_do_for_the_next(self):
        self.change()
        approve(self.page, self.chloe)
        draft = fresh(self.page).get_latest_revision_as_object()
        draft.short_answer = "Something else."
        assert "change_note" in draft.unmet_needs()


class ReviewWithoutChangesTests(PortalTestCase):
    def setUp(self):
        with time_machine.travel(MARCH, tick=False):
            self.page = self.publish(make_question())
        self.clock = time_machine.travel(JUNE, tick=False)
        self.clock.start()
        self.addCleanup(self.clock.stop)

    def test_it_gives_a_new_sign_off_and_a_new_date(self):
        review_without_changes(self.page, self.ana)
        approve(self.page, self.chloe)
        schedule = ReviewSchedule.objects.get(page=self.page)
        assert schedule.last_reviewed_at == JUNE
        assert schedule.sign_off.reviewer == self.chloe
        assert fresh(self.page).live_revision_id == schedule.sign_off.revision_id

    def test_whoever_did_the_review_signs_it(self):
        review_without_changes(self.page, self.chloe)
        approve(self.page, self.chloe)
        assert ReviewSchedule.objects.get(page=self.page).last_reviewed_at == JUNE

    def test_who_ever_wrote_on_the_page_cannot_sign_it(self):
        self.ana.groups.add(Group.objects.get(name="Reviewers"))
        review_without_changes(self.page, self.chloe)
        with pytest.raises(DecisionRefused, match="You wrote part"):
            approve(self.page, self.ana)

    def test_it_waits_for_those_who_may_sign_it_and_for_nobody_else(self):
        self.ana.groups.add(Group.objects.get(name="Reviewers"))
        review_without_changes(self.page, self.ben)
        state = fresh(self.page).current_workflow_task_state
        task = state.task.specific
        waits_for = [
            person.username
            for person in (self.ana, self.ben, self.chloe)
            if state in task.get_task_states_user_can_moderate(person)
        ]
        assert waits_for == ["ben", "chloe"]

    def test_no_new_word_comes_in_by_it(self):
        draft = fresh(self.page).get_latest_revision_as_object()
        draft.change_note = "Take ten a day."
        draft.save_revision(user=None)
        draft.get_workflow().start(draft, self.chloe)
        with pytest.raises(DecisionRefused, match="handed this text over"):
            approve(self.page, self.chloe)

    def test_a_medicine_needs_two_to_say_that_nothing_has_to_change(self):
        medicine = self.publish(make_medicine())
        before = SignOff.objects.count()
        review_without_changes(medicine, self.lea)
        approve(medicine, self.lea)
        waiting = fresh(medicine)
        assert waiting.live_revision_id != waiting.latest_revision_id
        approve(medicine, self.ben)
        assert fresh(medicine).live_revision_id == fresh(medicine).latest_revision_id
        assert SignOff.objects.count() == before + 2


class HandingOverAgainTests(PortalTestCase):
    def test_who_hands_a_sent_back_page_over_again_does_not_approve_it(self):
        page = make_question()
        state = submit(page, self.ana)
        state.task.specific.on_action(
            state,
            self.ben,
            "reject",
            revision=state.revision_id,
            comment="Say how long it lasts.",
        )
        page = fresh(page)
        page.current_workflow_state.resume(self.chloe)
        with pytest.raises(DecisionRefused, match="handed this text over"):
            approve(page, self.chloe)
        approve(page, self.ben)
        assert fresh(page).live
