"""Pages that a piece of a file may go into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from education.importer.keeping import near
from education.models import ClinicalPage, ImportedItem, TopicPage
from education.models.faqs import question_key
from education.vocabulary import Kind

#: Found by words of a title; who finds more should use more words.
MOST_FOUND = 10
WORDS = 6


@dataclass(frozen=True)
class OfferedPage:
    """A page, its newest version as the form names it, and why it is offered."""

    value: str
    title: str
    about: str
    url: str
    why: str = ""
    is_same: bool = False
    can_take: bool = True


@dataclass(frozen=True)
class TopicChoice:
    value: str
    title: str
    is_chosen: bool


def offered_pages(piece: ImportedItem, find: str) -> dict[str, Any]:
    """Those near the piece, and those whose title holds the words to find."""
    nearby = [_offered(one.page, piece, one.why, one.is_same) for one in near(piece)]
    taken = {one.value for one in nearby}
    found = [_offered(page, piece) for page in _titled(piece, find)] if find else []
    return {
        "near": nearby,
        "found": [one for one in found if one.value not in taken],
        "can_merge": any(one.can_take for one in [*nearby, *found]),
    }


def _titled(piece: ImportedItem, find: str) -> list[ClinicalPage]:
    pages = ClinicalPage.objects.filter(locale=piece.file.locale_id, kind=piece.kind)
    for word in find.split()[:WORDS]:
        pages = pages.filter(title__icontains=word)
    shown = pages.only("title", "kind", "live", "latest_revision")
    return list(shown.order_by("title", "pk")[:MOST_FOUND])


def _offered(
    page: ClinicalPage, piece: ImportedItem, why: str = "", is_same: bool = False
) -> OfferedPage:
    return OfferedPage(
        value=f"{page.pk}-{page.latest_revision_id or ''}",
        title=page.title,
        about=f"{Kind(page.kind).label}, {'live' if page.live else 'draft'}",
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        why=why,
        is_same=is_same,
        can_take=page.kind == piece.kind,
    )


def topic_choices(piece: ImportedItem, chosen: str) -> list[TopicChoice]:
    """Every topic of the language, that of the piece chosen; one statement."""
    topics = TopicPage.objects.filter(locale=piece.file.locale_id)
    rows = topics.order_by("title", "pk").values_list("pk", "latest_revision", "title")
    own = question_key(piece.topic)
    return [
        TopicChoice(
            value,
            title,
            value == chosen or (not chosen and question_key(title) == own),
        )
        for value, title in ((f"{key}-{rev or ''}", title) for key, rev, title in rows)
    ]
