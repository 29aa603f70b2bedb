"""The pieces that a sorted file comes to, in the order in which they are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from education.import_vocabulary import AnswerState, Danger, ItemKind
from education.importer.findings import (
    Flag,
    FoundMedicine,
    FoundTopic,
    Group,
    Sorted,
)
from education.importer.keeping.data import as_data
from education.models import ImportedItem
from education.models.faqs import question_key

#: The gravest first.
GRAVITY = list(Danger)


def pieces_of(found: Sorted) -> list[ImportedItem]:
    """An item for each topic, medicine and group, none of them saved or of a file."""
    items = [
        *(_of_topic(topic) for topic in found.topics),
        *(_of_medicine(medicine) for medicine in found.medicines),
        *(_of_group(group) for group in found.groups),
    ]
    for position, item in enumerate(items):
        item.position = position
    return items


def gravest(flags: Iterable[Flag]) -> str:
    """The gravest danger among the flags, or ""."""
    dangers = {flag.danger for flag in flags}
    return next((danger for danger in GRAVITY if danger in dangers), "")


def loose_flags(found: Sorted) -> list[dict[str, Any]]:
    """The flags that no piece holds, as data: those of lines outside every question."""
    held = {line for group in found.groups for line in group.lines}
    return [asdict(flag) for flag in found.flags if flag.line not in held]


def wordings_in(kind: str, content: dict[str, Any]) -> Iterator[str]:
    """What the content of an item calls its matter: wordings, other names, brands."""
    if kind == ItemKind.QUESTION:
        yield from (variant["text"] for variant in content["variants"])
    elif kind == ItemKind.TOPIC:
        yield from content["also_called"]
    else:
        yield from (brand["name"] for brand in content["brands"])


def answers_in(content: dict[str, Any]) -> Iterator[str]:
    """The text of each answer in the content of an item; a topic has none."""
    for answer in content.get("answers", ()):
        lines = [
            block["paragraph"] or "\n".join(block["items"])
            for block in answer["blocks"]
        ]
        if lines:
            yield "\n".join(lines)


def _of_group(group: Group) -> ImportedItem:
    return _item(
        ItemKind.QUESTION,
        group,
        key=group.key,
        digest=group.digest,
        title=group.question,
        topic=group.topic,
        state=group.state,
        danger=gravest(group.flags),
    )


def _of_topic(topic: FoundTopic) -> ImportedItem:
    return _item(
        ItemKind.TOPIC,
        topic,
        key=question_key(topic.name),
        digest=_digest(topic.name, sorted(topic.also_called), topic.url),
        title=topic.name,
        topic=topic.name,
    )


def _of_medicine(medicine: FoundMedicine) -> ImportedItem:
    brands = sorted((brand.name, brand.doubt) for brand in medicine.brands)
    said = (brands, sorted(medicine.classes), medicine.prescription)
    return _item(
        ItemKind.MEDICINE,
        medicine,
        key=question_key(medicine.generic),
        digest=_digest(medicine.generic, *said),
        title=medicine.generic,
    )


def _item(
    kind: ItemKind, found: Group | FoundTopic | FoundMedicine, **fields: Any
) -> ImportedItem:
    fields["key"] = fields["key"][:200]
    fields["title"] = fields["title"][:255]
    fields["topic"] = fields.get("topic", "")[:255]
    content = json.loads(json.dumps(as_data(found)))
    return ImportedItem(
        **{"kind": kind, "state": AnswerState.COMPLETE, "content": content} | fields
    )


def _digest(*said: Any) -> str:
    """Of what was found, not of where: lines move when a file grows."""
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
