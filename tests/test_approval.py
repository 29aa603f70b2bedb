"""Nothing goes live that somebody else did not approve, word for word."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import (
    Revision,
)

from education.models import (
    Alias,
    DecisionRefused,
    NotSignedOff,
    ReviewSchedule,
    SignOff,
)
from education.models.approval import next_review_date
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    make_topic,
)


class ApprovalTests(PortalTestCase):
    def setUp(self):
        self.page = make_question()

    def test_a_page_goes_live_when_somebody_else_approves_it(self):
        self.submit(self.page)
        assert not fresh(self.page).live
        self.approve(self.page, self.ben)
        assert fresh(self.page).live

    def test_the_sign_off_says_who_approved_what_and_when(self):
        state = self.submit(self.page)
        approve(self.page, self.ben, comment="Clear.", sources_checked=True)
        signed = SignOff.objects.get()
        assert signed.reviewer_name == "Ben Example"
        assert signed.revision_id == state.revision_id
        assert signed.note == "Clear."
        assert signed.sources_checked
        assert signed.completes

    def test_the_page_knows_when_it_is_due_again(self):
        self.publish(self.page)
        signed = SignOff.objects.get()
        schedule = ReviewSchedule.objects.get(page=self.page)
        assert schedule.due_on == next_review_date(signed.signed_at.date(), 36)
        assert schedule.sign_off == signed

    def test_the_signed_words_are_the_words_that_are_live(self):
        live = self.publish(self.page)
        assert live.text_hash() == SignOff.objects.get().content_hash

    def test_rows_that_publication_saves_do_not_change_the_words(self):
        self.page.other_words = [Alias(text="Charley horse", kind="lay_term")]
        live = self.publish(self.page)
        assert live.text_hash() == SignOff.objects.get().content_hash

    def test_an_author_cannot_approve_her_own_page(self):
        self.ana.groups.add(Group.objects.get(name="Reviewers"))
        self.submit(self.page)
        with self.assertRaisesMessage(DecisionRefused, "You wrote part"):
            self.approve(self.page, self.ana)
        assert not fresh(self.page).live

    def test_whoever_wrote_any_version_since_it_was_live_cannot_approve(self):
        self.page.save_revision(user=self.ben, log_action=True)
        self.submit(self.page, by=self.ana)
        with pytest.raises(DecisionRefused):
            self.approve(self.page, self.ben)
        self.approve(self.page, self.chloe)
        assert fresh(self.page).live

    def test_an_author_is_remembered_when_her_old_versions_are_purged(self):
        self.page.save_revision(user=self.ben, log_action=True)
        self.submit(self.page, by=self.ana)
        Revision.objects.for_instance(self.page).filter(user=self.ben).delete()
        with pytest.raises(DecisionRefused):
            self.approve(self.page, self.ben)

    def test_who_wrote_before_the_last_approval_may_approve_the_next_change(self):
        self.publish(self.page)
        page = fresh(self.page)
        page.short_answer = "Something new."
        self.submit(page, by=self.chloe)
        self.ana.groups.add(Group.objects.get(name="Reviewers"))
        self.approve(page, self.ana)
        assert fresh(page).short_answer == "Something new."

    def test_whoever_handed_it_over_cannot_approve_even_if_others_wrote_it(self):
        self.page.save_revision(user=self.ana)
        self.page.get_workflow().start(self.page, self.ben)
        with pytest.raises(DecisionRefused):
            self.approve(self.page, self.ben)

    def test_a_superuser_has_no_way_round(self):
        self.submit(self.page)
        with self.assertRaisesMessage(DecisionRefused, "Only members"):
            self.approve(self.page, self.sam)

    def test_a_vocabulary_manager_cannot_approve(self):
        self.submit(self.page)
        with pytest.raises(DecisionRefused):
            self.approve(self.page, self.vera)

    def test_somebody_who_left_cannot_approve(self):
        self.submit(self.page)
        self.ben.is_active = False
        self.ben.save()
        with pytest.raises(DecisionRefused):
            self.approve(self.page, self.ben)

    def test_an_approval_of_an_older_version_is_refused(self):
        state = self.submit(self.page)
        newer = self.page.save_revision(user=self.ana)
        task = state.task.specific
        for read in (state.revision_id, newer.pk):
            with self.assertRaisesMessage(DecisionRefused, "has changed since"):
                task.on_action(state, self.ben, "approve", revision=read)
        assert not fresh(self.page).live

    def test_an_approval_that_names_no_version_is_refused(self):
        state = self.submit(self.page)
        with pytest.raises(DecisionRefused):
            state.task.specific.on_action(state, self.ben, "approve")

    def test_an_approval_with_unknown_extra_data_is_refused(self):
        state = self.submit(self.page)
        with self.assertRaisesMessage(DecisionRefused, "unknown extra data"):
            state.task.specific.on_action(
                state, self.ben, "approve", revision=state.revision_id, update=False
            )

    def test_a_second_approval_of_the_same_text_is_refused(self):
        state = self.submit(self.page)
        self.approve(self.page, self.ben)
        with self.assertRaisesMessage(DecisionRefused, "no longer waiting"):
            state.task.specific.on_action(
                state, self.chloe, "approve", revision=state.revision_id
            )
        assert SignOff.objects.count() == 1

    def test_sending_back_needs_a_reason(self):
        state = self.submit(self.page)
        with self.assertRaisesMessage(DecisionRefused, "what has to change"):
            state.task.specific.on_action(
                state, self.ben, "reject", revision=state.revision_id
            )

    def test_a_page_that_was_sent_back_is_not_live_and_can_be_edited(self):
        state = self.submit(self.page)
        state.task.specific.on_action(
            state,
            self.ben,
            "reject",
            revision=state.revision_id,
            comment="Say how long it lasts.",
        )
        page = fresh(self.page)
        assert not page.live
        assert page.get_lock() is None
        assert SignOff.objects.get().decision == "sent_back"

    def test_an_edit_of_a_live_page_stays_invisible_until_approved(self):
        page = self.publish(self.page)
        page.short_answer = "Wrong words."
        self.submit(page)
        assert fresh(page).short_answer != "Wrong words."
        assert fresh(page).live

    def test_an_unfinished_page_cannot_be_handed_over(self):
        page = make_topic("Back spasms", summary="")
        with self.assertRaisesMessage(ValidationError, "Write a summary"):
            self.submit(page)

    def test_a_page_with_a_date_to_come_is_scheduled_not_live(self):
        self.page.go_live_at = timezone.now() + timedelta(days=1)
        self.publish(self.page)
        page = fresh(self.page)
        assert not page.live
        assert page.scheduled_revision is not None


class MedicineApprovalTests(PortalTestCase):
    def setUp(self):
        self.page = make_medicine()
        self.submit(self.page)

    def test_a_medicine_needs_two_different_approvers(self):
        self.approve(self.page, self.ben)
        assert not fresh(self.page).live
        with self.assertRaisesMessage(DecisionRefused, "approved this text already"):
            self.approve(self.page, self.ben)
        self.approve(self.page, self.chloe)
        assert fresh(self.page).live

    def test_only_the_second_approval_completes_it(self):
        self.approve(self.page, self.ben)
        self.approve(self.page, self.chloe)
        assert list(SignOff.objects.values_list("completes", flat=True)) == [
            False,
            True,
        ]

    def test_a_medicine_is_due_again_after_two_years(self):
        self.approve(self.page, self.ben)
        self.approve(self.page, self.chloe)
        signed = SignOff.objects.last()
        assert signed.next_review_on == next_review_date(signed.signed_at.date(), 24)

    def test_an_approval_does_not_count_for_words_that_came_later(self):
        self.approve(self.page, self.ben)
        state = fresh(self.page).current_workflow_task_state
        state.task.specific.on_action(
            state,
            self.chloe,
            "reject",
            revision=state.revision_id,
            comment="Name the largest dose.",
        )
        page = fresh(self.page).get_latest_revision_as_object()
        page.how_to_take = "<p>Take ten.</p>"
        page.save_revision(user=self.ana)
        page.current_workflow_state.resume(self.ana)
        self.approve(page, self.chloe)
        assert not fresh(page).live
        self.approve(page, self.ben)
        assert fresh(page).live

    def test_an_approval_does_not_count_for_words_that_were_tampered_with(self):
        self.approve(self.page, self.ben)
        revision = fresh(self.page).get_latest_revision()
        revision.content["how_to_take"] = "<p>Take ten.</p>"
        revision.save()
        with pytest.raises(NotSignedOff):
            self.approve(self.page, self.chloe)
        assert not fresh(self.page).live


class AutosaveTests(PortalTestCase):
    def test_autosave_never_writes_over_what_reviewers_were_shown(self):
        page = make_question()
        state = self.submit(page)
        page.current_workflow_state.cancel(user=self.ana)
        page.short_answer = "Changed by autosave."
        saved = page.save_revision(
            user=self.ana, overwrite_revision=page.get_latest_revision()
        )
        assert saved.pk != state.revision_id

    def test_autosave_writes_over_its_own_unseen_version(self):
        page = make_question()
        first = page.save_revision(user=self.ana)
        again = page.save_revision(user=self.ana, overwrite_revision=first)
        assert first.pk == again.pk
