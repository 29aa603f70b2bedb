"""A lead takes a page down: at once, with a reason, and for everybody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.test import Client, TransactionTestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from education.models import (
    ClinicalPage,
    DecisionRefused,
    FAQPage,
    HomePage,
    NeededPage,
    RelatedTopic,
    SearchDocument,
    SignOff,
    TaggedPage,
    Withdrawal,
    WithdrawalRefused,
    withdraw,
)
from education.models.withdrawals import EXPIRED, page_withdrawn
from education.vocabulary import Decision, Kind, WithdrawalReason
from tests.factories import (
    PortalTestCase,
    fresh,
    make_question,
    make_tag,
    make_topic,
    publish,
    section,
    set_the_scene,
    submit,
)

WRONG = WithdrawalReason.WRONG
NOTE = "The dose in the second paragraph is ten times too high."


class WithdrawingTestCase(PortalTestCase):
    def setUp(self):
        self.page = self.publish(make_topic("Leg cramps"))

    def take_down(self, page=None, reason=WRONG, by=None):
        return withdraw(page or self.page, by or self.lea, reason, NOTE, timezone.now())

    def address_of(self, name="withdraw"):
        return reverse(f"withdrawing:{name}", args=[self.page.pk])

    def form(self, **changes):
        return {"reason": "wrong", "note": NOTE, **changes}


class TakingDownTests(WithdrawingTestCase):
    def test_the_page_is_off_the_site_and_the_ledger_says_who_did_it(self):
        live = self.page.live_revision
        withdrawal = self.take_down()
        page = fresh(self.page)
        assert (page.live, page.live_revision) == (False, None)
        row = withdrawal.sign_off
        assert (row.decision, row.revision, row.reviewer, row.note, row.completes) == (
            Decision.WITHDRAWN,
            live,
            self.lea,
            NOTE,
            False,
        )
        assert row.entry_hash == row.computed_hash()

    def test_a_waiting_change_is_taken_back_and_cannot_bring_it_back(self):
        self.page.title = "Cramps in the leg"
        state = self.submit(self.page)
        self.take_down()
        with pytest.raises(DecisionRefused, match="no longer waiting"):
            state.task.specific.on_action(
                state, self.ben, "approve", revision=state.revision_id
            )
        page = fresh(self.page)
        assert not page.live
        assert not page.workflow_in_progress

    def test_the_draft_stays_with_its_author(self):
        self.page.title = "Cramps in the leg"
        state = self.submit(self.page)
        self.take_down()
        latest = fresh(self.page).get_latest_revision()
        assert latest.pk == state.revision_id
        assert latest.user == self.ana

    def test_a_scheduled_change_is_called_off(self):
        self.page.go_live_at = timezone.now() + timedelta(days=3)
        self.submit(self.page)
        self.approve(self.page)
        assert fresh(self.page).approved_schedule
        self.take_down()
        assert not fresh(self.page).approved_schedule

    def test_it_comes_back_by_a_new_approval_of_the_whole_page(self):
        self.take_down()
        page = self.publish(fresh(self.page))
        assert page.live
        assert page.standing().reviews[0].revision_id == page.live_revision_id

    def test_only_leads_and_administrators_can(self):
        for person in (self.ana, self.ben, self.vera):
            with pytest.raises(WithdrawalRefused, match="clinical lead"):
                self.take_down(by=person)
        self.take_down(by=self.sam)
        assert not fresh(self.page).live

    def test_the_home_page_and_the_sections_stay(self):
        for page in (HomePage.objects.get(), section(Kind.TOPIC)):
            with pytest.raises(WithdrawalRefused, match="stay"):
                self.take_down(page)
            assert fresh(page).live

    def test_the_second_of_two_leads_is_told_and_leaves_no_row(self):
        self.take_down()
        with pytest.raises(WithdrawalRefused, match="taken it down just now"):
            self.take_down(by=self.sam)
        assert Withdrawal.objects.count() == 1
        assert SignOff.objects.filter(decision=Decision.WITHDRAWN).count() == 1

    def test_a_note_of_spaces_is_no_note(self):
        with pytest.raises(WithdrawalRefused, match="Say why"):
            withdraw(self.page, self.lea, WRONG, "  ", timezone.now())

    def test_whoever_writes_letters_hears_of_it_once_it_is_done(self):
        heard = []

        def listen(withdrawal, **kwargs):
            heard.append(withdrawal.page_id)

        page_withdrawn.connect(listen)
        with self.captureOnCommitCallbacks(execute=True):
            self.take_down()
            assert heard == []
        assert heard == [self.page.pk]


class GoneFromEverySurfaceTests(WithdrawingTestCase):
    SURFACES = (
        "/",
        "/topics/",
        "/topics/back-pain/",
        "/tags/",
        "/a-to-z/",
        "/sitemap.xml",
        "/search/?q=leg+cramps",
        "/search/suggest/?q=leg",
    )

    def setUp(self):
        with self.captureOnCommitCallbacks(execute=True):
            super().setUp()
            beside = self.publish(make_topic("Back pain"))
        RelatedTopic.objects.create(page=beside, topic=self.page)
        NeededPage.objects.create(page=HomePage.objects.get(), needed=self.page)
        tag = make_tag("Calf")
        TaggedPage.objects.create(tag=tag, content_object=self.page)

    def said(self):
        answers = {address: self.client.get(address) for address in self.SURFACES}
        return {
            address
            for address, answer in answers.items()
            if answer.status_code == 200
            and (
                "/topics/leg-cramps/" in answer.getvalue().decode()
                or "/tags/calf/" in answer.getvalue().decode()
                or f'/{self.page.pk}/">' in answer.getvalue().decode()
            )
        }

    def test_it_shows_until_then_and_nowhere_after(self):
        before = self.said()
        assert before >= {"/", "/topics/", "/tags/", "/sitemap.xml", "/a-to-z/"}
        assert "/search/?q=leg+cramps" in before
        with self.captureOnCommitCallbacks(execute=True):
            self.take_down()
        assert self.said() == set()
        assert self.client.get("/tags/calf/").status_code == 404
        assert not SearchDocument.objects.filter(page_id=self.page.pk).exists()


class TheFormTests(WithdrawingTestCase):
    def test_a_lead_takes_the_page_down(self):
        self.sign_in(self.lea)
        assert self.client.get(self.address_of()).status_code == 200
        response = self.client.post(self.address_of(), self.form(), follow=True)
        assert "is off the site" in response.content.decode()
        assert not fresh(self.page).live

    def test_nobody_else_sees_it_or_does_it(self):
        for person in (self.ana, self.ben, self.vera):
            self.sign_in(person)
            assert self.client.get(self.address_of()).status_code == 302
            self.client.post(self.address_of(), self.form())
            assert fresh(self.page).live

    def test_what_is_missing_comes_back_with_what_was_typed(self):
        self.sign_in(self.lea)
        for missing, sentence in (
            ("reason", "Choose a reason."),
            ("note", "Say why, so that your colleagues know."),
        ):
            form = self.form(**{missing: ""})
            response = self.client.post(self.address_of(), form)
            assert response.status_code == 400
            self.assertContains(response, sentence, status_code=400)
        self.assertContains(response, 'value="wrong"', status_code=400)
        assert fresh(self.page).live

    def test_merged_is_no_reason_without_the_other_page(self):
        self.sign_in(self.lea)
        response = self.client.post(self.address_of(), self.form(reason="merged"))
        assert response.status_code == 400
        assert fresh(self.page).live

    def test_who_comes_second_reads_why_not(self):
        self.take_down(by=self.sam)
        self.sign_in(self.lea)
        response = self.client.post(self.address_of(), self.form())
        self.assertContains(response, "taken it down just now", status_code=409)

    def test_a_lead_finds_it_in_the_editor_and_in_the_listing(self):
        addresses = (
            reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            reverse("wagtailadmin_explore", args=[section(Kind.TOPIC).pk]),
        )
        for person, there in ((self.lea, True), (self.ana, False)):
            self.sign_in(person)
            for address in addresses:
                said = self.client.get(address).content.decode()
                assert (self.address_of() in said) is there
                assert f"/pages/{self.page.pk}/unpublish/" not in said

    def test_wagtails_own_unpublishing_leads_here(self):
        self.sign_in(self.lea)
        stock = reverse("wagtailadmin_pages:unpublish", args=[self.page.pk])
        self.assertRedirects(self.client.post(stock), self.address_of())
        assert fresh(self.page).live

    def test_a_page_that_is_not_there_or_is_none_of_ours(self):
        self.sign_in(self.lea)
        for pk in (99999, section(Kind.TOPIC).pk):
            address = reverse("withdrawing:withdraw", args=[pk])
            assert self.client.get(address).status_code == 404


class ItsAddressTests(WithdrawingTestCase):
    def test_readers_are_told_why_and_where_to_go(self):
        beside = self.publish(make_topic("Back pain"))
        RelatedTopic.objects.create(page=self.page, topic=beside)
        self.take_down()
        with self.assertNumQueries(7):
            response = self.client.get(self.page.address)
        said = response.content.decode()
        assert response.status_code == 410
        assert "This page has been taken down" in said
        assert WRONG.sentence in said
        assert 'name="robots" content="noindex"' in said
        assert beside.address in said
        assert "call 911" in said

    def test_not_the_words_nor_the_note(self):
        self.take_down()
        said = self.client.get(self.page.address).content.decode()
        for secret in ("Leg cramps", "leg cramps", "muscle tightens", "ten times"):
            assert secret not in said

    def test_head_answers_the_same(self):
        self.take_down()
        assert self.client.head(self.page.address).status_code == 410

    def test_its_history_is_gone_too(self):
        self.take_down()
        assert self.client.get(f"{self.page.address}history/").status_code == 410

    def test_what_was_never_public_is_not_there(self):
        draft = make_topic("Secret plans")
        self.submit(draft)
        assert self.client.get(fresh(draft).address).status_code == 404

    def test_a_private_page_is_not_there(self):
        self.take_down()
        for page in (self.page.get_parent(), Page.objects.get(pk=self.page.pk)):
            restriction = PageViewRestriction.objects.create(
                page=page, restriction_type=PageViewRestriction.LOGIN
            )
            assert self.client.get(self.page.address).status_code == 404
            restriction.delete()

    def test_a_new_slug_of_the_draft_gives_nothing_away(self):
        self.take_down()
        with self.captureOnCommitCallbacks(execute=True):
            page = fresh(self.page)
            page.slug = "what-we-plan"
            page.save()
        assert self.client.get("/topics/what-we-plan/").status_code == 404
        assert self.client.get("/topics/leg-cramps/").status_code == 410

    def test_an_expired_page_says_that_its_day_has_passed(self):
        before = timezone.now() - timedelta(seconds=1)
        ClinicalPage.objects.filter(pk=self.page.pk).update(expire_at=before)
        self.assertContains(
            self.client.get(self.page.address), EXPIRED, status_code=410
        )
        fresh(self.page).unpublish(set_expired=True)
        self.assertContains(
            self.client.get(self.page.address), EXPIRED, status_code=410
        )


class DeletingTests(WithdrawingTestCase):
    def delete(self, page):
        return self.client.post(
            reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True
        )

    def delete_in_bulk(self, *pages):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        ids = "&".join(f"id={page.pk}" for page in pages)
        return self.client.get(f"{url}?{ids}"), self.client.post(f"{url}?{ids}")

    def test_what_was_public_stays_and_the_cms_says_to_withdraw_it(self):
        for person in (self.ana, self.lea, self.sam):
            self.sign_in(person)
            self.assertContains(self.delete(self.page), "can withdraw it")
            asked, _ = self.delete_in_bulk(self.page)
            self.assertContains(asked, "can withdraw it")
            assert fresh(self.page).live

    def test_also_once_it_is_withdrawn(self):
        self.take_down()
        self.sign_in(self.sam)
        self.assertContains(self.delete(self.page), "its history has to stay")
        self.delete_in_bulk(self.page)
        assert Page.objects.filter(pk=self.page.pk).exists()

    def test_also_with_the_section_above_it(self):
        self.sign_in(self.sam)
        self.delete(section(Kind.TOPIC))
        self.delete_in_bulk(section(Kind.TOPIC))
        assert Page.objects.filter(pk=self.page.pk).exists()

    def test_what_reviewers_sent_back_stays(self):
        draft = make_question()
        state = self.submit(draft)
        state.task.specific.on_action(
            state, self.ben, "reject", revision=state.revision_id, comment="No."
        )
        self.sign_in(self.sam)
        self.assertContains(self.delete(draft), "Reviewers have decided")

    def test_mere_drafts_can_be_deleted_beside_what_stays(self):
        draft, other = make_topic("A try"), make_topic("Another try")
        self.sign_in(self.sam)
        self.delete(draft)
        self.delete_in_bulk(self.page, other)
        left = Page.objects.filter(pk__in=[draft.pk, other.pk, self.page.pk])
        assert list(left.values_list("pk", flat=True)) == [self.page.pk]

    def test_code_cannot_delete_it_either(self):
        with pytest.raises(PermissionDenied):
            self.page.delete(user=self.sam)


class SameMomentTests(TransactionTestCase):
    """Without the transaction that other tests run in."""

    serialized_rollback = True

    def setUp(self):
        set_the_scene(self)
        self.page = publish(make_topic("Leg cramps"), self.ana, self.ben)

    def together(self, *acts):
        """Carry out every act at the same moment; returns the answers in order."""
        barrier = Barrier(len(acts), timeout=20)

        def run(person, address, form):
            client = Client()
            client.force_login(person)
            try:
                barrier.wait()
                return client.post(address, form).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(lambda act: run(*act), acts))

    def withdrawal(self, lead):
        address = reverse("withdrawing:withdraw", args=[self.page.pk])
        return lead, address, {"reason": "wrong", "note": NOTE}

    def test_two_leads_give_one_row_and_the_second_is_told(self):
        answers = self.together(self.withdrawal(self.lea), self.withdrawal(self.sam))
        assert sorted(answers) == [302, 409]
        assert Withdrawal.objects.count() == 1
        assert SignOff.objects.filter(decision=Decision.WITHDRAWN).count() == 1

    def test_an_approval_in_that_moment_does_not_bring_it_back(self):
        for _ in range(3):
            page = fresh(self.page)
            page.summary = page.change_note = f"Better words {page.latest_revision_id}."
            state = submit(page, self.ana)
            approval = (
                self.chloe,
                reverse("moderation:decide", args=[state.pk]),
                {"action": "approve", "revision": state.revision_id, "comment": ""},
            )
            approved, withdrawn = self.together(approval, self.withdrawal(self.lea))
            assert (approved, withdrawn) in {(302, 302), (409, 302)}
            page = fresh(self.page)
            assert not page.live
            assert not page.workflow_in_progress
            page.summary = f"About leg cramps, {page.latest_revision_id}."
            publish(page, self.ana, self.ben)

    def test_a_failure_on_the_way_leaves_everything_as_it_was(self):
        missing = FAQPage(pk=99999)
        with pytest.raises(IntegrityError):
            withdraw(self.page, self.lea, WRONG, NOTE, timezone.now(), missing)
        assert fresh(self.page).live
        assert not Withdrawal.objects.exists()
        assert SignOff.objects.count() == 1
