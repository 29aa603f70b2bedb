"""Where the words of a page came from: provenance, and the source that asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from education.import_vocabulary import ItemKind, SourceFormat, SourceRights
from education.importer.findings import Answer, Group
from education.importer.keeping.data import group_of
from education.importer.keeping.words import places, words_found
from education.models import (
    ClinicalPage,
    ImportedItem,
    Provenance,
    Reference,
)
from education.models.faqs import question_key

#: Who stands behind the topics of a file of this format.
PUBLISHERS = {SourceFormat.MEDLINEPLUS: "MedlinePlus, National Library of Medicine"}


def note_provenance(
    page: ClinicalPage,
    item: ImportedItem,
    now: datetime,
    answers: Sequence[Answer] = (),
) -> Provenance:
    """Note which lines of which file the page came from, and the words of these."""
    numbers = _lines_of(item)
    lines = item.file.lines.filter(number__in=numbers).order_by("number")
    found = {
        number: (place, text)
        for number, place, text in lines.values_list("number", "place", "text")
    }
    return Provenance.objects.create(
        page=page,
        item=item,
        file_name=item.file.name,
        sha256=item.file.sha256,
        places=places(place for place, _ in found.values()),
        words=words_found(answers, {line: text for line, (_, text) in found.items()}),
        rights=item.file.rights,
        credit=item.file.credit,
        noted_at=now,
    )


def sources_named(item: ImportedItem) -> list[Reference]:
    """The source that words of the public domain keep; none is made up.

    Only where the file itself gives the topic's address. Nobody has looked at it yet,
    so it says no day.
    """
    publisher = PUBLISHERS.get(SourceFormat(item.file.format))
    if item.file.rights != SourceRights.PUBLIC_DOMAIN or not publisher:
        return []
    wanted = question_key(item.topic)
    return [
        Reference(
            title=topic["name"][:255],
            publisher=publisher,
            url=topic["url"][:500],
            sort_order=0,
        )
        for topic in item.file.topics
        if topic["url"] and question_key(topic["name"]) == wanted
    ][:1]


def _lines_of(item: ImportedItem) -> Sequence[int]:
    if item.kind != ItemKind.QUESTION:
        return item.content["lines"]
    group: Group = group_of(item)
    return group.lines
