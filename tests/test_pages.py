"""What a reader sees on a topic, a question and a medicine."""

from __future__ import annotations

import re
from typing import Any

from education.models import (
    Alias,
    Brand,
    ClinicalPage,
    FAQPage,
    MedicationPage,
    MedicationUse,
    QuestionMedicine,
    RelatedQuestion,
    TaggedPage,
    TopicPage,
)
from education.vocabulary import AliasKind, BrandStatus, TagGroup
from tests.factories import (
    EMERGENCY_CARD,
    PortalTestCase,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
)

BANNER = "Demonstration content, not medical advice; not reviewed by a clinician."


def stream(model: type[ClinicalPage], name: str, raw: list[dict]) -> Any:
    return model._meta.get_field(name).to_python(raw)


def card(level: str, heading: str) -> dict[str, Any]:
    said = {"level": level, "heading": heading, "reasons": ["it hurts"], "action": ""}
    return {"type": "care_card", "value": said}


def words(html: str) -> str:
    """What the page says, without its markup."""
    main = re.search(r"<main.*</main>", html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", main[0] if main else html).split())


class PageTestCase(PortalTestCase):
    def read(self, address: str) -> str:
        response = self.client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    def says_in_order(self, address: str, *parts: str) -> None:
        said = words(self.read(address))
        places = [said.find(part) for part in parts]
        assert -1 not in places, (parts[places.index(-1)], said)
        assert places == sorted(places), dict(zip(parts, places, strict=True))


class TopicTests(PageTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        body = [{"type": "text", "value": "<p>Some words.</p>"}]
        sections = [
            {
                "type": "section",
                "value": {"aspect": aspect, "heading": "", "body": body},
            }
            for aspect in ("overview", "self_care", "self_care")
        ]
        cards = [
            card("non_urgent", "See a doctor if:"),
            card("urgent", "Call today if:"),
            card("emergency", "Call 911 if:"),
        ]
        cls.topic = make_topic(
            live=True,
            sections=stream(TopicPage, "sections", sections),
            care_cards=stream(TopicPage, "care_cards", cards),
        )
        Alias.objects.create(page=cls.topic, text="Charley horse")
        Alias.objects.create(
            page=cls.topic, text="why it cramps", kind=AliasKind.ASKED_AS
        )
        make_question("Why do cramps hurt?", cls.topic, live=True)
        medicine = make_medicine(live=True)
        MedicationUse.objects.create(page=medicine, topic=cls.topic)

    def test_it_reads_in_the_order_in_which_it_is_needed(self) -> None:
        self.says_in_order(
            self.topic.address,
            "Muscle cramps",
            "Also called: Charley horse",
            "About muscle cramps.",
            "Emergency: act now . Call 911 if:",
            "Urgent advice . Call today if:",
            "On this page",
            "Some words.",
            "Non-urgent advice . See a doctor if:",
            "Why do cramps hurt?",
            "Ibuprofen",
            "Sources Muscle cramps MedlinePlus",
        )

    def test_a_question_unfolds_its_short_answer_and_leads_to_its_page(self) -> None:
        said = self.read(self.topic.address)
        folded = re.findall(r"<details.*?</details>", said, re.DOTALL)
        assert [words(each) for each in folded] == [
            "Why do cramps hurt? A muscle that tightens by itself. "
            "Read the full answer : Why do cramps hurt?"
        ]
        assert 'href="/questions/why-do-cramps-hurt/"' in folded[0]

    def test_when_to_get_help_is_never_folded_away(self) -> None:
        for folded in re.findall(
            r"<details.*?</details>", self.read(self.topic.address), re.DOTALL
        ):
            assert "care-card" not in folded

    def test_a_question_without_a_short_answer_is_a_link(self) -> None:
        FAQPage.objects.update(short_answer="")
        said = self.read(self.topic.address)
        assert "<details" not in said
        assert ">Why do cramps hurt?</a>" in said

    def test_other_wordings_only_help_searching(self) -> None:
        assert "why it cramps" not in self.read(self.topic.address)

    def test_each_section_has_an_anchor_of_its_own(self) -> None:
        said = self.read(self.topic.address)
        for anchor in ("overview", "self-care", "self-care-2"):
            assert said.count(f'id="{anchor}"') == 1
            assert f'href="#{anchor}"' in said

    def test_no_identifier_stands_twice_and_there_is_one_title(self) -> None:
        said = self.read(self.topic.address)
        ids = re.findall(r'\sid="([^"]*)"', said)
        assert len(ids) == len(set(ids))
        assert said.count("<h1>") == 1


class QuestionTests(PageTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.topic = make_topic(live=True)
        cards = stream(FAQPage, "care_cards", [EMERGENCY_CARD])
        cls.question = make_question(
            "Why do cramps hurt?", cls.topic, live=True, care_cards=cards
        )
        cls.other = make_question("Do cramps last?", cls.topic, live=True)
        medicine = make_medicine(live=True)
        QuestionMedicine.objects.create(page=cls.question, medicine=medicine)
        RelatedQuestion.objects.create(page=cls.question, question=cls.other)

    def test_the_short_answer_comes_first(self) -> None:
        self.says_in_order(
            self.question.address,
            "Why do cramps hurt?",
            "Short answer A muscle that tightens by itself.",
            "Call an ambulance now if:",
            "It is a sudden pain.",
            "Sources",
            "Health topics Muscle cramps",
            "Medicines Ibuprofen",
            "Related questions Do cramps last?",
        )


class MedicineTests(PageTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.medicine = make_medicine(
            live=True,
            pronunciation="eye-byoo-PROH-fen",
            boxed_warning="<p>It can harm the heart.</p>",
            controlled_schedule="IV",
        )
        tag = make_tag("NSAIDs", TagGroup.MEDICINE_CLASS)
        TaggedPage.objects.create(tag=tag, content_object_id=cls.medicine.pk)
        Brand.objects.create(page=cls.medicine, name="Advil", sort_order=0)
        Brand.objects.create(
            page=cls.medicine,
            name="Combogesic",
            status=BrandStatus.COMBINATION,
            note="also contains acetaminophen",
            sort_order=1,
        )

    def test_the_warning_the_facts_and_the_parts_stand_in_order(self) -> None:
        self.says_in_order(
            self.medicine.address,
            "Ibuprofen",
            "A pain reliever.",
            "Boxed warning",
            "It can harm the heart.",
            "Generic name ibuprofen",
            "Say it eye-byoo-PROH-fen",
            "Advil",
            "Combogesic Combination product (holds other medicines too)",
            "also contains acetaminophen",
            "Kind of medicine NSAIDs",
            "Prescription only",
            "Schedule IV",
            "How and when to take it Follow the label.",
            "If you take too much Too much harms the stomach.",
            "Call an ambulance now if:",
        )

    def test_its_class_leads_to_the_tag(self) -> None:
        assert 'href="/tags/nsaids/"' in self.read(self.medicine.address)

    def test_empty_parts_do_not_show(self) -> None:
        said = self.read(self.medicine.address)
        assert "Older adults" not in said
        assert 'href="#how-to-take"' in said
        assert 'id="how-to-take"' in said

    def test_a_medicine_that_is_not_controlled_does_not_say_so(self) -> None:
        MedicationPage.objects.update(controlled_schedule="none")
        assert "Controlled medicine" not in self.read(self.medicine.address)
