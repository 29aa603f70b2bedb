"""Where a reader can go on who was found nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from education.models import ClinicalPage, Tag, TopicPage
from education.models.tags import TagQuerySet
from education.search.analysis import Analyser
from education.search.query import Query

MOST_TOPICS = 6
MOST_TAGS = 8


@dataclass(frozen=True)
class WaysOn:
    """Tags near to what was asked for, and the topics that most questions are about."""

    tags: list[Tag]
    topics: list[TopicPage]


def ways_on(query: Query, now: datetime) -> WaysOn:
    """Two statements."""
    pages = ClinicalPage.objects.published(query.language, now)
    public = Q(question_rows__page__in=pages.values("pk"))
    topics = (
        TopicPage.objects.published(query.language, now)
        .annotate(asked=Count("question_rows", filter=public))
        .order_by("-asked", "title")
    )
    return WaysOn(_near(query, Tag.objects.carried_by(pages)), topics[:MOST_TOPICS])


def _near(query: Query, tags: TagQuerySet) -> list[Tag]:
    """Tags that share a word with what was asked for."""
    analyser = Analyser(query.language)
    asked = {s for term in query.asked.terms for way in term.ways for s in way.stems}
    near = [
        tag
        for tag in tags.order_by("name")
        if asked.intersection(analyser.words(tag.name)) - analyser.little_stems
    ]
    return near[:MOST_TAGS]
