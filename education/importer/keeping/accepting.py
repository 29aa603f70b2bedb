"""Pieces of a file become drafts: never live, never handed over, without a reviewer."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from education.models import FAQPage, ImportedItem, MedicationPage, TopicPage


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
    raise NotImplementedError


def accept_topic(item: ImportedItem, by: User | None, now: datetime) -> TopicPage:
    """A draft of the topic with its other names, and no text yet."""
    raise NotImplementedError


def accept_medicine(
    item: ImportedItem, by: User | None, now: datetime
) -> MedicationPage:
    """A draft of the medicine with its brands; doubts stand in their notes."""
    raise NotImplementedError
