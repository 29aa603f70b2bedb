"""Pieces of a file go into pages that are there, as new drafts of these."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from education.models import ClinicalPage, ImportedItem, TopicPage


def accept_as_section(
    item: ImportedItem,
    topic_page: TopicPage,
    aspect: str,
    by: User | None,
    now: datetime,
    answer: int | None = None,
    read: int | None = None,
) -> ClinicalPage:
    """Put an answer into a topic, as a section of this HealthAspect.

    `answer` as in `accept_question`, `read` as in `merge_into`.
    """
    raise NotImplementedError


def merge_into(
    item: ImportedItem,
    page: ClinicalPage,
    by: User | None,
    now: datetime,
    answer: int | None = None,
    read: int | None = None,
) -> ClinicalPage:
    """Give a page of the same kind the wordings and the answer, as a new draft of it.

    `answer` as in `accept_question`; -1 adds wordings only. `read` is the
    `latest_revision_id` of the page that the person saw; another one since refuses.
    What the public reads does not change.
    """
    raise NotImplementedError
