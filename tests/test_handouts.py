"""A page on paper, several as one, and a draft that nobody can take for a handout."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.test import SimpleTestCase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import PageLogEntry, PageViewRestriction

from education.handouts.bundle import (
    MOST_PAGES,
    NONE_HERE,
    NOT_HERE,
    TICK_ONE,
    TOO_MANY,
)
from education.handouts.codes import code_of
from education.models import (
    ClinicalPage,
    DemonstrationItem,
    FAQPage,
    MedicationPage,
    TopicPage,
    withdraw,
)
from education.vocabulary import WithdrawalReason
from tests import qr_codes
from tests.factories import (
    EMERGENCY_CARD,
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    make_topic,
    section,
)

NOTES = "Notes from your clinician"


class HandoutTestCase(PortalTestCase):
    """A topic, a question on it and a medicine, all approved."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        topic = make_topic("Leg cramps")
        field = TopicPage._meta.get_field("care_cards")
        topic.care_cards = field.to_python([EMERGENCY_CARD])
        cls.topic = cls.publish(cls, topic)
        cls.question = cls.publish(cls, make_question("Why cramps?", cls.topic))
        cls.medicine = cls.publish(cls, make_medicine())

    def read(self, address: str, status: int = 200) -> str:
        response = self.client.get(address)
        assert response.status_code == status, (address, response.status_code)
        return response.content.decode()

    def change(self, page: ClinicalPage, note: str) -> Any:
        page = fresh(page)
        page.summary = f"{note} {PageLogEntry.objects.count()}"
        page.change_note = note
        self.submit(page)
        approve(page, self.ben)
        return fresh(page)


class HandoutTests(HandoutTestCase):
    def handout(self, page: ClinicalPage, query: str = "", status: int = 200) -> str:
        return self.read(f"{page.address}handout/{query}", status)

    def test_it_says_what_the_page_says(self) -> None:
        for page, said in (
            (self.topic, ("About leg cramps.", "A muscle tightens.", "took too much")),
            (self.question, ("A muscle that tightens by itself.", "a sudden pain")),
            (self.medicine, ("Generic name", "Follow the label.", "took too much")),
        ):
            handout = self.handout(page)
            assert [words for words in said if words not in handout] == []
            assert f'<h1 class="title">{page.title}</h1>' in handout
            assert "https://medlineplus.gov/musclecramps.html" in handout
            assert NOTES in handout
            assert "Reviewed by Ben Example" in handout
            assert "Next review due" in handout

    def test_it_says_which_version_it_is_and_where_to_ask_about_it(self) -> None:
        handout = self.handout(self.topic)
        day = date_format(timezone.localdate(self.topic.last_published_at), "j F Y")
        code = code_of(self.topic.live_revision_id)
        assert f"{day}</time>, code <b>{code}</b>" in handout
        assert f">testserver/v/{code}</a>" in handout
        assert f"http://testserver{self.topic.address}" in handout

    def test_a_camera_reads_the_same_address_from_its_square(self) -> None:
        for page in (self.topic, self.question, self.medicine):
            (square,) = qr_codes.printed(self.handout(page))
            code = code_of(page.live_revision_id)
            assert qr_codes.read(square) == [f"http://testserver/v/{code}"]

    def test_the_square_leads_through_the_four_states(self) -> None:
        (square,) = qr_codes.printed(self.handout(self.topic))
        (address,) = qr_codes.read(square)
        assert "This handout is up to date" in self.read(address)
        self.change(self.topic, "The dose was corrected.")
        newer = self.read(address)
        assert "There is a newer version" in newer
        assert "The dose was corrected." in newer
        withdraw(fresh(self.topic), self.lea, "wrong", "Between us.", timezone.now())
        gone = self.read(address)
        assert "This page was taken down" in gone
        assert WithdrawalReason.WRONG.sentence in gone
        PageViewRestriction.objects.create(
            page_id=self.topic.pk, restriction_type=PageViewRestriction.LOGIN
        )
        assert "We do not know this code" in self.read(address, 404)

    def test_it_is_the_live_words_and_none_that_wait(self) -> None:
        page = fresh(self.topic)
        page.summary = page.change_note = "Words that wait."
        self.submit(page)
        assert "Words that wait." not in self.handout(self.topic)

    def test_short_answers_of_published_questions_stand_on_it(self) -> None:
        make_question("A secret question?", self.topic, short_answer="A secret.")
        handout = self.handout(self.topic)
        assert "<dt>Why cramps?</dt>" in handout
        assert "A muscle that tightens by itself." in handout
        assert "secret" not in handout

    def test_paper_and_size_are_a_plain_link_away(self) -> None:
        handout = self.handout(self.topic)
        address = f"{self.topic.address}handout/"
        for query in ("?paper=letter", "?size=large"):
            assert f'href="{address}{query}"' in handout
        large = self.handout(self.topic, "?paper=letter&size=large")
        assert 'data-paper="letter" data-size="large"' in large
        assert f'href="{address}?paper=letter"' in large
        assert f'href="{address}?size=large"' in large
        assert "handout.pdf?paper=letter&amp;size=large" in large

    def test_paper_that_nobody_knows_gets_a_sentence(self) -> None:
        handout = self.handout(self.topic, "?paper=bark&size=huge", 400)
        assert "We do not know that paper" in handout
        assert "We do not know that size" in handout
        assert 'data-paper="a4" data-size="normal"' in handout

    def test_search_engines_are_sent_to_the_page(self) -> None:
        handout = self.handout(self.topic, "?size=large")
        assert '<meta name="robots" content="noindex">' in handout
        canonical = f"http://testserver{self.topic.address}"
        assert f'<link rel="canonical" href="{canonical}">' in handout

    def test_the_page_leads_to_it(self) -> None:
        for page in (self.topic, self.question, self.medicine):
            assert f'href="{page.address}handout/"' in self.read(page.address)

    def test_the_demonstration_says_so_on_paper_too(self) -> None:
        banner = "Demonstration content, not medical advice"
        assert banner not in self.handout(self.topic)
        DemonstrationItem.objects.note(self.topic)
        assert banner in self.handout(self.topic)

    def test_a_late_review_is_told(self) -> None:
        self.topic.review_schedule.__class__.objects.filter(page=self.topic.pk).update(
            overdue_on=timezone.localdate() - timedelta(days=1)
        )
        assert "past its review date" in self.handout(self.topic)

    def test_a_page_that_was_taken_down_says_why_and_a_merged_one_leads_on(
        self,
    ) -> None:
        other = self.publish(make_topic("Calf cramps"))
        address = f"{self.topic.address}handout/"
        withdraw(self.topic, self.lea, "merged", "Same.", timezone.now(), other)
        response = self.client.get(f"{address}?size=large")
        assert response.status_code == 301
        assert response["Location"] == f"{other.address}handout/?size=large"
        withdraw(fresh(other), self.lea, "outdated", "Old.", timezone.now())
        assert WithdrawalReason.OUTDATED.sentence in self.read(address, 410)

    def test_it_can_only_be_read(self) -> None:
        assert self.client.post(f"{self.topic.address}handout/").status_code == 405


class DraftTests(HandoutTestCase):
    """What the editor shows of a handout; only who may see the draft sees it."""

    def preview(self, page: ClinicalPage) -> str:
        response = page.make_preview_request(preview_mode="handout")
        assert response.status_code == 200
        return response.content.decode()

    def test_it_is_marked_and_cannot_be_taken_for_approved(self) -> None:
        page = fresh(self.topic)
        page.title = "New words"
        page.save_revision()
        said = self.preview(page.get_latest_revision_as_object())
        assert '<h1 class="title">New words</h1>' in said
        assert '<p class="watermark" aria-hidden="true">DRAFT</p>' in said
        assert "Draft, not approved" in said
        for words in ("Reviewed by", "Version of", "/v/", 'class="qr"'):
            assert words not in said

    def test_a_page_that_was_never_saved(self) -> None:
        for model in (TopicPage, FAQPage, MedicationPage):
            draft = model(title="Not saved yet", summary="A summary.")
            draft.set_url_path(section(model.page_kind))
            assert "Not saved yet" in self.preview(draft)

    def test_the_editor_offers_it_beside_the_page(self) -> None:
        assert [name for name, _ in self.topic.preview_modes] == ["", "handout"]
        self.sign_in(self.ana)
        draft = make_topic("A draft")
        draft.save_revision(user=self.ana)
        address = reverse("wagtailadmin_pages:view_draft", args=[draft.pk])
        self.assertNotContains(self.client.get(address), "watermark")

    def test_the_public_cannot_ask_for_it(self) -> None:
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[self.topic.pk])
        response = self.client.get(f"{address}?mode=handout")
        assert response.status_code == 302
        assert "/login/" in response["Location"]


class BundleTests(HandoutTestCase):
    def setUp(self) -> None:
        pages = (self.medicine, self.topic)
        self.query = "&".join(f"p={page.address.strip('/')}" for page in pages)

    def test_each_page_has_its_place_and_its_own_code(self) -> None:
        said = self.read(f"/handouts/?{self.query}")
        titles = re.findall(r'<h2 class="title">(.*?)</h2>', said)
        assert titles == ["Ibuprofen", "Leg cramps"]
        assert re.findall(r'href="#(sheet-\d)"', said) == ["sheet-1", "sheet-2"]
        codes = [qr_codes.read(square) for square in qr_codes.printed(said)]
        assert codes == [
            [f"http://testserver/v/{code_of(page.live_revision_id)}"]
            for page in (self.medicine, self.topic)
        ]

    def test_there_is_one_heading_of_all_and_one_box_for_notes(self) -> None:
        said = self.read(f"/handouts/?{self.query}")
        assert said.count("<h1") == 1
        assert said.count(f">{NOTES}</h2>") == 1
        ids = re.findall(r'\sid="([^"]*)"', said)
        assert len(ids) == len(set(ids))

    def test_a_page_that_is_asked_for_twice_comes_once(self) -> None:
        said = self.read(f"/handouts/?{self.query}&{self.query}")
        assert said.count('<h2 class="title">') == 2

    def test_what_is_not_on_the_site_is_told_and_the_rest_shows(self) -> None:
        draft = make_topic("A secret draft")
        for name in ("topics/nothing", draft.address.strip("/"), "x", "", "%00é/%2F"):
            address = f"/handouts/?p={name}&{self.query}"
            if "%00" in name:
                assert self.client.get(address).status_code == 400
                continue
            said = self.read(address, 404)
            assert NOT_HERE in said
            assert said.count('<h2 class="title">') == 2
            assert "secret draft" not in said

    def test_what_a_lead_took_down_is_left_out(self) -> None:
        withdraw(self.topic, self.lea, "wrong", "Wrong.", timezone.now())
        said = self.read(f"/handouts/?{self.query}", 404)
        assert NOT_HERE in said
        assert "Leg cramps" not in said

    def test_a_merged_page_is_there_as_the_one_that_took_its_place(self) -> None:
        other = self.publish(make_topic("Calf cramps"))
        withdraw(self.topic, self.lea, "merged", "Same.", timezone.now(), other)
        assert '<h2 class="title">Calf cramps</h2>' in self.read(
            f"/handouts/?{self.query}"
        )

    def test_too_many_are_cut_with_a_sentence(self) -> None:
        pages = [make_topic(f"Topic {n}", live=True) for n in range(MOST_PAGES + 3)]
        query = "&".join(f"p={page.address.strip('/')}" for page in pages)
        said = self.read(f"/handouts/?{query}", 400)
        assert TOO_MANY in said
        assert said.count('<h2 class="title">') == MOST_PAGES
        assert self.client.get(f"/handouts/?{'p=a/b&' * 4000}").status_code == 404

    def test_nothing_to_show_leads_to_the_choice_of_pages(self) -> None:
        assert "Put a handout together" in self.read("/handouts/")
        said = self.read("/handouts/?p=topics/nothing", 404)
        assert NONE_HERE in said
        assert "Put a handout together" in said

    def test_every_handout_leads_to_adding_pages(self) -> None:
        said = self.read(f"{self.topic.address}handout/")
        assert 'href="/handouts/choose/?p=topics/leg-cramps"' in said


class ChoosingTests(HandoutTestCase):
    def choose(self, query: str, status: int = 200) -> str:
        return self.read(f"/handouts/choose/?{query}", status)

    def offered(self, query: str) -> list[str]:
        return re.findall(r'type="checkbox" name="p" value="(.*?)"', self.choose(query))

    def test_titles_are_searched_by_any_of_their_words(self) -> None:
        assert self.offered("q=cramp") == ["topics/leg-cramps", "questions/why-cramps"]
        assert self.offered("q=CRAMPS+leg") == ["topics/leg-cramps"]
        assert "No page has these words" in self.choose("q=zebra")
        said = self.choose("p=topics/leg-cramps&q=zebra")
        assert "No other page has these words" in said
        assert self.offered("") == []

    def test_only_what_the_public_reads_is_offered(self) -> None:
        make_topic("Cramps that nobody approved")
        assert len(self.offered("q=cramps")) == 2

    def test_what_is_chosen_is_not_offered_again_and_is_sent_along(self) -> None:
        query = "p=topics/leg-cramps&q=cramps"
        assert self.offered(query) == ["questions/why-cramps"]
        said = self.choose(query)
        assert 'type="hidden" name="p" value="topics/leg-cramps"' in said
        assert 'href="/handouts/?p=topics/leg-cramps"' in said

    def test_who_adds_without_a_tick_is_told_to_tick(self) -> None:
        assert TICK_ONE not in self.choose("q=cramp")
        assert TICK_ONE in self.choose("q=cramp&add=0")
        said = self.choose("p=topics/leg-cramps&q=cramp&add=0")
        assert TICK_ONE not in said
        assert 'name="add" value="1"' in said
        assert TICK_ONE in self.choose("p=topics/leg-cramps&q=cramp&add=1")

    def test_pages_change_places_and_leave(self) -> None:
        said = self.choose("p=topics/leg-cramps&p=medicines/ibuprofen&q=leg")
        moved = "p=medicines/ibuprofen&amp;p=topics/leg-cramps&amp;q=leg"
        assert f'href="/handouts/choose/?{moved}">Move up' in said
        assert said.count(">Move up") == 1
        left = "/handouts/choose/?p=topics/leg-cramps&amp;q=leg"
        assert f'href="{left}">Remove' in said

    def test_nonsense_gets_an_answer(self) -> None:
        self.choose(f"q={'x' * 10_000}")
        self.choose("q=%25_%5C'%22")
        self.choose("p=%F0%9F%99%82&p=topics/leg-cramps", 404)
        assert self.client.post("/handouts/choose/").status_code == 405


class PaperTests(SimpleTestCase):
    def test_large_print_is_at_least_sixteen_points(self) -> None:
        with open("education/static/education/handout.css") as file:
            styles = file.read()
        (size,) = re.findall(
            r'html\[data-size="large"\] \{\s*font-size: ([\d.]+)pt', styles
        )
        assert float(size) >= 16
