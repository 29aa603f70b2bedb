"""What the code on a handout leads to: it holds, is old, replaced, gone or unknown."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import SimpleTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import PageLogEntry, PageViewRestriction, Revision

from education.handouts.codes import ALPHABET, code_of, revision_of
from education.models import ClinicalPage, SiteAppearance, withdraw
from education.vocabulary import WithdrawalReason
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    make_topic,
)

CANARY = "quagga"


class CodeTests(SimpleTestCase):
    def test_it_is_short_and_leads_back_to_its_revision(self):
        for revision in (1, 31, 32, 1000, 40_000, 2**20, 2**31 - 1):
            assert revision_of(code_of(revision)) == revision
        assert len(code_of(1)) == len(code_of(900_000)) == 5

    def test_it_is_understood_however_it_is_typed(self):
        code = code_of(1041)
        assert code == "010HF"
        for typed in ("010hf", "O1OHF", "oiohf", "0L0HF", "010-HF", " 010 HF "):
            assert revision_of(typed) == 1041, typed

    def test_a_slip_never_leads_to_another_version(self):
        for revision in (7, 1041, 99_999):
            code = code_of(revision)
            for place in range(len(code)):
                for other in set(ALPHABET) - {code[place]}:
                    assert revision_of(code[:place] + other + code[place + 1 :]) is None
            for place in range(len(code) - 1):
                one, two = code[place : place + 2]
                swapped = code[:place] + two + one + code[place + 2 :]
                assert swapped == code or revision_of(swapped) is None

    def test_what_is_no_code_is_none(self):
        for typed in ("", "0", "U", "0000", "ZZZZZZZZ", "1" * 5000, "é€¡🙂", "%00"):
            assert revision_of(typed) is None, typed


class VersionTests(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.page = cls.publish(cls, make_topic("Leg cramps"))
        cls.code = code_of(cls.page.live_revision_id)

    def setUp(self) -> None:
        self.today = date_format(timezone.localdate(), "j F Y")

    def look(self, code: str = "") -> HttpResponse:
        return self.client.get(f"/v/{code or self.code}")

    def unknown(self, code: str) -> str:
        """What is said of a code that nobody knows, but for where that is said."""
        response = self.client.get(f"/v/{code}")
        assert response.status_code == 404
        return response.content.decode().replace(f"/v/{code}", "")

    def heading(self, code: str = "") -> str:
        said = self.look(code).content.decode()
        (heading,) = re.findall(r"<h1>(.*?)</h1>", said)
        return heading

    def change(self, note: str, page: ClinicalPage | None = None, **fields: Any) -> Any:
        page = fresh(page or self.page)
        page.summary = f"{note} {PageLogEntry.objects.count()}"
        page.change_note = note
        for name, value in fields.items():
            setattr(page, name, value)
        self.submit(page)
        approve(page, self.ben)
        return fresh(page)

    def review(self) -> None:
        page = fresh(self.page)
        page.change_note = ""
        page.save_revision(user=None)
        page.get_workflow().start(page, self.chloe)
        approve(page, self.chloe)

    def print_on(self, days_ago: int) -> str:
        """Let the version have gone live earlier; the date as handouts say it."""
        at = timezone.now() - timedelta(days=days_ago)
        PageLogEntry.objects.filter(revision=self.page.live_revision_id).update(
            timestamp=at
        )
        return date_format(timezone.localdate(at), "j F Y")

    def test_up_to_date_with_the_day_of_the_version_and_today(self) -> None:
        printed_on = self.print_on(days_ago=40)
        response = self.look()
        assert self.heading() == "This handout is up to date"
        self.assertContains(response, f"version of {printed_on}")
        self.assertContains(response, f"Today, {self.today}")
        self.assertContains(response, f'href="{self.page.address}"')

    def test_still_up_to_date_where_a_review_found_nothing_to_change(self) -> None:
        self.review()
        assert self.heading() == "This handout is up to date"
        self.assertContains(self.look(), f"read the page again on {self.today}")

    def test_newer_with_what_changed_since_and_nothing_before(self) -> None:
        self.change("The first change.")
        second = self.change("The dose was corrected.")
        self.change("A new section on sleep.")
        assert self.heading() == "There is a newer version"
        self.assertContains(self.look(), "The dose was corrected.")
        said = self.look(code_of(second.live_revision_id)).content.decode()
        assert "A new section on sleep." in said
        assert "The dose was corrected." not in said
        assert f"{self.page.address}handout/" in said

    def test_a_long_list_of_changes_is_cut_and_leads_to_all(self) -> None:
        for number in range(7):
            self.change(f"Change number {number}.")
        said = self.look().content.decode()
        assert "Change number 6." in said
        assert "Change number 1." not in said
        assert f"{self.page.address}history/" in said

    def test_taken_down_with_why_and_without_its_name(self) -> None:
        withdraw(self.page, self.lea, "wrong", f"{CANARY} note", timezone.now())
        response = self.look()
        assert response.status_code == 200
        assert self.heading() == "This page was taken down"
        self.assertContains(response, WithdrawalReason.WRONG.sentence)
        # Once in the footer, and once beside the advice.
        self.assertContains(response, SiteAppearance().emergency_sentence, 2)
        for words in (CANARY, "Leg cramps", "leg-cramps"):
            self.assertNotContains(response, words)

    def test_taken_down_on_its_day_with_the_scheduler_off_and_on(self) -> None:
        before = timezone.now() - timedelta(seconds=1)
        ClinicalPage.objects.filter(pk=self.page.pk).update(expire_at=before)
        assert self.heading() == "This page was taken down"
        fresh(self.page).unpublish(set_expired=True)
        assert self.heading() == "This page was taken down"

    def test_merged_into_a_page_it_leads_there(self) -> None:
        other = self.publish(make_topic("Calf cramps"))
        withdraw(self.page, self.lea, "merged", "Same.", timezone.now(), other)
        assert self.heading() == "Another page took its place"
        self.assertContains(self.look(), f'href="{other.address}"')
        withdraw(fresh(other), self.lea, "outdated", "Old.", timezone.now())
        self.assertContains(self.look(), WithdrawalReason.OUTDATED.sentence)

    def test_taken_down_and_written_anew_says_nothing_of_the_draft(self) -> None:
        withdraw(self.page, self.lea, "outdated", "Old.", timezone.now())
        page = fresh(self.page)
        page.title = page.summary = page.change_note = f"{CANARY} words"
        page.slug = f"{CANARY}-slug"
        with self.captureOnCommitCallbacks(execute=True):
            page.save()
            self.submit(page)
        self.assertNotContains(self.look(), CANARY)
        assert self.heading() == "This page was taken down"

    def test_a_version_that_never_was_public_is_as_unknown_as_any(self) -> None:
        nothing = self.unknown(code_of(Revision.objects.latest("pk").pk + 1000))
        for revision in self.hidden():
            assert self.unknown(code_of(revision)) == nothing

    def hidden(self) -> list[int]:
        """A draft, one that waits, one sent back, one scheduled, one in between."""
        draft = make_topic(f"{CANARY} draft")
        waiting, back, scheduled = (
            make_topic(f"{CANARY} {name}") for name in ("waits", "back", "scheduled")
        )
        self.submit(waiting)
        state = self.submit(back)
        state.task.specific.on_action(
            state, self.ben, "reject", revision=state.revision_id, comment="No."
        )
        scheduled.go_live_at = timezone.now() + timedelta(hours=1)
        self.submit(scheduled)
        approve(scheduled, self.ben)
        beside = fresh(self.page)
        beside.summary = f"{CANARY} beside"
        return [
            draft.save_revision(user=self.ana).pk,
            *(fresh(page).latest_revision_id for page in (waiting, back, scheduled)),
            beside.save_revision(user=self.ana).pk,
        ]

    def test_a_page_that_became_private_is_unknown(self) -> None:
        nothing = self.unknown(code_of(99_999))
        PageViewRestriction.objects.create(
            page_id=self.page.pk, restriction_type=PageViewRestriction.LOGIN
        )
        assert self.unknown(self.code) == nothing
        withdraw(self.page, self.lea, "wrong", "Between us.", timezone.now())
        assert self.unknown(self.code) == nothing

    def test_a_page_of_another_language_and_one_not_yet_due_are_unknown(self) -> None:
        later = timezone.now() + timedelta(hours=1)
        here = ClinicalPage.objects.filter(pk=self.page.pk)
        here.update(go_live_at=later)
        assert self.look().status_code == 404
        spanish = type(self.page.locale).objects.create(language_code="es")
        here.update(go_live_at=None, locale=spanish)
        assert self.look().status_code == 404

    def test_a_code_that_cannot_be_read_gets_a_sentence_and_a_box(self) -> None:
        for typed in ("00000", "U", "x" * 3000, "%F0%9F%99%82", "%FF", "a.b~c"):
            response = self.client.get(f"/v/{typed}")
            self.assertContains(response, "We do not know this code", status_code=404)
            self.assertContains(response, 'name="code"', status_code=404)

    def test_the_box_takes_a_code_too(self) -> None:
        assert self.client.get("/v/").status_code == 200
        self.assertContains(self.client.get(f"/v/?code={self.code}"), "is up to date")
        assert self.client.get("/v/?code=nonsense").status_code == 404

    def test_search_engines_stay_out_and_it_can_only_be_read(self) -> None:
        assert 'content="noindex"' in self.look().content.decode()
        assert self.client.post(f"/v/{self.code}").status_code == 405

    def test_no_state_costs_more_than_eight_statements(self) -> None:
        other = self.publish(make_question("Why cramps?", self.page))
        medicine = self.publish(make_medicine())
        codes = [code_of(p.live_revision_id) for p in (self.page, other, medicine)]
        for number in range(7):
            self.change(f"Change number {number}.")
        withdraw(fresh(other), self.lea, "merged", "Same.", timezone.now(), medicine)
        withdraw(fresh(medicine), self.lea, "wrong", "Wrong.", timezone.now())
        for code in codes:
            with CaptureQueriesContext(connection) as statements:
                self.look(code)
            assert len(statements) <= 8
