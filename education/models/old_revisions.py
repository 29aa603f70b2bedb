"""Old versions of pages: which may be forgotten, and which say who wrote what.

Whoever wrote on a page may not approve it, and that is read from its versions. So the
last word of each person stays, from each of the times between two decisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from wagtail.models import Page, Revision, TaskState

from education.models.approval import SignOff


def forgettable(until: datetime) -> Iterator[list[int]]:
    """Page by page, the keys of versions older than `until` that nothing rests on.

    Never of a page that is not live, nor what is newer than its live version: those
    hold the words that wait, and nothing else says who wrote them.
    """
    live = Page.objects.filter(live=True, live_revision__isnull=False)
    pages = live.order_by("pk").values_list("pk", "live_revision_id")
    for page_id, live_revision_id in pages.iterator(chunk_size=500):
        if found := list(_of_page(page_id, live_revision_id, until)):
            yield found


def _of_page(page_id: int, live_revision_id: int, until: datetime) -> Iterator[int]:
    said = {
        "decided": Exists(SignOff.objects.filter(revision=OuterRef("pk"))),
        "handed_over": Exists(TaskState.objects.filter(revision=OuterRef("pk"))),
    }
    rows = (
        Revision.objects.page_revisions()
        .filter(object_id=str(page_id), pk__lte=live_revision_id)
        .annotate(**said)
        .order_by("-pk")
        .values_list(
            "pk",
            "user_id",
            "created_at",
            "approved_go_live_at",
            "decided",
            "handed_over",
        )
    )
    had_a_later_word: set[int | None] = set()
    for pk, user_id, created_at, scheduled, decided, handed_over in rows:
        if decided or handed_over or scheduled or pk == live_revision_id:
            # Another time begins, in which everybody has a last word of their own.
            had_a_later_word = {user_id}
        elif user_id in had_a_later_word and created_at < until:
            yield pk
        else:
            had_a_later_word.add(user_id)
