"""What reviewers meet in the CMS: the list of what waits, and the page to decide on."""

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from education.models import ClinicianProfile, FAQPage, SignOff
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    make_topic,
    question_form,
)


class AuthorsPathTests(PortalTestCase):
    def setUp(self):
        self.page = make_question()
        self.sign_in(self.ana)
        self.edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def test_an_author_hands_a_question_over_from_the_editor(self):
        response = self.client.post(
            self.edit_url, question_form(self.page, **{"action-submit": "1"})
        )
        assert response.status_code == 302
        assert fresh(self.page).workflow_in_progress

    def test_an_unfinished_draft_can_be_saved(self):
        self.client.post(
            self.edit_url, question_form(self.page, summary="", short_answer="")
        )
        assert fresh(self.page).get_latest_revision().user == self.ana

    def test_what_is_missing_is_said_when_it_is_handed_over(self):
        response = self.client.post(
            self.edit_url,
            question_form(self.page, short_answer="", **{"action-submit": "1"}),
        )
        self.assertContains(response, "Write the short answer.")
        assert not fresh(self.page).workflow_in_progress

    def test_an_answer_on_medicines_needs_a_care_card_and_a_source(self):
        response = self.client.post(
            self.edit_url,
            question_form(
                self.page,
                scope="medicine",
                references=inline_formset([]),
                **{"action-submit": "1"},
            ),
        )
        self.assertContains(response, "needs a care card")
        self.assertContains(response, "There is no source")
        assert not fresh(self.page).workflow_in_progress

    def test_she_is_not_offered_to_publish(self):
        response = self.client.get(self.edit_url)
        self.assertNotContains(response, "action-publish")
        self.assertContains(response, "Hand over for approval")

    def test_she_can_take_it_back_while_it_waits(self):
        self.submit(self.page)
        self.client.post(
            self.edit_url,
            question_form(self.page, **{"action-cancel-workflow": "1"}),
        )
        assert not fresh(self.page).workflow_in_progress

    def test_she_is_told_that_a_waiting_page_is_locked(self):
        self.submit(self.page)
        response = self.client.get(self.edit_url)
        self.assertContains(response, "waiting for approval, so nobody can edit it")


class ReviewersPathTests(PortalTestCase):
    def setUp(self):
        self.page = make_question()
        self.state = self.submit(self.page)
        self.url = reverse("moderation:decide", args=[self.state.pk])
        self.sign_in(self.ben)

    def decision(self, action: str, **answers: object) -> dict[str, object]:
        return {"action": action, "revision": self.state.revision_id, **answers}

    def test_the_dashboard_lists_what_waits_for_her(self):
        response = self.client.get(reverse("wagtailadmin_home"))
        self.assertContains(response, "What is a cramp?")
        self.assertContains(response, self.url)

    def test_the_dashboard_of_the_author_does_not_offer_her_own_page(self):
        self.sign_in(self.ana)
        response = self.client.get(reverse("wagtailadmin_home"))
        self.assertNotContains(response, self.url)

    def test_who_wrote_an_earlier_draft_is_not_offered_the_page(self):
        other = make_question("What is a spasm?")
        other.save_revision(user=self.ben)
        state = self.submit(other)
        response = self.client.get(reverse("wagtailadmin_home"))
        self.assertNotContains(response, reverse("moderation:decide", args=[state.pk]))

    def test_the_page_to_decide_on_shows_the_version_and_both_choices(self):
        response = self.client.get(self.url)
        self.assertContains(response, f"revisions/{self.state.revision_id}/view")
        self.assertContains(response, "Approve this text")
        self.assertContains(response, "Send back to the author")

    def test_approving_publishes_and_says_so(self):
        response = self.client.post(self.url, self.decision("approve"), follow=True)
        self.assertContains(response, "It is live now.")
        assert fresh(self.page).live

    def test_sending_back_without_a_reason_says_what_is_missing(self):
        response = self.client.post(self.url, self.decision("reject"))
        self.assertContains(response, "Say what has to change", status_code=400)
        assert fresh(self.page).workflow_in_progress

    def test_sending_back_keeps_the_page_off_the_site(self):
        self.client.post(self.url, self.decision("reject", comment="Too short."))
        assert not fresh(self.page).live
        assert SignOff.objects.get().note == "Too short."

    def test_a_decision_that_is_neither_is_asked_again(self):
        response = self.client.post(self.url, self.decision("publish"))
        self.assertContains(response, "Choose to approve", status_code=400)

    def test_who_comes_second_gets_a_plain_message_and_keeps_the_comment(self):
        approve(self.page, self.chloe)
        response = self.client.post(
            self.url, self.decision("approve", comment="Looks right to me.")
        )
        self.assertContains(response, "no longer waiting", status_code=409)
        assert SignOff.objects.count() == 1

    def test_a_superuser_is_told_why_he_cannot_decide(self):
        self.sign_in(self.sam)
        response = self.client.get(self.url)
        self.assertContains(response, "Only members of the reviewers&#x27; groups")
        self.assertNotContains(response, "Approve this text")
        refused = self.client.post(self.url, self.decision("approve"))
        assert refused.status_code == 409
        assert not fresh(self.page).live

    def test_a_visitor_is_asked_to_sign_in(self):
        self.client.logout()
        response = self.client.get(self.url)
        self.assertRedirects(
            response,
            f"{reverse('wagtailadmin_login')}?next={self.url}",
            fetch_redirect_response=False,
        )

    def test_a_decision_on_nothing_is_not_found(self):
        response = self.client.get(reverse("moderation:decide", args=[999_999]))
        assert response.status_code == 404

    def test_the_editor_leads_to_the_decision(self):
        response = self.client.get(
            reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        )
        self.assertContains(response, "Read and decide")

    def test_a_change_to_a_live_page_can_be_compared_with_it(self):
        approve(self.page, self.ben)
        page = fresh(self.page)
        page.short_answer = "A muscle that will not let go."
        state = self.submit(page)
        response = self.client.get(reverse("moderation:decide", args=[state.pk]))
        compare = reverse(
            "wagtailadmin_pages:revisions_compare",
            args=[page.pk, "live", state.revision_id],
        )
        self.assertContains(response, compare)
        self.assertContains(self.client.get(compare), "will not let go")

    def test_the_first_approver_of_a_medicine_learns_that_a_second_is_needed(self):
        medicine = make_medicine()
        state = self.submit(medicine)
        response = self.client.post(
            reverse("moderation:decide", args=[state.pk]),
            {"action": "approve", "revision": state.revision_id},
            follow=True,
        )
        self.assertContains(response, "when a second person has approved it")
        assert not fresh(medicine).live


class EditingTests(PortalTestCase):
    def test_every_page_type_can_be_edited(self):
        self.sign_in(self.ana)
        for page in (make_topic(), make_question(), make_medicine()):
            response = self.client.get(
                reverse("wagtailadmin_pages:edit", args=[page.pk])
            )
            for tab in ("Content", "Find it", "Sources", "Review"):
                self.assertContains(response, tab)

    def test_only_pages_of_its_kind_are_offered_in_a_section(self):
        page = make_question()
        self.sign_in(self.ana)
        response = self.client.get(
            reverse("wagtailadmin_pages:add_subpage", args=[page.get_parent().pk]),
            follow=True,
        )
        self.assertNotContains(response, "health topic")
        assert FAQPage.can_create_at(page.get_parent())

    def test_only_vocabulary_managers_keep_tags(self):
        url = reverse("wagtailsnippets_education_tag:list")
        for person, status in ((self.vera, 200), (self.ana, 302), (self.ben, 302)):
            self.sign_in(person)
            assert self.client.get(url).status_code == status


class SentBackTests(PortalTestCase):
    def setUp(self):
        self.page = make_question()
        state = self.submit(self.page)
        state.task.specific.on_action(
            state,
            self.ben,
            "reject",
            revision=state.revision_id,
            comment="Say how long it lasts.",
        )

    def test_the_author_reads_why_in_the_editor(self):
        self.sign_in(self.ana)
        response = self.client.get(
            reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        )
        self.assertContains(response, "Ben Example sent this page back")
        self.assertContains(response, "Say how long it lasts.")
        self.assertContains(response, "Hand over again")
        self.assertNotContains(response, "Take back from approval")
        self.assertNotContains(response, "Restart workflow")

    def test_the_next_reviewer_reads_it_too(self):
        page = fresh(self.page).get_latest_revision_as_object()
        page.save_revision(user=self.ana)
        page.current_workflow_state.resume(self.ana)
        state = fresh(self.page).current_workflow_task_state
        self.sign_in(self.chloe)
        response = self.client.get(reverse("moderation:decide", args=[state.pk]))
        self.assertContains(response, "Say how long it lasts.")

    def test_the_sources_open_beside_the_decision(self):
        page = make_question("What is a spasm?")
        state = self.submit(page)
        self.sign_in(self.ben)
        response = self.client.get(reverse("moderation:decide", args=[state.pk]))
        self.assertContains(
            response,
            'href="https://medlineplus.gov/musclecramps.html" target="_blank"',
        )

    def test_an_author_has_no_list_of_what_waits(self):
        self.sign_in(self.ana)
        response = self.client.get(reverse("wagtailadmin_home"))
        self.assertNotContains(response, "Waiting for your approval")


class WhatTheReviewerReadsTests(PortalTestCase):
    def setUp(self):
        self.page = make_question()
        self.sign_in(self.ben)

    def open(self, state):
        return self.client.get(reverse("moderation:decide", args=[state.pk]))

    def change(self):
        page = fresh(self.page)
        page.short_answer = "A muscle that will not let go."
        page.change_note = "How it feels is said more clearly."
        return self.submit(page)

    def review(self):
        page = fresh(self.page)
        page.change_note = ""
        page.save_revision(user=None)
        page.get_workflow().start(page, self.lea)
        return fresh(page).current_workflow_task_state

    def test_a_new_page_says_what_the_name_will_stand_for(self):
        ClinicianProfile.objects.create(user=self.ben, name="Dr B", role="Neurologist")
        response = self.open(self.submit(self.page))
        self.assertContains(response, "A page that is not on the site yet")
        self.assertContains(response, "You confirm every sentence of the page.")
        self.assertContains(response, "Dr B, Neurologist")
        self.assertNotContains(response, "whole_page")

    def test_a_change_says_what_is_new_in_words(self):
        self.publish(self.page)
        response = self.open(self.change())
        self.assertContains(response, "A change to a page on the site")
        self.assertContains(response, "How it feels is said more clearly.")
        self.assertContains(response, "<del>A muscle that tightens by itself.</del>")
        self.assertContains(response, "<ins>A muscle that will not let go.</ins>")
        self.assertContains(response, "Compare with the live page")

    def test_who_never_wrote_on_it_may_review_the_whole_page(self):
        self.publish(self.page)
        state = self.change()
        self.assertContains(self.open(state), 'name="whole_page"')
        self.client.post(
            reverse("moderation:decide", args=[state.pk]),
            {"action": "approve", "revision": state.revision_id, "whole_page": "on"},
        )
        assert SignOff.objects.last().next_review_on is not None

    def test_who_wrote_what_is_live_is_not_asked_about_the_whole_page(self):
        self.page.save_revision(user=self.ben)
        self.submit(self.page)
        approve(self.page, self.chloe)
        response = self.open(self.change())
        self.assertContains(response, "Approve this text")
        self.assertNotContains(response, "whole_page")

    def test_a_review_without_changes_says_so(self):
        self.publish(self.page)
        response = self.open(self.review())
        self.assertContains(response, "A periodic review without changes")
        self.assertContains(response, "Nothing was changed since")
        self.assertContains(response, "Lea Example asked for the review.")
        self.assertNotContains(response, "whole_page")

    def test_a_medicine_says_where_its_two_approvals_stand(self):
        medicine = make_medicine()
        response = self.open(self.submit(medicine))
        self.assertContains(response, "Nobody has so far")
        approve(medicine, self.ben)
        self.sign_in(self.chloe)
        state = fresh(medicine).current_workflow_task_state
        self.assertContains(self.open(state), "Ben Example approved exactly this text")

    def test_a_reviewer_who_wants_other_words_reads_what_to_do(self):
        response = self.open(self.submit(self.page))
        self.assertContains(response, "You want another wording and know which?")


class RefusalTests(PortalTestCase):
    """A refused decision keeps what was typed and leads on."""

    def setUp(self):
        self.page = make_question()
        self.state = self.submit(self.page)
        self.sign_in(self.ben)

    def decide(self, action="approve", **answers):
        return self.client.post(
            reverse("moderation:decide", args=[self.state.pk]),
            {
                "action": action,
                "revision": self.state.revision_id,
                "comment": "Looks right to me.",
                **answers,
            },
        )

    def test_when_somebody_else_decided_it_leads_to_the_desk(self):
        approve(self.page, self.chloe)
        response = self.decide()
        self.assertContains(response, "This was not carried out", status_code=409)
        self.assertContains(response, "Looks right to me.", status_code=409)
        self.assertContains(response, "Go to your desk", status_code=409)

    def test_when_the_text_changed_it_leads_to_the_newest_version(self):
        self.state.workflow_state.cancel(user=self.ana)
        page = fresh(self.page).get_latest_revision_as_object()
        page.short_answer = "A muscle that will not let go."
        newest = self.submit(page)
        response = self.decide()
        self.assertContains(response, "Looks right to me.", status_code=409)
        self.assertContains(
            response, reverse("moderation:decide", args=[newest.pk]), status_code=409
        )
        self.assertContains(response, "Read the newest version", status_code=409)

    def test_when_another_version_was_read_the_form_keeps_the_words(self):
        response = self.decide(
            revision=self.state.revision_id + 1000, sources_checked="on"
        )
        self.assertContains(response, "The text has changed", status_code=409)
        self.assertContains(response, "The newest version is below", status_code=409)
        form = response.context["forms"]["approve"]
        assert form["comment"].value() == "Looks right to me."
        assert form["revision"].value() == self.state.revision_id
        assert not form["sources_checked"].value()
        assert fresh(self.page).workflow_in_progress

    def test_when_the_page_breaks_a_rule_it_can_be_sent_back_at_once(self):
        make_question("Why?", slug="taken")
        twin = fresh(self.page)
        type(twin).objects.exclude(pk=twin.pk).update(question_key=twin.question_key)
        response = self.decide()
        self.assertContains(response, "to break a rule", status_code=409)
        self.assertContains(response, "send it back and say", status_code=409)
        self.assertContains(response, "Send back to the author", status_code=409)

    def test_one_who_may_not_decide_keeps_her_words_too(self):
        self.sign_in(self.ana)
        response = self.decide()
        self.assertContains(response, "Only members of the reviewers", status_code=409)
        self.assertContains(response, "Looks right to me.", status_code=409)
