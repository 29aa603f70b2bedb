"""What became of a page in the public's eyes: published, changed, reviewed, taken down.

Read from what really went live, so that what is waiting, scheduled or sent back never
shows, nor a word that was said about it.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    happened = sorted(_logged(page) + _taken_down(page), key=lambda event: event.at)
    told = []
    for event in happened:
        before = told[-1] if told else None
        is_return = bool(before and before.taken_down)
        told.append(replace(event, is_first=not before, is_return=is_return))
    return told[::-1]


def _logged(page: Page) -> list[Event]:
    entries = PageLogEntry.objects.filter(
        page=page.pk, action__in=[*WENT_LIVE, CAME_OFF]
    )
    return [
        Event(at=at, taken_down=EXPIRED)
        if action == CAME_OFF
        else Event(at=at, revision=revision)
        for action, at, revision in entries.values_list(
            "action", "timestamp", "revision_id"
        )
    ]


def _taken_down(page: Page) -> list[Event]:
    return [
        Event(at=row.withdrawn_at, taken_down=row.sentence)
        for row in Withdrawal.objects.filter(page=page.pk)
    ]


def in_full(events: Sequence[Event]) -> list[Event]:
    """The events with what was said and who approved it; two statements."""
    ids = [event.revision for event in events if event.revision]
    rows = Revision.objects.filter(pk__in=ids)
    note = KeyTextTransform("change_note", "content")
    notes = dict(rows.values_list("pk", note))
    approvals: dict[int, list[SignOff]] = {}
    for row in SignOff.objects.approvals().filter(revision__in=ids):
        approvals.setdefault(row.revision_id, []).append(row)
    return [
        replace(
            event,
            note=notes.get(event.revision),
            approvals=tuple(approvals.get(event.revision, ())),
        )
        for event in events
    ]
