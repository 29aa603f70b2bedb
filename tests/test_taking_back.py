"""Who takes a page back from approval, who sends it back, and what comes after."""

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import PageLogEntry, WorkflowState

from education.models.taking_back import TakingBackRefused, take_back
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_person,
    make_question,
    question_form,
)


class TakingBackTestCase(PortalTestCase):
    def setUp(self):
        self.page = make_question()
        self.state = self.submit(self.page)
        self.url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def try_it(self, who: User, action: str = "action-cancel-workflow") -> HttpResponse:
        self.sign_in(who)
        return self.client.post(self.url, question_form(self.page, **{action: "1"}))

    def waits(self) -> bool:
        return fresh(self.page).workflow_in_progress

    def send_back(self) -> None:
        self.state.task.specific.on_action(
            self.state,
            self.ben,
            "reject",
            revision=self.state.revision_id,
            comment="Say how long it lasts.",
        )


class WhoMayTests(TakingBackTestCase):
    def test_who_handed_it_over(self):
        response = self.try_it(self.ana)
        assert response.status_code == 302
        assert not self.waits()
        assert fresh(self.page).latest_revision_id == self.state.revision_id

    def test_who_wrote_part_of_it_though_another_handed_it_over(self):
        self.try_it(self.ana)
        page = fresh(self.page).get_latest_revision_as_object()
        dora = make_person("dora", "Authors")
        page.save_revision(user=dora, log_action=True)
        self.submit(page, by=self.ana)
        assert self.try_it(dora).status_code == 302
        assert not self.waits()

    def test_a_lead_and_an_administrator(self):
        for person in (self.lea, self.sam):
            assert self.try_it(person).status_code == 302
            assert not self.waits()
            self.submit(self.page)
        logged = PageLogEntry.objects.filter(action="wagtail.workflow.cancel")
        assert {entry.user for entry in logged} == {self.lea, self.sam}

    def test_a_reviewer_sends_it_back_instead(self):
        for person in (self.ben, make_person("dora", "Authors")):
            response = self.try_it(person)
            self.assertContains(
                response, "A reviewer sends it back, and says why.", status_code=409
            )
            assert self.waits()

    def test_the_owner_of_the_page_has_no_right_of_his_own(self):
        type(self.page).objects.filter(pk=self.page.pk).update(owner=self.chloe)
        assert self.try_it(self.chloe).status_code == 409
        assert self.waits()

    def test_somebody_without_rights_on_pages_does_not_get_there(self):
        self.try_it(self.vera)
        assert self.waits()
        with pytest.raises(TakingBackRefused):
            take_back(self.page, self.vera)

    def test_the_button_is_there_for_those_alone(self):
        for person, there in (
            (self.ana, True),
            (self.lea, True),
            (self.ben, False),
            (make_person("dora", "Authors"), False),
        ):
            self.sign_in(person)
            response = self.client.get(self.url)
            assert ("Take back from approval" in response.content.decode()) == there

    def test_taking_back_twice_is_said_plainly(self):
        self.try_it(self.ana)
        response = self.try_it(self.ana)
        self.assertContains(response, "nothing to take back", status_code=409)

    def test_what_was_decided_is_not_taken_back(self):
        approve(self.page, self.ben)
        response = self.try_it(self.ana)
        self.assertContains(response, "nothing to take back", status_code=409)
        assert fresh(self.page).live

    def test_the_way_by_an_old_version_has_the_same_rules(self):
        url = reverse(
            "wagtailadmin_pages:revisions_revert",
            args=[self.page.pk, self.state.revision_id],
        )
        self.sign_in(self.ben)
        for action in ("action-cancel-workflow", "action-restart-workflow"):
            response = self.client.post(url, question_form(self.page, **{action: "1"}))
            assert response.status_code == 409
        assert self.waits()

    def test_asking_for_json_is_no_way_round(self):
        self.sign_in(self.ben)
        for action in ("action-cancel-workflow", "action-restart-workflow"):
            response = self.client.post(
                self.url,
                question_form(self.page, **{action: "1"}),
                headers={"accept": "application/json"},
            )
            assert response.status_code == 400
            assert response.json()["error_code"] == "refused"
        assert self.waits()


class ComingBackTests(TakingBackTestCase):
    def setUp(self):
        super().setUp()
        self.send_back()

    def test_whoever_may_edit_hands_it_over_again_and_then_cannot_decide(self):
        response = self.try_it(self.chloe, "action-submit")
        assert response.status_code == 409, "she has not read what Ana wrote"
        latest = fresh(self.page).get_latest_revision()
        self.sign_in(self.chloe)
        form = question_form(
            self.page,
            **{
                "action-submit": "1",
                "loaded_revision_id": latest.pk,
                "loaded_revision_created_at": latest.created_at.isoformat(),
            },
        )
        assert self.client.post(self.url, form).status_code == 302
        assert self.waits()
        page = fresh(self.page)
        task = page.current_workflow_task
        assert task.why_not(page, self.chloe)
        assert task.why_not(page, self.ben) == ""

    def test_who_only_hands_it_over_again_counts_as_such(self):
        page = fresh(self.page)
        page.save_revision(user=self.ana)
        page.current_workflow_state.resume(self.chloe)
        page = fresh(page)
        assert "handed this text over" in page.current_workflow_task.why_not(
            page, self.chloe
        )
        take_back(page, self.chloe)
        assert not self.waits()

    def test_it_is_not_started_anew(self):
        for person in (self.ana, self.sam):
            response = self.try_it(person, "action-restart-workflow")
            self.assertContains(response, "hand the page over again", status_code=409)
        states = WorkflowState.objects.filter(object_id=str(self.page.pk))
        assert states.get().status == WorkflowState.STATUS_NEEDS_CHANGES

    def test_it_is_back_already_so_nobody_takes_it_back(self):
        assert self.try_it(self.ana).status_code == 409
        self.sign_in(self.ana)
        response = self.client.get(self.url)
        self.assertNotContains(response, "Take back from approval")
        self.assertNotContains(response, "Restart workflow")

    def test_a_reviewer_who_joins_the_authors_is_one(self):
        self.ben.groups.add(Group.objects.get(name="Authors"))
        page = fresh(self.page).get_latest_revision_as_object()
        page.save_revision(user=self.ben, log_action=True)
        page.current_workflow_state.resume(self.ana)
        take_back(fresh(page), self.ben)
        assert not self.waits()
