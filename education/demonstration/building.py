"""From a document to a page of ours, without saving anything but drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from wagtail.fields import StreamField

from education.demonstration.documents import PageDocument
from education.models import (
    Alias,
    Brand,
    ClinicalCode,
    ClinicalPage,
    FAQPage,
    MedicationPage,
    MedicationUse,
    QuestionMedicine,
    QuestionTopic,
    Reference,
    RelatedQuestion,
    RelatedTopic,
    Tag,
    TopicPage,
)
from education.vocabulary import Kind

PAGE_TYPES: dict[Kind, type[ClinicalPage]] = {
    Kind.TOPIC: TopicPage,
    Kind.QUESTION: FAQPage,
    Kind.MEDICINE: MedicationPage,
}

Find = Callable[[Kind, str], ClinicalPage]
Raw = dict[str, Any]


def build_page(document: PageDocument) -> ClinicalPage:
    """A new page with the document's own text; relations come once all pages exist."""
    page = PAGE_TYPES[document.kind](
        title=document.title,
        slug=document.slug,
        summary=document.summary,
        review_interval_months=document.review_interval_months,
        live=False,
    )
    fields = {"care_cards": document.care_cards, **document.parts}
    for name, value in fields.items():
        if name != "brands":
            setattr(page, name, _field_value(page, name, value))
    return page


def _field_value(page: ClinicalPage, name: str, value: Any) -> Any:
    field = page._meta.get_field(name)
    if not isinstance(field, StreamField):
        return value.strip() if isinstance(value, str) else value
    make = {"sections": _section, "answer": _passage}.get(name, _care_card)
    return field.to_python([make(row) for row in value])


def _block(kind: str, value: Any) -> Raw:
    return {"type": kind, "value": value}


def _care_card(row: Mapping[str, Any]) -> Raw:
    return _block("care_card", {"action": "", **row})


def _section(row: Mapping[str, Any]) -> Raw:
    body = [_passage(passage) for passage in row["body"]]
    return _block(
        "section",
        {"aspect": row["aspect"], "heading": row.get("heading", ""), "body": body},
    )


def _passage(row: Mapping[str, Any]) -> Raw:
    kind = row["type"]
    if kind in ("text", "tip"):
        return _block(kind, row["value"].strip())
    if kind == "table":
        return _block(
            kind,
            {
                "caption": row["caption"],
                "table": {
                    "columns": [
                        {"type": "text", "heading": heading}
                        for heading in row["columns"]
                    ],
                    "rows": [{"values": values} for values in row["rows"]],
                },
            },
        )
    return _block(kind, {"heading": row.get("heading", ""), "items": row["items"]})


def relate(page: ClinicalPage, document: PageDocument, find: Find) -> None:
    """Give the page its rows: words, sources, codes, tags, and the pages it names.

    `find` returns the page of a kind and slug.
    """
    page.other_words = _rows(Alias, (asdict(row) for row in document.aliases))
    page.references = _rows(Reference, (asdict(row) for row in document.references))
    page.codes = _rows(ClinicalCode, (asdict(row) for row in document.codes))
    page.tags.set(list(Tag.objects.filter(slug__in=document.tags)))
    links = document.links

    def linked(row_type: type, field: str, kind: Kind, name: str) -> list[Any]:
        targets = (find(kind, slug) for slug in links.get(name, ()))
        return _rows(row_type, ({field: target} for target in targets))

    if isinstance(page, TopicPage):
        page.related_rows = linked(RelatedTopic, "topic", Kind.TOPIC, "related_topics")
    elif isinstance(page, MedicationPage):
        page.brands = _rows(Brand, document.parts.get("brands", ()))
        page.use_rows = linked(MedicationUse, "topic", Kind.TOPIC, "used_for")
    elif isinstance(page, FAQPage):
        page.topic_rows = linked(QuestionTopic, "topic", Kind.TOPIC, "topics")
        page.medicine_rows = linked(
            QuestionMedicine, "medicine", Kind.MEDICINE, "medicines"
        )
        page.related_rows = linked(
            RelatedQuestion, "question", Kind.QUESTION, "related_questions"
        )


def _rows(row_type: type, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [row_type(sort_order=place, **row) for place, row in enumerate(rows)]
