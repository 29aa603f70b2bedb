"""Pages that show what the demonstration does not: every block, and what is gone."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from education.blocks import AnswerBlock, CareCardBlock
from education.models import (
    Alias,
    Brand,
    DemonstrationItem,
    FAQPage,
    HomePage,
    MedicationPage,
    NeededPage,
    QuestionMedicine,
    RelatedQuestion,
    TopicPage,
    withdraw,
)
from education.vocabulary import (
    BrandStatus,
    CareLevel,
    HealthAspect,
    TagGroup,
    WithdrawalReason,
)
from tests.factories import (
    make_medicine,
    make_question,
    make_tag,
    make_topic,
    publish,
    set_the_scene,
)


class Stage:
    """Where `set_the_scene` puts the cast."""


def add_every_state() -> Stage:
    """Install the portal with its cast, and publish pages with all that can be said."""
    stage = Stage()
    set_the_scene(stage)
    topic, medicine = whole_topic(), whole_medicine()
    question = whole_question(topic, medicine)
    tags = make_tag("Calf"), make_tag("NSAIDs", TagGroup.MEDICINE_CLASS)
    for page in (topic, question, medicine):
        page.care_cards = stream(type(page), "care_cards", care_cards())
        page.tags.add(*tags)
        page.other_words = [Alias(text=f"Other words for {page.title.lower()}")]
        publish(page, stage.ana, stage.ben, stage.chloe)
    NeededPage.objects.create(page=HomePage.objects.get(), needed=topic)
    DemonstrationItem.objects.note(topic)
    gone = publish(make_topic("Leg rash"), stage.ana, stage.ben)
    withdraw(
        gone, stage.lea, WithdrawalReason.OUTDATED, "It is too old.", timezone.now()
    )
    return stage


def whole_topic() -> TopicPage:
    sections = [
        {"type": "section", "value": {"aspect": aspect, "heading": "", "body": body()}}
        for aspect in HealthAspect
    ]
    return make_topic(
        "Every part of a topic",
        key_points="<ul><li>Most cramps pass.</li></ul>",
        sections=stream(TopicPage, "sections", sections),
    )


def whole_medicine() -> MedicationPage:
    medicine = make_medicine(
        "Every part of a medicine",
        boxed_warning="<p>It can harm the heart.</p>",
        key_facts="<ul><li>It eases pain.</li></ul>",
        interactions_medicines="<p>Not with naproxen.</p>",
        drowsiness="Sometimes",
        alcohol="Do not drink with it.",
        longest_use="Ten days",
        controlled_schedule="IV",
        pronunciation="eye-byoo-PROH-fen",
    )
    medicine.side_effects_cards = stream(MedicationPage, "care_cards", care_cards())
    medicine.brands = [
        Brand(name=f"Brand {status}", status=status, note="also contains caffeine")
        for status in BrandStatus
    ]
    return medicine


def whole_question(topic: TopicPage, medicine: MedicationPage) -> FAQPage:
    """A question with everything, and another with a list of names that is long."""
    question = make_question(
        "Every part of a question?",
        topic,
        slug="every-part-of-a-question",
        answer=stream(FAQPage, "answer", body()),
        scope="medicine",
    )
    other = make_question("How long do cramps last?", topic, live=True)
    for number in range(110):
        Alias.objects.create(page=other, text=f"Painful word {number}")
    question.medicine_rows = [QuestionMedicine(medicine=medicine)]
    question.related_rows = [RelatedQuestion(question=other)]
    return question


def body() -> list[dict[str, Any]]:
    """One of each block of a text, with the words of its preview."""
    return [
        {"type": name, "value": child.get_api_representation(child.get_preview_value())}
        if hasattr(child, "child_blocks")
        else {"type": name, "value": child.meta.preview_value}
        for name, child in AnswerBlock().child_blocks.items()
    ]


def care_cards() -> list[dict[str, Any]]:
    said = CareCardBlock().meta.preview_value
    return [
        {"type": "care_card", "value": said | {"level": level}} for level in CareLevel
    ]


def stream(model: Any, name: str, raw: list[dict[str, Any]]) -> Any:
    return model._meta.get_field(name).to_python(raw)
