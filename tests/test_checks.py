"""What editors are told of their writing, beside the form and on handing over."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from education.importer.keeping import accept_question
from education.models import FAQPage, MedicationPage, Reference, TopicPage
from education.models.writing import findings
from tests.factories import (
    EMERGENCY_CARD,
    PortalTestCase,
    fresh,
    make_medicine,
    make_question,
    make_topic,
    question_form,
)
from tests.imported import make_file, make_question_piece

LONG = " ".join(["word"] * 26).capitalize() + "."


def answer(text):
    field = FAQPage._meta.get_field("answer")
    return field.to_python([{"type": "text", "value": text}])


def rules_on(page):
    found, _ = findings(page, timezone.now())
    return {finding.rule for finding in found}


class ChecksTestCase(PortalTestCase):
    def panel(self, page, person=None):
        self.sign_in(person or self.ana)
        return self.client.get(reverse("checks:checks", args=[page.pk]))

    def hand_over(self, page, **changes):
        self.sign_in(self.ana)
        return self.client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            question_form(page, **{"action-submit": "1", **changes}),
        )


class WhatThePanelSays(ChecksTestCase):
    def test_it_reads_the_newest_draft(self):
        page = self.publish(make_question())
        page.short_answer = LONG
        page.save_revision(user=self.ana)
        response = self.panel(page)
        self.assertContains(response, "Must be put right before you hand it over")
        self.assertContains(response, "This sentence has 26 words")
        self.assertContains(response, "on the tab “Content”")

    def test_a_page_in_order_may_be_handed_over(self):
        self.assertContains(
            self.panel(make_question()), "Nothing keeps you from handing it over"
        )

    def test_words_that_are_typed_are_never_taken_for_html(self):
        page = make_question(short_answer=f"<img src=x onerror=alert(1)> {LONG}")
        self.assertNotContains(self.panel(page), "<img")

    def test_it_is_for_those_who_may_edit_only(self):
        page = make_question()
        assert self.panel(page, self.vera).status_code == 404
        self.client.logout()
        response = self.client.get(reverse("checks:checks", args=[page.pk]))
        assert response.status_code == 302

    def test_a_page_that_is_not_there_or_has_no_checks_is_not_found(self):
        self.sign_in(self.ana)
        for pk in (0, 999_999, make_topic().get_parent().pk):
            response = self.client.get(reverse("checks:checks", args=[pk]))
            assert response.status_code == 404

    def test_it_says_where_imported_words_come_from_and_what_is_copied(self):
        file = make_file(self.ana)
        page = accept_question(make_question_piece(file), self.ana, timezone.now())
        response = self.panel(page)
        self.assertContains(response, "Where the words come from")
        for words in ("migraine.txt", "lines 2-5", file.sha256):
            self.assertContains(response, words)
        self.assertNotContains(self.panel(make_question()), "Where the words")

    def test_the_editor_opens_with_it(self):
        page = make_question(short_answer="")
        self.sign_in(self.ana)
        response = self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        url = reverse("checks:checks", args=[page.pk])
        self.assertContains(response, f'data-checks-url="{url}"')
        self.assertContains(response, "Write the short answer.")
        self.assertContains(response, "education/js/checks.js")

    def test_a_new_page_has_it_too(self):
        self.sign_in(self.ana)
        parent = make_question().get_parent()
        response = self.client.get(
            reverse("wagtailadmin_pages:add", args=["education", "faqpage", parent.pk])
        )
        self.assertContains(response, 'data-checks-url="/cms/checks/0/"')

    def test_every_finding_leads_to_a_panel_of_the_form(self):
        page = make_question(short_answer="", summary="", title="What is it")
        page.topic_rows, page.references = [], []
        page.scope = "medicine"
        page.save()
        self.sign_in(self.ana)
        response = self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        html = response.content.decode()
        anchors = [
            part.split('"')[0] for part in html.split('checks__place" href="#')[1:]
        ]
        assert len(anchors) == 6
        assert all(f'id="{anchor}"' in html for anchor in anchors)


class WhatItCosts(ChecksTestCase):
    def statements(self, page):
        self.panel(page)
        with CaptureQueriesContext(connection) as counted:
            self.client.get(reverse("checks:checks", args=[page.pk]))
        return len(counted)

    def test_as_many_statements_for_many_links_and_questions_as_for_few(self):
        pages = [make_topic(f"Topic {number}") for number in range(4)]
        links = [f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in pages]
        few = self.statements(make_question("Is it one?", answer=answer(links[0])))
        many = self.statements(
            make_question("Is it all?", answer=answer("".join(links)))
        )
        assert few == many <= 30


class HandingOver(ChecksTestCase):
    def test_everything_is_named_in_one_round_and_nothing_is_lost(self):
        page = make_question()
        response = self.hand_over(
            page,
            title="What is a cramp",
            summary="",
            short_answer=LONG,
            **inline("topic_rows"),
            **inline("references"),
            answer=streamfield([("text", rich_text("<p>Take 400 mg.</p>"))]),
        )
        self.assertContains(response, "A question ends with a question mark")
        self.assertContains(response, "Write a summary")
        self.assertContains(response, "This sentence has 26 words")
        self.assertContains(response, "Topics (“Find it” tab)")
        self.assertContains(response, "Sources (“Sources” tab)")
        self.assertContains(response, LONG)
        assert fresh(page).current_workflow_state is None

    def test_a_field_with_a_mistake_of_its_own_does_not_hide_the_others(self):
        page = make_question()
        response = self.hand_over(page, slug="not a slug!", short_answer="")
        self.assertContains(response, "Write the short answer.")
        self.assertContains(response, "slug")
        assert fresh(page).current_workflow_state is None

    def test_the_same_may_be_saved_as_a_draft(self):
        page = make_question()
        self.hand_over(page, short_answer=LONG, **{"action-submit": ""})
        assert fresh(page).short_answer == LONG

    def test_without_the_form_the_same_rules_hold(self):
        page = make_question(title="What is a cramp", short_answer=LONG)
        with pytest.raises(ValidationError):
            self.submit(page)
        page.slug = "not a slug!"
        with pytest.raises(ValidationError) as caught:
            page.check_ready_for_approval()
        assert set(caught.value.message_dict) == {"title", "short_answer", "slug"}

    def test_a_change_of_a_source_alone_asks_what_changed(self):
        text = '<p data-block-key="abcde">It is a pain.</p>'
        page = self.publish(make_question(answer=answer(text)))
        same = {"answer": streamfield([("text", rich_text(text))])}
        same["answer-0-id"] = page.answer[0].id
        response = self.hand_over(
            page, **nested_form_data(same), **inline("references")
        )
        self.assertContains(response, "Say in one sentence what is new")
        response = self.hand_over(page, **nested_form_data(same), summary="")
        self.assertContains(response, "Say in one sentence what is new")
        response = self.hand_over(page, **nested_form_data(same), scope="")
        self.assertNotContains(response, "Say in one sentence what is new")

    def test_a_page_with_dated_sources_is_not_taken_for_changed(self):
        page = make_question()
        page.references = [
            Reference(
                title="Cramps",
                publisher="NHS",
                url="https://example.org/",
                accessed=date(2026, 1, 2),
            )
        ]
        page.save()
        page = self.publish(page)
        draft = page.get_latest_revision_as_object()
        assert not draft.is_a_change
        draft.short_answer = "Another."
        assert draft.is_a_change

    def test_reading_the_blocks_is_no_change(self):
        page = self.publish(make_medicine(side_effects_cards=[EMERGENCY_CARD]))
        draft = page.get_latest_revision_as_object()
        assert "missing" not in rules_on(draft)
        assert not draft.is_a_change


class PagesOfEveryKind(ChecksTestCase):
    def test_a_topic_on_getting_help_needs_a_card(self):
        sections = [
            {"type": "section", "value": {"aspect": "getting_help", "body": []}}
        ]
        field = TopicPage._meta.get_field("sections")
        topic = make_topic(sections=field.to_python(sections))
        topic.sections[0].value["heading"] = "When to call"
        assert "care_cards" in topic.unmet_needs()

    def test_a_medicine_without_sources_is_told_where(self):
        medicine = make_medicine(pregnancy_breastfeeding="<p>Ask first.</p>")
        medicine.references = []
        (said,) = medicine.unmet_needs()["references"]
        assert "How and when to take it" in said
        assert "Pregnancy and breastfeeding" in said

    def test_a_link_to_a_draft_is_worth_another_look(self):
        draft = make_topic("Secret draft")
        link = f'<p><a linktype="page" id="{draft.pk}">Read on</a></p>'
        page = make_question(answer=answer(link))
        found, _ = findings(page, timezone.now())
        (finding,) = [row for row in found if row.rule == "links-that-lead-nowhere"]
        assert "“Secret draft”, which is not published" in finding.what
        assert "links-that-lead-nowhere" not in page.unmet_needs()

    def test_a_link_to_a_public_page_is_fine(self):
        topic = self.publish(make_topic("Back spasms"))
        link = f'<p><a linktype="page" id="{topic.pk}">Read on</a></p>'
        assert "links-that-lead-nowhere" not in rules_on(
            make_question(answer=answer(link))
        )

    def test_a_crafted_link_breaks_nothing(self):
        for number in ("", "x", "-1", "9" * 40, "\u0663", "1 OR 1"):
            link = f'<p><a linktype="page" id="{number}">Read on</a></p>'
            page = make_question(f"Is it {number}?", answer=answer(link))
            with self.subTest(number):
                assert "links-that-lead-nowhere" in rules_on(page)
                page.delete()

    def test_an_image_in_stored_text_needs_words(self):
        image = '<embed embedtype="image" id="1" format="left" alt=""/>'
        medicine = make_medicine(uses=image)
        assert "An image has no description." in medicine.unmet_needs()["uses"][0]

    def test_a_question_asked_before_is_found_among_drafts_too(self):
        make_question("What causes leg cramps?")
        assert "questions-asked-before" in rules_on(
            make_question("Why do I get leg cramps?")
        )

    def test_names_of_medicines_are_known_from_their_pages(self):
        make_medicine("Cyclobenzaprine")
        page = make_question(answer=answer("<p>Cyclobenzaprine helps. </p>" * 9))
        assert MedicationPage.objects.count() == 1
        assert "hard-to-read" not in rules_on(page)


def inline(name):
    form = inline_formset([])
    return {f"{name}-{key}": value for key, value in form.items()}
