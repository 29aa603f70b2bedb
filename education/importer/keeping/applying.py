"""All that is open in a file becomes drafts, each in a transaction of its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from education.import_vocabulary import ItemKind
from education.importer.keeping.accepting import (
    accept_medicine,
    accept_question,
    accept_topic,
)
from education.importer.keeping.data import DIFFERENCE
from education.importer.keeping.refusals import DecidedAlready, ItemRefused
from education.models import ClinicalPage, ImportedFile, ImportedItem

logger = logging.getLogger(__name__)

#: Questions stand under topics and name medicines, so these come first.
ACCEPT = {
    ItemKind.TOPIC: accept_topic,
    ItemKind.MEDICINE: accept_medicine,
    ItemKind.QUESTION: accept_question,
}

#: Why an item waits for a person.
CHANGED = "An earlier file settled this, and something is new: decide on the desk."
BROKEN = "Something went wrong, and it was not made. The log says what."


@dataclass(frozen=True)
class Applied:
    """What was made, what could not be and why, and what waits for a person and why.

    What waits was settled in an earlier file and says something new, or is a topic or
    medicine that has a page already.
    """

    made: tuple[ClinicalPage, ...] = ()
    failed: tuple[tuple[ImportedItem, str], ...] = ()
    left: tuple[tuple[ImportedItem, str], ...] = ()


def apply_all(file: ImportedFile, by: User | None, now: datetime) -> Applied:
    """Accept every open item: topics, then medicines, then questions.

    One that fails is rolled back alone and told; the others go on. Killed anywhere and
    called again, it makes what is not made yet.
    """
    made: list[ClinicalPage] = []
    failed: list[tuple[ImportedItem, str]] = []
    left: list[tuple[ImportedItem, str]] = []
    for kind, accept in ACCEPT.items():
        for item in list(file.items.filter(kind=kind).to_decide().in_order()):
            if DIFFERENCE in item.content:
                left.append((item, CHANGED))
                continue
            try:
                made.append(accept(item, by, now))
            except DecidedAlready:
                continue
            except ItemRefused as refused:
                is_there = refused.page is not None and kind != ItemKind.QUESTION
                (left if is_there else failed).append((item, str(refused)))
            except Exception:
                logger.exception("The imported item %s could not be made", item.pk)
                failed.append((item, BROKEN))
    return Applied(tuple(made), tuple(failed), tuple(left))
