"""What the portal tells clinicians while they write."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.models import Locale
from wagtail.rich_text import expand_db_html

from education.blocks import (
    AnswerBlock,
    BodyBlock,
    CareCardBlock,
    CareCardsBlock,
    SectionsBlock,
)
from education.models import (
    Brand,
    ClinicalCode,
    FAQPage,
    RelatedQuestion,
    Tag,
)
from education.models.faqs import question_key
from education.richtext import plain_text
from education.vocabulary import BrandStatus, CodeSystem, Kind, TagGroup
from tests.factories import (
    PortalTestCase,
    fresh,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
    question_form,
    section,
)


class QuestionRules(PortalTestCase):
    def test_a_question_ends_with_a_question_mark(self):
        question = make_question("What is a cramp")
        with pytest.raises(ValidationError, match="ends with a question mark"):
            self.submit(question)

    def test_a_question_is_asked_once_in_its_language(self):
        make_question("What is a cramp?")
        again = make_question("what is  a CRAMP ?", slug="again")
        with pytest.raises(ValidationError, match="here already"):
            self.submit(again)

    def test_the_same_words_may_be_asked_in_another_language(self):
        question = make_question("What is a cramp?")
        spanish = Locale.objects.create(language_code="es")
        other = FAQPage(
            title="What is a cramp?", slug="otra", locale=spanish, live=False
        )
        question.get_parent().add_child(instance=other)
        other.full_clean()
        assert FAQPage.objects.filter(question_key="what is a cramp").count() == 2

    def test_accents_and_punctuation_do_not_make_another_question(self):
        assert question_key("¿Qué es un calambre?") == question_key(
            "que es un calambre"
        )

    def test_a_question_has_at_most_three_related_ones(self):
        question = make_question()
        others = [make_question(f"What is cramp {number}?") for number in range(4)]
        question.related_rows = [RelatedQuestion(question=other) for other in others]
        with pytest.raises(ValidationError, match="at most three"):
            question.full_clean()

    def test_the_first_topic_is_the_main_one(self):
        topic = make_topic("Back spasms")
        assert make_question(topic=topic).main_topic == topic

    def test_an_answer_on_getting_help_needs_a_card_and_a_source(self):
        question = make_question(scope="getting_help")
        question.references = []
        assert set(question.unmet_needs()) == {"references", "care_cards"}

    def test_a_draft_may_still_lack_its_question_mark(self):
        page = make_question()
        self.sign_in(self.ana)
        self.client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            question_form(page, title="What is a cramp"),
        )
        assert fresh(page).title == "What is a cramp"


class CareCardRules(PortalTestCase):
    def card(self, **changes):
        return {
            "level": "emergency",
            "heading": "Call an ambulance if:",
            "reasons": ["you cannot breathe"],
            "action": "<p>Do not drive.</p>",
        } | changes

    def clean(self, **changes):
        block = CareCardBlock()
        return block.clean(block.to_python(self.card(**changes)))

    def test_a_heading_ends_with_if(self):
        with pytest.raises(StructBlockValidationError) as caught:
            self.clean(heading="Call an ambulance")
        assert "heading" in caught.value.block_errors

    def test_an_emergency_card_holds_no_link_of_any_kind(self):
        for action in (
            '<p><a href="https://example.org">Read on</a></p>',
            '<p><a linktype="page" id="1">Read on</a></p>',
            "<p>See https://example.org</p>",
            "<p>See www.example.org</p>",
        ):
            with self.subTest(action), pytest.raises(StructBlockValidationError):
                self.clean(action=action)

    def test_an_emergency_sign_holds_no_address_either(self):
        with pytest.raises(StructBlockValidationError):
            self.clean(reasons=["see www.example.org"])

    def test_an_urgent_card_may_hold_a_link(self):
        link = '<p><a href="https://example.org">Find a clinic</a></p>'
        assert self.clean(level="urgent", action=link)["level"] == "urgent"

    def test_a_place_has_one_card_of_each_level(self):
        block = CareCardsBlock()
        cards = [{"type": "care_card", "value": self.card()} for _ in range(2)]
        with pytest.raises(StreamBlockValidationError):
            block.clean(block.to_python(cards))


class MedicineRules(PortalTestCase):
    def test_a_dose_needs_a_source(self):
        medicine = make_medicine()
        medicine.references = []
        assert "How and when to take it" in medicine.unmet_needs()["references"][0]

    def test_with_a_source_it_may_be_handed_over(self):
        assert make_medicine().unmet_needs() == {}

    def test_too_much_needs_an_emergency_card(self):
        medicine = make_medicine(too_much_cards=[])
        assert "too_much_cards" in medicine.unmet_needs()

    def test_a_combination_product_says_what_else_it_holds(self):
        brand = Brand(name="Excedrin", status=BrandStatus.COMBINATION)
        with pytest.raises(ValidationError, match="what else it holds"):
            brand.clean()
        brand.note = "also holds acetaminophen and caffeine"
        brand.clean()

    def test_a_medicine_has_one_page(self):
        make_medicine("Ibuprofen")
        again = make_medicine("Advil", generic_name="IBUPROFEN")
        with pytest.raises(ValidationError, match="page on this medicine already"):
            self.submit(again)

    def test_empty_parts_do_not_show(self):
        medicine = make_medicine(uses="<p></p>", storage="<p>Keep it dry.</p>")
        shown = [row["part"].field for row in medicine.parts]
        assert shown == ["how_to_take", "too_much", "storage"]


class CodeRules(PortalTestCase):
    def test_a_code_that_icd_10_cm_does_not_have_is_refused(self):
        for code in ("G24.89", "I20.10", "nonsense"):
            with self.subTest(code), pytest.raises(ValidationError):
                ClinicalCode(
                    system=CodeSystem.ICD_10_CM, code=code, display="x"
                ).clean()

    def test_codes_that_exist_are_taken_in_any_case(self):
        code = ClinicalCode(system=CodeSystem.ICD_10_CM, code=" m62.831 ", display="x")
        code.clean()
        assert code.code == "M62.831"

    def test_a_category_that_is_not_billed_is_taken(self):
        ClinicalCode(system=CodeSystem.ICD_10_CM, code="M62.83", display="x").clean()

    def test_other_systems_are_checked_for_their_shape(self):
        ClinicalCode(system=CodeSystem.SNOMED_CT, code="55300003", display="x").clean()
        with pytest.raises(ValidationError, match="not how SNOMED CT codes look"):
            ClinicalCode(system=CodeSystem.SNOMED_CT, code="R25.2", display="x").clean()


class TagRules(PortalTestCase):
    def test_a_tag_has_one_spelling(self):
        make_tag("Legs")
        twin = Tag(name="legs", slug="legs-2", group=TagGroup.BODY_AREA)
        with pytest.raises(ValidationError, match="with this name already"):
            twin.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()

    def test_a_tag_may_have_a_label_in_another_language(self):
        tag = make_tag("Legs")
        tag.labels.create(language="es", label="Piernas")
        assert tag.label_in("es") == "Piernas"
        assert tag.label_in("fr") == "Legs"

    def test_an_editor_chooses_tags_in_any_case(self):
        make_tag("Legs")
        make_tag("Night-time symptoms")
        page = make_question()
        self.sign_in(self.ana)
        self.client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            question_form(page, tags='legs, "Night-time symptoms"'),
        )
        assert {tag.name for tag in fresh(page).tags.all()} == {
            "Legs",
            "Night-time symptoms",
        }

    def test_an_editor_who_makes_up_a_tag_is_told_so(self):
        make_tag("Legs")
        page = make_question()
        self.sign_in(self.ana)
        response = self.client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            question_form(page, tags="Legs, Somethingnew"),
        )
        self.assertContains(response, "There is no tag named Somethingnew")
        assert not Tag.objects.filter(name="Somethingnew").exists()


class BlocksTests(PortalTestCase):
    def test_every_block_has_an_icon_a_description_and_a_preview(self):
        blocks = [
            *BodyBlock().child_blocks.values(),
            *AnswerBlock().child_blocks.values(),
            *CareCardsBlock().child_blocks.values(),
            *SectionsBlock().child_blocks.values(),
        ]
        for block in blocks:
            with self.subTest(block.name):
                assert block.meta.icon != "placeholder"
                assert block.get_description()
                assert block.is_previewable
                assert block.render(block.get_preview_value())

    def test_plain_text_keeps_list_items_apart(self):
        assert plain_text("<ul><li>one</li><li>two &amp; three</li></ul>") == (
            "one\ntwo & three"
        )


class LinksInTextTests(PortalTestCase):
    def shown(self, page):
        return expand_db_html(f'<p><a linktype="page" id="{page.pk}">Read on</a></p>')

    def test_a_link_to_a_published_page_leads_there(self):
        page = self.publish(make_topic("Back spasms"))
        assert 'href="/topics/back-spasms/"' in self.shown(page)

    def test_a_link_to_a_draft_is_plain_text(self):
        draft = make_topic("Secret draft")
        assert self.shown(draft) == "<p><a>Read on</a></p>"


class DosesNeedSourcesTests(PortalTestCase):
    def test_any_text_on_a_medicine_needs_one(self):
        medicine = make_medicine(
            how_to_take="", children="<p>Give 500 mg every hour.</p>"
        )
        medicine.references = []
        assert "500 mg" in medicine.unmet_needs()["references"][0]

    def test_a_question_that_speaks_of_a_dose_needs_one(self):
        for words in (
            "Yes, take 4000 mg.",
            "Take 2 tablets.",
            "Take it 3 times a day.",
        ):
            question = make_question(f"Is it {words[:12]}?", short_answer=words)
            question.references = []
            with self.subTest(words):
                assert "references" in question.unmet_needs()

    def test_a_question_without_one_does_not(self):
        question = make_question(short_answer="It lasts 10 minutes.")
        question.references = []
        assert question.unmet_needs() == {}


class OnlySpacesTests(PortalTestCase):
    def test_rich_text_that_says_nothing_is_kept_as_empty(self) -> None:
        for nothing in (
            "<p> </p>",
            "<p>&nbsp;</p>",
            "<ul><li></li></ul>",
            "<p><br/></p>",
        ):
            with self.subTest(nothing):
                topic, medicine = make_topic(), make_medicine()
                topic.key_points = medicine.storage = nothing
                for page in (topic, medicine):
                    page.clean()
                assert (topic.key_points, medicine.storage) == ("", "")
                topic.delete()
                medicine.delete()

    def test_rich_text_that_says_something_stays_as_it_is(self) -> None:
        medicine = make_medicine()
        medicine.storage = said = "<p>Keep it <b>dry</b>.</p><p> </p>"
        medicine.clean()
        assert medicine.storage == said


class PreviewLooksTests(PortalTestCase):
    def test_the_block_picker_shows_blocks_as_readers_see_them(self):
        html = render_to_string(
            "wagtailcore/shared/block_preview.html",
            {"block_def": BodyBlock(), "bound_block": ""},
        )
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
        assert sheets
        for sheet in sheets:
            assert self.client.get(sheet).headers["Content-Type"].startswith("text/css")


class WritingBeginsTests(PortalTestCase):
    def test_an_author_can_begin_a_page_of_each_kind(self):
        self.client.force_login(self.ana)
        for model, kind in (
            ("topicpage", Kind.TOPIC),
            ("faqpage", Kind.QUESTION),
            ("medicationpage", Kind.MEDICINE),
        ):
            form = reverse(
                "wagtailadmin_pages:add", args=["education", model, section(kind).pk]
            )
            assert self.client.get(form).status_code == 200, model
