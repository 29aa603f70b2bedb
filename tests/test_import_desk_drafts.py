"""The drafts that came of an imported file, and handing them over in small batches."""

from __future__ import annotations

from typing import Any

from django.core import mail
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from education.import_vocabulary import ItemDecision, SourceRights
from education.importer.desk.handing_over import NONE_CHOSEN, TOO_MANY
from education.models import ClinicalPage, Provenance
from tests.factories import PortalTestCase, fresh, make_question
from tests.imported import make_file, make_question_piece, make_unanswered_piece


class DraftsTestCase(PortalTestCase):
    def setUp(self) -> None:
        self.sign_in(self.ana)
        self.file = make_file(self.ana)

    def make_draft(self, title: str = "What is a migraine?", **fields: Any) -> Any:
        """A page that a piece went into, rewritten since and ready."""
        page = make_question(title, **fields)
        page.save_revision(user=self.ana, log_action=True)
        piece = make_question_piece(
            self.file, title, decision=ItemDecision.ACCEPTED, page_id=page.pk
        )
        Provenance.objects.create(
            page_id=page.pk,
            item=piece,
            file_name=self.file.name,
            sha256=self.file.sha256,
            places="line 3",
            words="Somebody else once said that heads may throb for many long hours.",
            rights=SourceRights.UNKNOWN,
            noted_at=timezone.now(),
        )
        return page

    def rows(self) -> dict[str, Any]:
        url = reverse("imports:drafts", args=[self.file.pk])
        return {row.title: row for row in self.client.get(url).context["rows"]}

    def hand_over(self, *pages: ClinicalPage, **sent: Any) -> HttpResponse:
        url = reverse("imports:hand_over", args=[self.file.pk])
        return self.client.post(url, {"pages": [page.pk for page in pages]} | sent)

    def assert_waits_not(self, page: ClinicalPage) -> None:
        assert not fresh(page).workflow_in_progress


class ListTests(DraftsTestCase):
    def test_says_what_each_page_still_needs(self):
        self.make_draft("Is it ready?")
        self.make_draft(
            "Is it copied?",
            short_answer="Somebody else once said that heads may throb for many long "
            "hours.",
        )
        self.make_draft("Is it empty?", short_answer="", answer=[])
        rows = self.rows()
        assert rows["Is it ready?"].is_ready
        assert "Needs rewriting" in rows["Is it copied?"].lacks[0]
        assert rows["Is it empty?"].lacks[0] == "Answer needed"
        assert not rows["Is it copied?"].is_ready
        assert not rows["Is it empty?"].is_ready

    def test_what_waits_or_is_live_is_not_offered(self):
        waiting = self.make_draft("Does it wait?")
        self.submit(waiting)
        live = self.make_draft("Is it live?")
        self.publish(live)
        rows = self.rows()
        assert rows["Does it wait?"].standing == "Waits for approval"
        assert rows["Is it live?"].standing == "Live"
        assert not any(row.is_ready for row in rows.values())

    def test_pages_of_another_file_and_what_was_set_aside_are_not_listed(self):
        make_unanswered_piece(self.file, decision=ItemDecision.SET_ASIDE)
        other = make_question("Is it another?")
        make_question_piece(
            make_file(name="other.txt"), decision="accepted", page_id=other.pk
        )
        assert self.rows() == {}


class HandingOverTests(DraftsTestCase):
    def test_asks_once_more_and_says_to_whom(self):
        page = self.make_draft()
        response = self.hand_over(page)
        self.assertContains(response, "Ben Example, Chloe Example, Lea Example")
        self.assertNotContains(response, "Ana Example,")
        self.assert_waits_not(page)

    def test_then_they_wait_and_each_reviewer_gets_one_letter(self):
        pages = [self.make_draft(f"Is it {name}?") for name in ("one", "two")]
        with self.captureOnCommitCallbacks(execute=True):
            response = self.hand_over(*pages, sure="yes")
        self.assertContains(response, "wait for approval now")
        assert all(fresh(page).workflow_in_progress for page in pages)
        assert not any(fresh(page).live for page in pages)
        written_to = [address for letter in mail.outbox for address in letter.to]
        assert sorted(written_to) == sorted(set(written_to))
        assert "ben@example.org" in written_to

    def test_what_is_kept_back_is_told_with_the_reason(self):
        good, bad = self.make_draft("Is it good?"), self.make_draft("Is it bad?")
        bad.summary = ""
        bad.save_revision(user=self.ana, log_action=True)
        response = self.hand_over(good, bad, sure="yes")
        self.assertContains(response, "were kept back")
        assert fresh(good).workflow_in_progress
        self.assert_waits_not(bad)

    def test_at_most_ten_are_handed_over_at_once(self):
        pages = [self.make_draft(f"Is it {number}?") for number in range(11)]
        response = self.hand_over(*pages, sure="yes")
        self.assertContains(response, TOO_MANY, status_code=400)
        self.assert_waits_not(pages[0])

    def test_only_what_is_ready_and_of_this_file_is_handed_over(self):
        empty = self.make_draft("Is it empty?", short_answer="", answer=[])
        response = self.hand_over(empty, sure="yes")
        self.assertContains(response, "is not ready", status_code=400)
        other = make_question("Is it another?")
        response = self.hand_over(other, sure="yes")
        self.assertContains(response, NONE_CHOSEN, status_code=400)
        self.assert_waits_not(other)

    def test_nonsense_is_refused(self):
        for pages in ([], ["x"], ["9" * 30], ["-1"], ["1"] * 50, ["²"]):
            url = reverse("imports:hand_over", args=[self.file.pk])
            response = self.client.post(url, {"pages": pages, "sure": "yes"})
            self.assertContains(response, NONE_CHOSEN, status_code=400)
        assert self.client.get(url).status_code == 405
