"""Everything that is open in a file becomes drafts, each in a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from education.models import ClinicalPage, ImportedFile, ImportedItem


@dataclass(frozen=True)
class Applied:
    """What was made, what could not be and why, and what waits for a person.

    `left` are items that an earlier file decided on and that have changed since.
    """

    made: tuple[ClinicalPage, ...] = ()
    failed: tuple[tuple[ImportedItem, str], ...] = ()
    left: tuple[ImportedItem, ...] = ()


def apply_all(file: ImportedFile, by: User | None, now: datetime) -> Applied:
    """Accept every open item: topics, then medicines, then questions.

    One that fails is rolled back alone and told; the others go on.
    """
    raise NotImplementedError
