"""What became of a page in the public's eyes: published, changed, reviewed, taken down.

Read from what really went live, so that what is waiting, scheduled or sent back never
shows, nor a word that was said about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models.fields.json import KeyTextTransform
from wagtail.models import Page, PageLogEntry, Revision

from education.models.approval import SignOff
from education.models.gate import WENT_LIVE
from education.models.withdrawals import EXPIRED, Withdrawal

CAME_OFF = "wagtail.unpublish.scheduled"


@dataclass(frozen=True)
class Event:
    """One entry of a page's public history; `revision` is what went live, if any did.

    `note` is what the author said is new: None where nobody was asked to say it.
    """

    at: datetime
    revision: int | None = None
    is_first: bool = False
    is_return: bool = False
    taken_down: str = ""
    note: str | None = None
    approvals: tuple[SignOff, ...] = ()

    @property
    def says(self) -> str:
        """What happened, in a sentence for the public."""
        if self.taken_down:
            return f"Taken down: {self.taken_down}"
        if self.is_first:
            return "First published"
        if self.is_return:
            return "Published again"
        if self.note is None:
            return "Changed"
        return self.note or "Reviewed; nothing had to change"

    @property
    def is_whole_review(self) -> bool:
        """Whether whoever approved it stands for the whole page, not for a change."""
        return any(row.next_review_on for row in self.approvals)


def public_history(page: Page) -> list[Event]:
    """Every event in the life of the page, newest first; two statements.

    Without what was said and who approved it: see `in_full`.
    """
    return _in_order(_happened([page.pk])[page.pk])[::-1]


def latest_events(pages: Iterable[Page]) -> dict[int, Event]:
    """For each page the newest event of its life, with what was said of it, by key.

    Three statements, however many pages there are.
    """
    newest = {
        pk: _in_order(events)[-1]
        for pk, events in _happened([page.pk for page in pages]).items()
    }
    notes = _notes(event.revision for event in newest.values())
    return {
        pk: replace(event, note=notes.get(event.revision))
        for pk, event in newest.items()
    }


def _in_order(events: Iterable[Event]) -> list[Event]:
    """The events of one page, oldest first, each told as what it was."""
    told: list[Event] = []
    happened = sorted(events, key=lambda event: event.at)
    for event in happened:
        before = told[-1] if told else None
        is_return = bool(before and before.taken_down)
        told.append(replace(event, is_first=not before, is_return=is_return))
    return told


def _happened(ids: Collection[int]) -> dict[int, list[Event]]:
    """What happened to each of these pages, in no order; two statements."""
    found: dict[int, list[Event]] = defaultdict(list)
    entries = PageLogEntry.objects.filter(
        page__in=ids, action__in=[*WENT_LIVE, CAME_OFF]
    )
    for pk, action, at, revision in entries.values_list(
        "page_id", "action", "timestamp", "revision_id"
    ):
        came_off = action == CAME_OFF
        found[pk].append(
            Event(at=at, taken_down=EXPIRED)
            if came_off
            else Event(at=at, revision=revision)
        )
    for row in Withdrawal.objects.filter(page__in=ids):
        found[row.page_id].append(Event(at=row.withdrawn_at, taken_down=row.sentence))
    return found


def _notes(revisions: Iterable[int | None]) -> dict[int, str]:
    """What the author of each of these revisions said is new."""
    rows = Revision.objects.filter(pk__in=[pk for pk in revisions if pk])
    return dict(rows.values_list("pk", KeyTextTransform("change_note", "content")))


def with_notes(events: Sequence[Event]) -> list[Event]:
    """The events with what was said to be new; one statement."""
    notes = _notes(event.revision for event in events)
    return [replace(event, note=notes.get(event.revision)) for event in events]


def in_full(events: Sequence[Event]) -> list[Event]:
    """The events with what was said and who approved it; two statements."""
    ids = [event.revision for event in events if event.revision]
    approvals: dict[int, list[SignOff]] = {}
    for row in SignOff.objects.approvals().filter(revision__in=ids):
        approvals.setdefault(row.revision_id, []).append(row)
    return [
        replace(event, approvals=tuple(approvals.get(event.revision, ())))
        for event in with_notes(events)
    ]
