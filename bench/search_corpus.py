"""Fills a new portal with made-up pages, straight into the tables: no revisions.

What search knows of them is written by the portal's own code, as after publication.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction
from wagtail.models import Page

from bench.search_words import TAGS, Written, vocabulary, written
from education.models import (
    Alias,
    ClinicalPage,
    FAQPage,
    MedicationPage,
    SectionPage,
    Tag,
    TaggedPage,
    TopicPage,
)
from education.search.index import refresh
from education.vocabulary import AliasKind, Kind, TagGroup

CHUNK = 500
SLUG = "made-up-page-"
PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)
MODELS = {
    Kind.TOPIC: TopicPage,
    Kind.QUESTION: FAQPage,
    Kind.MEDICINE: MedicationPage,
}
#: Of ten pages, by the last digit of their number.
KINDS = [Kind.TOPIC] * 6 + [Kind.QUESTION] * 3 + [Kind.MEDICINE]

Tell = Callable[[int], None]


def kind_of(number: int) -> Kind:
    return KINDS[number % 10]


def load(upto: int, words: int, tell: Tell = lambda done: None) -> list[int]:
    """Add pages until there are `upto`, each of `words` words; return the new keys.

    `tell` hears now and then how many pages there are. Nothing is searchable yet.
    """
    _make_tags()
    there = Page.objects.filter(slug__startswith=SLUG).count()
    new: list[int] = []
    for start in range(there + 1, upto + 1, CHUNK):
        pages = [
            written(number, words)
            for number in range(start, min(start + CHUNK, upto + 1))
        ]
        with transaction.atomic():
            new += _add(pages)
        tell(start + len(pages) - 1)
    _put_right()
    return new


def _make_tags() -> None:
    if Tag.objects.exists():
        return
    groups = list(TagGroup)
    words = vocabulary()[1000 : 1000 + TAGS]
    Tag.objects.bulk_create(
        Tag(name=word.capitalize(), slug=word, group=groups[at % len(groups)])
        for at, word in enumerate(words)
    )


def _add(texts: Sequence[Written]) -> list[int]:
    """These pages under their sections; treebeard's counters are put right later."""
    first = (Page.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
    places = {section.kind: _Places(section) for section in SectionPage.objects.all()}
    rows: dict[type[models.Model], list[models.Model]] = {}
    for pk, text in enumerate(texts, first):
        kind = kind_of(text.number)
        page = _page(pk, text, kind, places[kind])
        rows.setdefault(Page, []).append(page)
        rows.setdefault(ClinicalPage, []).append(page)
        rows.setdefault(type(page), []).append(page)
    for model, objects in rows.items():
        insert(model, objects)
    _add_names(texts, first)
    return list(range(first, first + len(texts)))


class _Places:
    """The next free steps under a section."""

    def __init__(self, section: SectionPage) -> None:
        self.section = section
        under = Page.objects.filter(path__startswith=section.path)
        last = under.filter(depth=section.depth + 1).aggregate(path=models.Max("path"))
        steps = (last["path"] or "")[len(section.path) :]
        self.taken = Page._str2int(steps) if steps else 0

    def next_path(self) -> str:
        self.taken += 1
        return Page._get_path(self.section.path, self.section.depth + 1, self.taken)


def _page(pk: int, text: Written, kind: Kind, places: _Places) -> ClinicalPage:
    """A live page of this text, on a step of its own under its section."""
    model, section = MODELS[kind], places.section
    slug = f"{SLUG}{text.number}"
    when = PUBLISHED + timedelta(minutes=text.number)
    keys = {"id": pk, "page_ptr_id": pk, "clinicalpage_ptr_id": pk}
    return model(
        **keys,
        **_texts(text, kind),
        kind=kind,
        title=text.title,
        draft_title=text.title,
        summary=text.summary,
        slug=slug,
        url_path=f"{section.url_path}{slug}/",
        path=places.next_path(),
        depth=section.depth + 1,
        numchild=0,
        live=True,
        locale_id=section.locale_id,
        content_type=ContentType.objects.get_for_model(model),
        translation_key=UUID(int=text.number),
        first_published_at=when,
        last_published_at=when,
        latest_revision_created_at=when,
    )


def _texts(text: Written, kind: Kind) -> dict[str, Any]:
    """The fields that hold the running text of a page of this kind."""
    blocks = [{"type": "text", "value": f"<p>{said}</p>"} for said in text.passages]
    if kind is Kind.QUESTION:
        answer = FAQPage._meta.get_field("answer").to_python(json.dumps(blocks))
        return {"answer": answer, "short_answer": text.summary}
    if kind is Kind.MEDICINE:
        html = "".join(block["value"] for block in blocks)
        return {"how_to_take": html, "generic_name": text.title.lower()}
    body = {"aspect": "overview", "heading": "", "body": blocks}
    sections = [{"type": "section", "value": body}]
    stream = TopicPage._meta.get_field("sections")
    return {"sections": stream.to_python(json.dumps(sections))}


def _add_names(texts: Sequence[Written], first: int) -> None:
    tags = list(Tag.objects.order_by("pk").values_list("pk", flat=True))
    pairs = list(enumerate(texts, first))
    Alias.objects.bulk_create(
        Alias(page_id=pk, text=name, kind=AliasKind.ALSO_CALLED, sort_order=place)
        for pk, text in pairs
        for place, name in enumerate(text.aliases)
    )
    TaggedPage.objects.bulk_create(
        TaggedPage(content_object_id=pk, tag_id=tags[tag])
        for pk, text in pairs
        for tag in text.tags
    )


def insert(model: type[models.Model], objects: Iterable[models.Model]) -> None:
    """Write the columns of this table alone: bulk_create refuses child tables."""
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    rows = [
        [
            field.get_db_prep_save(field.pre_save(row, True), connection)
            for field in fields
        ]
        for row in objects
    ]
    with connection.cursor() as cursor:
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
        cursor.executemany(sql, rows)


def _put_right() -> None:
    """The tree's counters, the keys that come next, and what the planner knows."""
    for section in SectionPage.objects.all():
        pages = Page.objects.filter(path__startswith=section.path)
        steps = pages.filter(depth=section.depth + 1).count()
        Page.objects.filter(pk=section.pk).update(numchild=steps)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(sql)
    count_rows_anew()


def count_rows_anew() -> None:
    """Let PostgreSQL look at what was written in bulk, as it does in time.

    SQLite does so only when told to, and nothing in the portal tells it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def index(ids: Sequence[int], tell: Tell = lambda done: None) -> None:
    """Let search read these pages, as after their publication, many at a time."""
    for start in range(0, len(ids), CHUNK):
        refresh(ids[start : start + CHUNK])
        tell(start + CHUNK)
    count_rows_anew()
