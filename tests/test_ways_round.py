"""Ways round approval that somebody once found, each shut for good."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Workflow

from education.installation import install
from education.models import (
    ClinicalApprovalTask,
    DecisionRefused,
    FAQPage,
    ReviewSchedule,
    SignOff,
    Tag,
)
from education.vocabulary import Kind
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    make_tag,
    question_form,
    section,
)


class OldWordsTests(PortalTestCase):
    """Words that come back keep their author."""

    def setUp(self):
        self.page = make_medicine(how_to_take="<p>Take ten, says Ben.</p>")
        self.bens = self.page.save_revision(user=self.ben, log_action=True)
        self.page.how_to_take = "<p>Read the label.</p>"
        self.submit(self.page, by=self.ana)
        for reviewer in (self.chloe, self.lea):
            approve(self.page, reviewer)

    def bring_back(self) -> None:
        page = fresh(self.page).get_latest_revision_as_object()
        page.how_to_take = "<p>Take ten, says Ben.</p>"
        self.submit(page, by=self.ana)

    def test_whoever_wrote_them_before_the_page_was_live_cannot_approve_them(self):
        self.bring_back()
        with pytest.raises(DecisionRefused):
            approve(self.page, self.ben)
        approve(self.page, self.chloe)
        approve(self.page, self.lea)
        assert "Take ten" in fresh(self.page).how_to_take

    def test_who_wrote_something_else_may(self):
        page = fresh(self.page).get_latest_revision_as_object()
        page.storage = "<p>Keep it away from children.</p>"
        self.submit(page, by=self.ana)
        approve(self.page, self.ben)

    def test_the_editors_interface_has_no_action_that_passes_by_the_rules(self):
        for person in (self.ana, self.sam):
            self.sign_in(person)
            for action in ("revert_to_page_revision", "publish", "copy"):
                response = self.client.post(
                    f"/cms/api/main/pages/{self.page.pk}/action/{action}/",
                    {"revision_id": self.bens.pk},
                )
                assert response.status_code == 404
        assert fresh(self.page).latest_revision_id != self.bens.pk


class ScheduledTests(PortalTestCase):
    def setUp(self):
        self.page = make_question()
        self.page.go_live_at = timezone.now() + timedelta(days=2)
        self.submit(self.page)
        approve(self.page, self.chloe)

    def test_words_that_were_only_scheduled_keep_their_author(self):
        revision = fresh(self.page).scheduled_revision
        revision.approved_go_live_at = None
        revision.save()
        page = revision.as_object()
        page.go_live_at = None
        self.submit(page, by=self.ben)
        self.ana.groups.add(Group.objects.get(name="Reviewers"))
        with pytest.raises(DecisionRefused):
            approve(page, self.ana)

    def test_what_is_approved_but_not_live_lends_nobody_its_date(self):
        assert not ReviewSchedule.objects.filter(page=self.page).exists()
        with time_machine.travel(timezone.now() + timedelta(days=3)):
            fresh(self.page).scheduled_revision.publish()
        assert ReviewSchedule.objects.get(page=self.page).sign_off.reviewer == (
            self.chloe
        )


class WaitingPageTests(PortalTestCase):
    def setUp(self):
        self.page = make_question()
        self.state = self.submit(self.page)

    def test_locking_a_waiting_page_does_not_let_anybody_edit_it(self):
        for person in (self.ben, self.lea, self.sam):
            self.sign_in(person)
            self.client.post(reverse("wagtailadmin_pages:lock", args=[self.page.pk]))
            self.client.post(
                reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
                question_form(self.page, summary="Changed under their eyes."),
            )
            assert fresh(self.page).latest_revision_id == self.state.revision_id

    def test_nobody_deletes_it(self):
        for person in (self.ana, self.ben, self.lea, self.sam):
            assert not self.page.permissions_for_user(person).can_delete()

    def test_a_live_page_is_taken_off_though_a_change_to_it_waits(self):
        approve(self.page, self.ben)
        page = fresh(self.page)
        page.short_answer = "Something else."
        self.submit(page)
        self.sign_in(self.lea)
        self.client.post(
            reverse("withdrawing:withdraw", args=[page.pk]),
            {"reason": "outdated", "note": "It is from before the new guideline."},
        )
        assert not fresh(page).live

    def test_the_reviewer_is_shown_what_stands_beside_the_text(self):
        page = make_question("Why do calves cramp?", summary="For lists only.")
        state = self.submit(page)
        self.sign_in(self.ben)
        response = self.client.get(reverse("moderation:decide", args=[state.pk]))
        self.assertContains(response, "For lists only.")
        self.assertContains(response, "why-do-calves-cramp")

    def test_somebody_without_rights_cannot_tell_which_decisions_exist(self):
        self.sign_in(self.vera)
        for number in (self.state.pk, 999_999):
            url = reverse("moderation:decide", args=[number])
            assert self.client.get(url).status_code == 404


class SignedPageTests(PortalTestCase):
    def setUp(self):
        self.page = self.publish(make_question())

    def test_what_was_signed_off_is_not_deleted(self):
        self.sign_in(self.sam)
        response = self.client.post(
            reverse("wagtailadmin_pages:delete", args=[self.page.pk])
        )
        assert response.status_code == 302
        assert FAQPage.objects.filter(pk=self.page.pk).exists()

    def test_it_stays_in_the_section_of_its_kind(self):
        assert not self.page.can_move_to(section(Kind.MEDICINE))
        assert not self.page.permissions_for_user(self.sam).can_move_to(
            section(Kind.TOPIC)
        )


class NameTests(PortalTestCase):
    def test_nobody_renames_himself(self):
        self.sign_in(self.ben)
        url = reverse("wagtailadmin_account")
        self.assertNotContains(self.client.get(url), "first_name")
        self.client.post(
            url,
            {
                "name_email-first_name": "Chloe",
                "name_email-last_name": "Example, MD",
                "name_email-email": "ben@example.org",
            },
        )
        self.ben.refresh_from_db()
        assert self.ben.get_full_name() == "Ben Example"

    def test_a_visitor_has_no_account_page(self):
        assert self.client.get(reverse("wagtailadmin_account")).status_code == 302


class TagWordsTests(PortalTestCase):
    """The words of a tag are approved with the pages that carry it."""

    def setUp(self):
        self.tag = make_tag("Legs")
        page = make_question()
        page.tags.set([self.tag])
        self.publish(page)
        self.sign_in(self.vera)

    def edit(self, **changes):
        return self.client.post(
            reverse("wagtailsnippets_education_tag:edit", args=[self.tag.pk]),
            {
                "name": "Legs",
                "slug": "legs",
                "group": "body_area",
                "description": "",
                "labels-TOTAL_FORMS": "0",
                "labels-INITIAL_FORMS": "0",
                "labels-MIN_NUM_FORMS": "0",
                "labels-MAX_NUM_FORMS": "1000",
                **changes,
            },
        )

    def test_a_word_that_pages_carry_is_not_changed(self):
        self.assertContains(self.edit(name="Take ten pills"), "Pages carry this tag")
        self.tag.refresh_from_db()
        assert self.tag.name == "Legs"

    def test_its_description_is_for_editors_only(self):
        self.edit(description="Stop your medicines.")
        self.client.logout()
        response = self.client.get(self.tag.address)
        assert response.status_code == 200
        self.assertNotContains(response, "Stop your medicines.")

    def test_it_is_not_deleted_while_pages_carry_it(self):
        self.client.post(
            reverse("wagtailsnippets_education_tag:delete", args=[self.tag.pk])
        )
        assert Tag.objects.filter(pk=self.tag.pk).exists()

    def test_a_tag_that_only_drafts_carry_is_not_there(self):
        draft = make_question("Is it a secret?")
        hidden = make_tag("Hidden word")
        draft.tags.set([hidden])
        draft.save()
        self.client.logout()
        assert self.client.get(hidden.address).status_code == 404
        for path in ("/search/", "/questions/"):
            response = self.client.get(path, {"tag": hidden.slug, "q": "cramp"})
            assert response.status_code == 400
            self.assertNotContains(response, "Hidden word", status_code=400)


class CraftedContentTests(PortalTestCase):
    def test_a_link_to_no_number_does_not_break_the_page(self):
        for target in ("abc", "99999999999999999999", "²", ""):
            link = f'<p><a linktype="page" id="{target}">Read on</a></p>'
            raw = [{"type": "text", "value": link}]
            answer = FAQPage._meta.get_field("answer").to_python(raw)
            page = make_question(f"Where to {target}?", answer=answer)
            self.publish(page)
            assert self.client.get(fresh(page).address).status_code == 200

    def test_half_a_character_is_refused_with_a_sentence(self):
        page = make_question()
        self.sign_in(self.ana)
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        for half in (r'{"text": "\ud800"}', r'{"text": "\udc00"}'):
            response = self.client.post(url, question_form(page, summary=half))
            self.assertContains(response, "could not read", status_code=400)
        whole = question_form(page, summary=r'{"text": "\ud83d\ude00"}')
        assert self.client.post(url, whole).status_code == 302

    def test_a_title_is_one_line(self):
        page = make_question("What is a cramp\r\nBcc: all?")
        page.full_clean()
        assert page.title == "What is a cramp Bcc: all?"

    def test_a_document_is_for_staff_only(self):
        document = Document.objects.create(title="Doses", file="documents/doses.pdf")
        assert self.client.get(document.url).status_code == 404

    def test_no_sign_off_came_of_any_of_this(self):
        assert not SignOff.objects.exists()


class RulesThatCameToBeBrokenTests(PortalTestCase):
    """Between handing over and approving, another page may have gone live."""

    def test_the_second_of_two_same_questions_is_refused_with_a_sentence(self):
        pages = [
            self.publish(make_question("What is a cramp?")),
            self.publish(make_question("What is a spasm?")),
        ]
        states = []
        for page in pages:
            page.title = "What is this pain?"
            states.append(self.submit(page))
        self.sign_in(self.ben)
        statuses = []
        for state in states:
            response = self.client.post(
                reverse("moderation:decide", args=[state.pk]),
                {"action": "approve", "revision": state.revision_id},
            )
            statuses.append(response.status_code)
        assert statuses == [302, 409]
        self.assertContains(response, "This question is here already", status_code=409)

    def test_it_can_still_be_sent_back(self):
        first = make_question("What is a cramp?")
        second = make_question("What is a spasm?")
        state = self.submit(second)
        FAQPage.objects.filter(pk=first.pk).update(question_key="what is a spasm")
        self.sign_in(self.ben)
        response = self.client.post(
            reverse("moderation:decide", args=[state.pk]),
            {"action": "reject", "revision": state.revision_id, "comment": "Twice."},
        )
        assert response.status_code == 302


class WaitingListTests(PortalTestCase):
    def test_who_ever_wrote_on_a_withdrawn_page_is_not_asked_to_bring_it_back(self):
        page = make_question()
        self.submit(page, by=self.ben)
        approve(page, self.chloe)
        fresh(page).unpublish()
        changed = fresh(page).get_latest_revision_as_object()
        changed.short_answer = "Ana changed one sentence of Ben's page."
        state = self.submit(changed, by=self.ana)
        task = state.task.specific
        assert "You wrote part" in task.why_not(fresh(page), self.ben)
        assert state not in task.get_task_states_user_can_moderate(self.ben)
        assert state in task.get_task_states_user_can_moderate(self.chloe)


class InstallationTests(PortalTestCase):
    def test_it_runs_again_though_somebody_added_steps(self):
        ClinicalApprovalTask.objects.create(name="Another step")
        install()
        assert Workflow.objects.get().workflow_tasks.count() == 2

    def test_a_section_keeps_its_address(self):
        topics = section(Kind.TOPIC)
        topics.slug = "search"
        with pytest.raises(ValidationError, match="/topics/"):
            topics.full_clean()
