"""E-mails about approval: one for each event to each person who can act on it."""

from datetime import timedelta
from unittest import mock

from django.core import mail
from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.users.models import UserProfile

from education.installation import REVIEWERS
from education.models import ClinicianProfile, ReviewSchedule
from education.models.withdrawals import withdraw
from education.moderation.sending import send
from education.vocabulary import WithdrawalReason
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_person,
    make_question,
)


def send_back(state: TaskState, by, comment: str = "Say how long it lasts.") -> None:
    state.task.specific.on_action(
        state, by, "reject", revision=state.revision_id, comment=comment
    )


class LettersTestCase(PortalTestCase):
    def letters(self, do, *args, **kwargs):
        """What is sent when this is done and committed, in order."""
        mail.outbox.clear()
        with self.captureOnCommitCallbacks(execute=True):
            self.done = do(*args, **kwargs)
        return list(mail.outbox)

    def told(self, do, *args, **kwargs) -> list[str]:
        """Who is written to, by name; each as often as that."""
        letters = self.letters(do, *args, **kwargs)
        return sorted(to.split("@")[0] for letter in letters for to in letter.to)

    def change(self, page):
        page.short_answer = "A muscle that will not let go."
        page.change_note = "Said more clearly."
        return page


class WhoIsToldTests(LettersTestCase):
    def test_each_event_on_the_way_of_a_page_tells_each_person_once(self):
        page = make_question()
        assert self.told(self.submit, page) == ["ben", "chloe", "lea"]
        assert self.told(send_back, self.done, self.ben) == ["ana"]
        page = fresh(page).get_latest_revision_as_object()
        page.save_revision(user=self.ana)
        resume = page.current_workflow_state.resume
        assert self.told(resume, self.ana) == ["ben", "chloe", "lea"]
        assert self.told(approve, page, self.ben) == ["ana"]
        assert fresh(page).live

    def test_who_wrote_a_part_is_not_asked_to_approve_it(self):
        page = make_question()
        page.save_revision(user=self.ben)
        assert self.told(self.submit, page) == ["chloe", "lea"]

    def test_all_who_wrote_hear_that_it_was_sent_back(self):
        page = make_question()
        page.save_revision(user=self.chloe)
        self.submit(page)
        state = fresh(page).current_workflow_task_state
        assert self.told(send_back, state, self.ben) == ["ana", "chloe"]

    def test_who_wrote_only_what_is_live_already_is_left_in_peace(self):
        page = self.publish(make_question())
        state = self.submit(self.change(page), by=self.lea)
        assert self.told(send_back, state, self.ben) == ["lea"]

    def test_a_second_approval_is_asked_of_those_who_may_give_it(self):
        page = make_medicine()
        self.submit(page)
        assert self.told(approve, page, self.ben) == ["chloe", "lea"]
        assert self.told(approve, page, self.chloe) == ["ana"]

    def test_nobody_is_told_who_cannot_act(self):
        make_person("gone", REVIEWERS, is_active=False)
        nameless = make_person("nameless", REVIEWERS)
        nameless.first_name = nameless.last_name = ""
        nameless.save()
        mute = make_person("mute", REVIEWERS)
        mute.email = ""
        mute.save()
        assert self.told(self.submit, make_question()) == ["ben", "chloe", "lea"]

    def test_a_profile_gives_a_name_to_sign_with(self):
        nameless = make_person("nameless", REVIEWERS)
        nameless.first_name = nameless.last_name = ""
        nameless.save()
        ClinicianProfile.objects.create(user=nameless, name="Dr No", role="Doctor")
        assert "nameless" in self.told(self.submit, make_question())

    def test_who_declined_such_letters_gets_none(self):
        profile = UserProfile.get_for_user(self.ben)
        profile.submitted_notifications = False
        profile.save()
        assert self.told(self.submit, make_question()) == ["chloe", "lea"]

    def test_an_assigned_review_is_asked_of_that_reviewer_alone(self):
        page = self.publish(make_question())
        ReviewSchedule.objects.filter(page=page).update(assigned_to=self.chloe)
        assert self.told(self.review, page) == ["chloe"]

    def test_a_review_of_somebody_who_wrote_the_page_is_asked_of_all_others(self):
        page = make_question()
        page.save_revision(user=self.chloe)
        page = self.publish(page)
        ReviewSchedule.objects.filter(page=page).update(assigned_to=self.chloe)
        assert self.told(self.review, page) == ["ben", "lea"]

    def test_withdrawing_tells_the_authors_and_the_other_leads(self):
        page = self.publish(make_question())
        make_person("leo", "Clinical leads")
        told = self.told(
            withdraw,
            page,
            self.lea,
            WithdrawalReason.WRONG,
            "The dose is wrong.",
            timezone.now(),
        )
        assert told == ["ana", "leo"]
        assert "The dose is wrong." in mail.outbox[0].body

    def review(self, page) -> None:
        page.change_note = ""
        page.save_revision(user=None)
        page.get_workflow().start(page, self.lea)


class WhatTheySayTests(LettersTestCase):
    def test_they_carry_the_difference_and_the_link_to_the_decision(self):
        page = self.publish(make_question())
        letter = self.letters(self.submit, self.change(page))[0]
        state = fresh(page).current_workflow_task_state
        assert letter.subject.endswith(": Approval wanted: What is a cramp?")
        assert f"http://127.0.0.1:8000/cms/desk/decide/{state.pk}/" in letter.body
        assert "  - A muscle that tightens by itself." in letter.body
        assert "  + A muscle that will not let go." in letter.body
        assert "Said more clearly." in letter.body

    def test_what_was_sent_back_says_why_and_where_to_change_it(self):
        page = make_question()
        state = self.submit(page)
        letter = self.letters(send_back, state, self.ben, "Is <2 days> right? It's")[0]
        assert "Ben Example says:\nIs <2 days> right? It's" in letter.body
        assert f"/cms/pages/{page.pk}/edit/" in letter.body

    def test_the_second_approver_reads_what_the_first_said(self):
        page = make_medicine()
        self.submit(page)
        letters = self.letters(approve, page, self.ben, comment="Dose checked.")
        assert "Ben Example approved it and says:\nDose checked." in letters[0].body
        assert "/cms/desk/decide/" in letters[0].body

    def test_approval_says_where_the_public_reads_it(self):
        page = make_question()
        self.submit(page)
        letter = self.letters(approve, page, self.ben)[0]
        assert "The public reads it now." in letter.body
        assert "http://127.0.0.1:8000/questions/what-is-a-cramp/" in letter.body

    def test_approval_for_later_says_when(self):
        page = make_question(go_live_at=timezone.now() + timedelta(days=3))
        self.submit(page)
        letter = self.letters(approve, page, self.ben)[0]
        assert "Approved, goes live later" in letter.subject
        assert "It goes live on" in letter.body
        assert not fresh(page).live

    def test_a_long_difference_is_cut(self):
        page = self.publish(make_question())
        page.answer = [("text", f"<p>{'Much was added here. ' * 2000}</p>")]
        letter = self.letters(self.submit, page)[0]
        assert len(letter.body) < 6000
        assert "The rest is on the page" in letter.body

    def test_a_title_cannot_write_headers(self):
        title = "Approval wanted: What?\r\nBcc: everybody@example.org"
        (letter,) = self.letters(send, "handed_over", title, [self.ben], {})
        assert "\n" not in letter.subject
        assert letter.recipients() == ["ben@example.org"]
        assert letter.message()["Bcc"] is None


class MailServerTests(LettersTestCase):
    def test_a_letter_that_cannot_be_written_breaks_no_decision(self):
        page = make_question()
        broken = mock.patch(
            "education.moderation.mails.tell_approvers", side_effect=ValueError
        )
        with broken, self.assertLogs("education.moderation.mails", "ERROR"):
            assert self.letters(self.submit, page) == []
        assert fresh(page).workflow_in_progress

    def test_a_mail_server_that_fails_breaks_no_decision(self):
        page = make_question()
        self.submit(page)
        broken = "django.core.mail.backends.locmem.EmailBackend"
        with (
            self.assertLogs("education.moderation.sending", "ERROR"),
            mock.patch(f"{broken}.send_messages", side_effect=ConnectionError),
        ):
            assert self.told(approve, page, self.ben) == []
        assert fresh(page).live

    def test_one_address_that_is_refused_leaves_the_others_theirs(self):
        self.ben.email = "ben@exam ple\n.org"
        self.ben.save()
        with self.assertLogs("education.moderation.sending", "ERROR"):
            assert self.told(self.submit, make_question()) == ["chloe", "lea"]

    def test_what_is_not_committed_is_not_told(self):
        page = make_question()

        def submit_and_fail():
            try:
                with transaction.atomic():
                    self.submit(page)
                    raise RuntimeError
            except RuntimeError:
                return

        assert self.told(submit_and_fail) == []

    def test_a_decision_taken_in_the_same_breath_leaves_nothing_to_ask(self):
        assert self.told(self.publish, make_question()) == ["ana"]
