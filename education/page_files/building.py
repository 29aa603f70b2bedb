"""From a document to a page of ours, without saving anything but drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Model
from wagtail.fields import StreamField

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
    TaggedPage,
    TopicPage,
)
from education.page_files.shape import PageDocument
from education.vocabulary import Kind

PAGE_TYPES: dict[Kind, type[ClinicalPage]] = {
    Kind.TOPIC: TopicPage,
    Kind.QUESTION: FAQPage,
    Kind.MEDICINE: MedicationPage,
}


@dataclass(frozen=True)
class Relation:
    """Pages that a page names: under which key, and in which rows of ours."""

    key: str
    rows: str
    row_type: type[Model]
    field: str
    kind: Kind


RELATIONS: Mapping[Kind, tuple[Relation, ...]] = {
    Kind.TOPIC: (
        Relation("related_topics", "related_rows", RelatedTopic, "topic", Kind.TOPIC),
    ),
    Kind.QUESTION: (
        Relation("topics", "topic_rows", QuestionTopic, "topic", Kind.TOPIC),
        Relation(
            "medicines", "medicine_rows", QuestionMedicine, "medicine", Kind.MEDICINE
        ),
        Relation(
            "related_questions",
            "related_rows",
            RelatedQuestion,
            "question",
            Kind.QUESTION,
        ),
    ),
    Kind.MEDICINE: (
        Relation("used_for", "use_rows", MedicationUse, "topic", Kind.TOPIC),
    ),
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
    fill_in(page, document)
    return page


def fill_in(page: ClinicalPage, document: PageDocument) -> None:
    """Give the page the document's texts, cards and lines."""
    fields = {"care_cards": document.care_cards, **document.parts}
    for name, value in fields.items():
        if name != "brands":
            setattr(page, name, _field_value(page, name, value))


def _field_value(page: ClinicalPage, name: str, value: Any) -> Any:
    field = page._meta.get_field(name)
    if not isinstance(field, StreamField):
        return value
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
        return _block(kind, row["value"])
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
                    "caption": row.get("table_caption", ""),
                },
            },
        )
    return _block(kind, {"heading": row.get("heading", ""), "items": row["items"]})


def relate(
    page: ClinicalPage,
    document: PageDocument,
    find: Find,
    known: Mapping[str, Tag] | None = None,
) -> None:
    """Give the page its rows: words, sources, codes, tags, and the pages it names.

    `find` returns the page of a kind and slug. `known` are tags by their address;
    without it they are asked for.
    """
    page.other_words = _rows(Alias, (asdict(row) for row in document.aliases))
    page.references = _rows(Reference, (asdict(row) for row in document.references))
    page.codes = _rows(ClinicalCode, (asdict(row) for row in document.codes))
    tags = known
    if tags is None:
        tags = {tag.slug: tag for tag in Tag.objects.filter(slug__in=document.tags)}
    # Not through `tags`, which would forget their order.
    page.tagged_items = [
        TaggedPage(tag=tags[slug])
        for slug in dict.fromkeys(document.tags)
        if slug in tags
    ]
    if isinstance(page, MedicationPage):
        page.brands = _rows(Brand, document.parts.get("brands", ()))
    for relation in RELATIONS[document.kind]:
        targets = (
            find(relation.kind, slug) for slug in document.links.get(relation.key, ())
        )
        rows = ({relation.field: target} for target in targets)
        setattr(page, relation.rows, _rows(relation.row_type, rows))


def _rows(row_type: type, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [row_type(sort_order=place, **row) for place, row in enumerate(rows)]
