"""Pieces of a file become drafts: never live, never handed over, without a reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from education.import_vocabulary import ItemDecision, ItemKind
from education.importer.findings import Answer
from education.importer.keeping.data import group_of, medicine_of, topic_of
from education.importer.keeping.drafting import (
    LONGEST_TITLE,
    chosen_answer,
    free_slug,
    medicine_page,
    question_page,
    topic_page,
)
from education.importer.keeping.marking import note_provenance
from education.importer.keeping.names import medicines_named, topic_called
from education.importer.keeping.refusals import ItemRefused
from education.importer.keeping.taking import decided, in_hand, section_for
from education.models import (
    ClinicalPage,
    FAQPage,
    ImportedItem,
    MedicationPage,
    TopicPage,
)
from education.models.faqs import question_key
from education.models.new_drafts import (
    add_without_rows,
    indexed_at_the_end,
    let_go_of_rows,
    write_rows,
)

HERE_ALREADY = "“{}” is here already. Merge this into that page, or set it aside."


def accept_question(
    item: ImportedItem,
    by: User | None,
    now: datetime,
    question: str | None = None,
    answer: int | None = None,
) -> FAQPage:
    """A draft of the question, with all other wordings as "asked as".

    `question` is the wording to take instead of the proposed one. `answer` is the
    place of the chosen answer in the group, from 0; -1 for none; else the best one,
    where it can be used. Raises ItemRefused, with the `page` that asks the same.
    """
    with in_hand(item, ItemKind.QUESTION) as held:
        group = group_of(held)
        wording = " ".join((question or group.question).split())
        if not question_key(wording):
            raise ItemRefused("Write the question in words.")
        if len(wording) > LONGEST_TITLE:
            raise ItemRefused(
                f"The question has {len(wording)} characters; {LONGEST_TITLE} are the "
                "most. Ask it in fewer words."
            )
        chosen = chosen_answer(group, answer)
        others = [one for one in group.answers if one is not chosen]
        said = [chosen, *others] if chosen else others
        page = question_page(held, group, wording, chosen)
        return _keep(page, held, by, now, said)


def accept_topic(item: ImportedItem, by: User | None, now: datetime) -> TopicPage:
    """A draft of the topic with its other names, and no text yet."""
    with in_hand(item, ItemKind.TOPIC) as held:
        found = topic_of(held)
        page = topic_page(held, found.name[:LONGEST_TITLE], found.also_called)
        return _keep(page, held, by, now)


def accept_medicine(
    item: ImportedItem, by: User | None, now: datetime
) -> MedicationPage:
    """A draft of the medicine with its brands; doubts stand in their notes."""
    with in_hand(item, ItemKind.MEDICINE) as held:
        page = medicine_page(held, medicine_of(held))
        return _keep(page, held, by, now)


def _keep(
    page: Any,
    item: ImportedItem,
    by: User | None,
    now: datetime,
    said: Sequence[Answer] = (),
) -> Any:
    """Save the draft as one that its author began in the CMS."""
    section = section_for(item, page.page_kind, by)
    if twin := _twin(page, item.file.locale_id):
        raise ItemRefused(HERE_ALREADY.format(twin.title), twin)
    page.locale_id, page.owner, page.live = item.file.locale_id, by, False
    page.slug = free_slug(section, page.title, f"{page.page_kind}-{item.position + 1}")
    with indexed_at_the_end([page]):
        add_without_rows(section, page)
        write_rows([page])
        page.save_revision(user=by, log_action=True, clean=False)
    let_go_of_rows(page)
    note_provenance(page, item, now, said)
    decided(item, ItemDecision.ACCEPTED, by, now, page)
    return page


def _twin(page: ClinicalPage, locale_id: int) -> ClinicalPage | None:
    """A page of this language, in any state, that is about the very same."""
    if isinstance(page, FAQPage):
        same = FAQPage.objects.filter(
            question_key=question_key(page.title), locale=locale_id
        )
        return same.first()
    if isinstance(page, MedicationPage):
        return next(iter(medicines_named([page.generic_name], locale_id)), None)
    return topic_called([page.title], locale_id)
