"""Keeps what a document came to, and makes drafts of it. Nothing goes live from here.

What a desk or a command calls, `now` and the person always handed in:

storing      store(document, by, now) -> ImportedFile
             document_of(file) -> SourceDocument
carrying_on  carry_on(file, rules, known, now, stopping) -> Progress
             carry_on_unfinished(now, stopping) -> int
drafting     best_answer(group) -> int, NO_ANSWER where none is safe to propose
accepting    accept_question(item, by, now, question=None, answer=None) -> FAQPage
             accept_topic(item, by, now) -> TopicPage
             accept_medicine(item, by, now) -> MedicationPage
joining      accept_as_section(item, topic_page, aspect, by, now, answer=None,
                 read=None)
             merge_into(item, page, by, now, answer=None, read=None) -> ClinicalPage
deciding     set_aside(item, reason, by, now) -> None; undo(item, by, now) -> None
nearness     near(item) -> list[NearPage]
work_left    work_left(pages) -> dict[page id, WorkLeft]
handing_over hand_over(pages, by, now) -> HandedOver
applying     apply_all(file, by, now) -> Applied
data         group_of(item), topic_of(item), medicine_of(item), difference_of(item)

Every one that cannot do as asked raises `ItemRefused` with a sentence for whoever
asked, and has then done nothing. `by` is None for a command that names nobody.
"""

from education.importer.keeping.accepting import (
    accept_medicine,
    accept_question,
    accept_topic,
)
from education.importer.keeping.applying import Applied, apply_all
from education.importer.keeping.carrying_on import (
    Progress,
    carry_on,
    carry_on_unfinished,
)
from education.importer.keeping.data import (
    Difference,
    difference_of,
    group_of,
    medicine_of,
    topic_of,
)
from education.importer.keeping.deciding import set_aside, undo
from education.importer.keeping.drafting import NO_ANSWER, best_answer
from education.importer.keeping.handing_over import HandedOver, hand_over
from education.importer.keeping.joining import accept_as_section, merge_into
from education.importer.keeping.nearness import NearPage, near
from education.importer.keeping.refusals import ItemRefused
from education.importer.keeping.storing import document_of, store
from education.importer.keeping.work_left import WorkLeft, work_left

__all__ = [
    "NO_ANSWER",
    "Applied",
    "Difference",
    "HandedOver",
    "ItemRefused",
    "NearPage",
    "Progress",
    "WorkLeft",
    "accept_as_section",
    "accept_medicine",
    "accept_question",
    "accept_topic",
    "apply_all",
    "best_answer",
    "carry_on",
    "carry_on_unfinished",
    "difference_of",
    "document_of",
    "group_of",
    "hand_over",
    "medicine_of",
    "merge_into",
    "near",
    "set_aside",
    "store",
    "topic_of",
    "undo",
    "work_left",
]
