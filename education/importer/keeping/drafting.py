"""Pages made of what was found, not saved yet: words, names and relations."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import slugify
from wagtail.blocks import StreamValue

from education.import_vocabulary import AnswerState, Danger
from education.importer.findings import Answer, FoundBrand, FoundMedicine, Group
from education.importer.keeping.marking import sources_named
from education.importer.keeping.names import medicines_named, topic_named
from education.importer.keeping.refusals import ItemRefused
from education.importer.keeping.tags_suggested import suggested_tags
from education.importer.keeping.wordings import add_aliases
from education.importer.keeping.words import as_rich_text, in_short, is_said_by
from education.importer.passages import Block
from education.models import (
    Brand,
    ClinicalPage,
    FAQPage,
    ImportedItem,
    MedicationPage,
    QuestionMedicine,
    QuestionTopic,
    SectionPage,
    Tag,
    TopicPage,
)
from education.vocabulary import (
    AliasKind,
    AnswerScope,
    BrandStatus,
    ControlledSchedule,
    HealthAspect,
    PrescriptionStatus,
)

LONGEST_TITLE = 255
#: Instead of the place of an answer: none of them.
NO_ANSWER = -1
LONGEST_SLUG = 80
LONGEST_NOTE = Brand._meta.get_field("note").max_length

#: What the brand's note says where nothing else is known of what it holds.
COMBINATION = "Holds other medicines, too. Say which ones before it goes to review."


def best_answer(group: Group) -> int:
    """The place of the best answer that is safe to propose; NO_ANSWER for none.

    One that does not answer is none, and one with a critical warning is left to a
    person who has read it.
    """
    for place, answer in enumerate(group.answers):
        grave = any(flag.danger == Danger.CRITICAL for flag in answer.flags)
        if answer.blocks and answer.state != AnswerState.NONE and not grave:
            return place
    return NO_ANSWER


def chosen_answer(group: Group, answer: int | None) -> Answer | None:
    """The answer at that place; without a choice the best that is safe to propose."""
    if answer is None:
        answer = best_answer(group)
    if answer == NO_ANSWER:
        return None
    if not 0 <= answer < len(group.answers):
        raise ItemRefused("There is no such answer in this group.")
    return group.answers[answer]


def question_page(
    item: ImportedItem, group: Group, question: str, answer: Answer | None
) -> FAQPage:
    """The question with its wordings, relations, tags and, where there is, answer."""
    blocks = answer.blocks if answer else ()
    short = in_short(blocks)
    page = FAQPage(
        title=question,
        short_answer=short,
        scope=scope_of(group),
        answer=answer_blocks(() if is_said_by(short, blocks) else blocks),
    )
    add_aliases(
        page,
        [group.question, *(variant.text for variant in group.variants)],
        AliasKind.ASKED_AS,
    )
    if topic := topic_named(item):
        page.topic_rows = [QuestionTopic(topic=topic, sort_order=0)]
    page.medicine_rows = [
        QuestionMedicine(medicine=medicine, sort_order=place)
        for place, medicine in enumerate(
            medicines_named(group.medicines, item.file.locale_id)
        )
    ]
    _give_tags(page, item, [question, item.topic])
    page.references = sources_named(item)
    return page


def topic_page(item: ImportedItem, name: str, also_called: Sequence[str]) -> TopicPage:
    """The topic with its other names; its text is for people to write."""
    page = TopicPage(title=name)
    add_aliases(page, also_called, AliasKind.ALSO_CALLED)
    _give_tags(page, item, [name, *also_called])
    page.references = sources_named(item)
    return page


def medicine_page(item: ImportedItem, found: FoundMedicine) -> MedicationPage:
    """The medicine with brands and classes; a status only where the file says one.

    Else it stays what an empty form says: on prescription, which is the safe side. A
    medicine that we know to be controlled is never shown as one that is not.
    """
    schedules = {label: value for value, label in ControlledSchedule.choices}
    known = (schedules.get(fact) for _, fact in found.known)
    page = MedicationPage(
        title=found.generic[:1].upper() + found.generic[1:],
        generic_name=found.generic,
        prescription_status=found.prescription or PrescriptionStatus.PRESCRIPTION,
        controlled_schedule=next(filter(None, known), ControlledSchedule.NONE),
    )
    page.brands = brand_rows(found)
    _give_tags(page, item, found.classes)
    return page


def brand_rows(found: FoundMedicine) -> list[Brand]:
    """The brands of a medicine, with what is known or doubtful of each as a note."""
    return [_brand(brand, place) for place, brand in enumerate(found.brands)]


def scope_of(group: Group) -> str:
    """What the answer is about: what may do harm needs a care card and a source."""
    if group.aspect == HealthAspect.GETTING_HELP:
        return AnswerScope.GETTING_HELP
    if group.medicines:
        return AnswerScope.MEDICINE
    if group.aspect == HealthAspect.SELF_CARE:
        return AnswerScope.SELF_CARE
    return AnswerScope.GENERAL


def answer_blocks(blocks: Sequence[Block]) -> StreamValue:
    """An answer as the body of a question: one passage, or none."""
    field = FAQPage._meta.get_field("answer")
    raw = [{"type": "text", "value": as_rich_text(blocks)}] if blocks else []
    return field.to_python(raw)


def free_slug(section: SectionPage, title: str, otherwise: str) -> str:
    """An address under the section that no other page has."""
    wanted = slugify(title)[:LONGEST_SLUG].strip("-") or otherwise
    taken = set(
        section.get_children()
        .filter(slug__startswith=wanted)
        .values_list("slug", flat=True)
    )
    slug, number = wanted, 1
    # Medicines are compared at this address.
    while slug in taken or slug == "compare":
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _brand(brand: FoundBrand, place: int) -> Brand:
    status, note = BrandStatus.CURRENT, brand.doubt
    if brand.is_combination:
        status, note = BrandStatus.COMBINATION, note or COMBINATION
    return Brand(
        name=brand.name[:100],
        status=status,
        note=_shortened(note, LONGEST_NOTE),
        sort_order=place,
    )


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 2].rsplit(' ', 1)[0]} …"


def _give_tags(page: ClinicalPage, item: ImportedItem, texts: Sequence[str]) -> None:
    tags: list[Tag] = suggested_tags(texts, item.file.locale.language_code)
    if tags:
        page.tags.set(tags)
