"""Pieces of a file go into pages that are there, as new drafts of these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User

from education.import_vocabulary import ItemDecision, ItemKind
from education.importer.findings import Answer, Group
from education.importer.keeping.data import group_of, medicine_of, topic_of
from education.importer.keeping.drafting import brand_rows, chosen_answer
from education.importer.keeping.marking import note_provenance
from education.importer.keeping.newer_versions import newest_words, save_as_draft
from education.importer.keeping.refusals import ItemRefused
from education.importer.keeping.taking import decided, in_hand
from education.importer.keeping.wordings import add_aliases
from education.importer.keeping.words import as_rich_text
from education.models import ClinicalPage, ImportedItem, TopicPage
from education.models.faqs import question_key
from education.vocabulary import AliasKind, HealthAspect, Kind


def accept_as_section(
    item: ImportedItem,
    topic_page: TopicPage,
    aspect: str,
    by: User | None,
    now: datetime,
    answer: int | None = None,
    read: int | None = None,
) -> ClinicalPage:
    """Put an answer into a topic, as a section of this HealthAspect.

    `answer` as in `accept_question`, `read` as in `merge_into`.
    """
    if aspect not in HealthAspect.values:
        raise ItemRefused("Choose what the section is about.")
    with in_hand(item, ItemKind.QUESTION) as held:
        group = group_of(held)
        chosen = chosen_answer(group, answer)
        if chosen is None or not chosen.blocks:
            raise ItemRefused(
                "There is no answer that could become a section. Accept it as a "
                "question, and write the answer there."
            )
        page = newest_words(topic_page, held, by, read)
        if page.kind != Kind.TOPIC:
            raise ItemRefused(f"“{page.title}” is no health topic.")
        words = {"type": "text", "value": as_rich_text(chosen.blocks)}
        section = {"aspect": aspect, "heading": "", "body": [words]}
        _append(page, "sections", {"type": "section", "value": section})
        return _keep(page, held, by, now, ItemDecision.SECTION, _said(group, chosen))


def merge_into(
    item: ImportedItem,
    page: ClinicalPage,
    by: User | None,
    now: datetime,
    answer: int | None = None,
    read: int | None = None,
) -> ClinicalPage:
    """Give a page of the same kind the wordings and the answer, as a new draft of it.

    `answer` as in `accept_question`; -1 adds wordings only. `read` is the
    `latest_revision_id` of the page that the person saw; another one since refuses.
    What the public reads does not change.
    """
    with in_hand(item) as held:
        page = newest_words(page, held, by, read)
        if page.kind != held.kind:
            raise ItemRefused(
                f"“{page.title}” is of another kind: {page.kind_label.lower()}. A "
                "question's answer goes into a topic as a section."
            )
        merge = {
            ItemKind.QUESTION: _merge_question,
            ItemKind.TOPIC: _merge_topic,
            ItemKind.MEDICINE: _merge_medicine,
        }[ItemKind(held.kind)]
        said = merge(page, held, answer)
        return _keep(page, held, by, now, ItemDecision.MERGED, said)


def _merge_question(
    page: ClinicalPage, item: ImportedItem, answer: int | None
) -> list[Answer]:
    group = group_of(item)
    chosen = chosen_answer(group, answer)
    wordings = [group.question, *(variant.text for variant in group.variants)]
    add_aliases(page, wordings, AliasKind.ASKED_AS)
    if chosen and chosen.blocks:
        words = as_rich_text(chosen.blocks)
        _append(page, "answer", {"type": "text", "value": words})
    return _said(group, chosen)


def _merge_topic(
    page: ClinicalPage, item: ImportedItem, answer: int | None
) -> list[Answer]:
    found = topic_of(item)
    add_aliases(page, [found.name, *found.also_called], AliasKind.ALSO_CALLED)
    return []


def _merge_medicine(
    page: ClinicalPage, item: ImportedItem, answer: int | None
) -> list[Answer]:
    found = medicine_of(item)
    has = {question_key(brand.name) for brand in page.brands.all()}
    place = page.brands.count()
    for brand in brand_rows(found):
        if question_key(brand.name) not in has:
            brand.sort_order = place = place + 1
            page.brands.add(brand)
    return []


def _append(page: ClinicalPage, field: str, block: dict) -> None:
    """Put a block behind those that a page has, which stay as they are."""
    blocks = getattr(page, field)
    raw = [*blocks.get_prep_value(), block]
    setattr(page, field, page._meta.get_field(field).to_python(raw))


def _said(group: Group, chosen: Answer | None) -> list[Answer]:
    others = [answer for answer in group.answers if answer is not chosen]
    return [chosen, *others] if chosen else others


def _keep(
    page: ClinicalPage,
    item: ImportedItem,
    by: User | None,
    now: datetime,
    decision: ItemDecision,
    said: Sequence[Answer],
) -> ClinicalPage:
    save_as_draft(page, by)
    note_provenance(page, item, now, said)
    decided(item, decision, by, now, page)
    return page
