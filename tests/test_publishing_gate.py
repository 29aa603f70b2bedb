"""What the CMS offers to those who may publish is offered to nobody."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Workflow,
)

from education.models import (
    NotSignedOff,
)
from tests.factories import (
    PortalTestCase,
    fresh,
    make_question,
    make_topic,
    question_form,
)


class WhatAnInstallationHolds(PortalTestCase):
    def test_wagtails_own_workflow_and_groups_are_gone(self):
        assert not Workflow.objects.filter(name="Moderators approval").exists()
        assert not GroupApprovalTask.objects.exists()
        assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()

    def test_nobody_holds_the_publish_permission(self):
        assert not GroupPagePermission.objects.filter(
            permission__codename="publish_page"
        ).exists()

    def test_our_workflow_covers_every_page_from_the_root_down(self):
        page = make_topic()
        assert page.get_workflow().name == "Clinical approval"


class OtherWaysLiveTests(PortalTestCase):
    """What the CMS offers to those who may publish is offered to nobody."""

    def setUp(self):
        self.page = make_question()
        self.page.save_revision(user=self.ana, log_action=True)

    def everybody(self):
        return (self.ana, self.ben, self.lea, self.vera, self.sam)

    def test_nobody_may_publish_or_create_live_pages(self):
        parent = self.page.get_parent()
        for person in self.everybody():
            with self.subTest(person.username):
                assert not self.page.permissions_for_user(person).can_publish()
                assert not parent.permissions_for_user(person).can_publish_subpage()

    def test_publishing_without_sign_off_is_refused_in_code_too(self):
        with pytest.raises(NotSignedOff):
            self.page.publish_signed_off(self.page.get_latest_revision(), self.sam)

    def test_only_a_lead_can_take_a_page_off_the_site(self):
        page = self.publish(self.page)
        allowed = [
            person.username
            for person in self.everybody()
            if page.permissions_for_user(person).can_withdraw()
        ]
        assert allowed == ["lea", "sam"]

    def test_nobody_unpublishes_without_a_reason(self):
        page = self.publish(self.page)
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        one = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
        for person in self.everybody():
            self.sign_in(person)
            self.client.post(f"{bulk}?id={page.pk}")
            self.client.post(one)
            assert not page.permissions_for_user(person).can_unpublish()
            assert fresh(page).live

    def test_nobody_edits_a_page_while_it_waits(self):
        self.submit(self.page)
        before = self.page.get_latest_revision().pk
        for person in (self.ana, self.ben, self.lea, self.sam):
            self.sign_in(person)
            self.client.post(
                reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
                question_form(self.page, title="Edited while it waits?"),
            )
        assert fresh(self.page).latest_revision_id == before
