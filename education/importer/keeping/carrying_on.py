"""Sorting a file that is kept, piece by piece; it may be killed at any moment."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from education.import_vocabulary import Disposition, ImportState
from education.importer.engine import sort_out
from education.importer.flagging import Rule, rules_of
from education.importer.keeping.data import DIFFERENCE
from education.importer.keeping.earlier import compare_with_earlier
from education.importer.keeping.pieces import loose_flags, pieces_of
from education.importer.keeping.storing import document_of
from education.importer.sorting import Known, known_in
from education.models import ImportedFile, ImportedItem
from education.one_at_a_time import one_at_a_time

logger = logging.getLogger(__name__)

#: How much is kept in one transaction: so much is done again after a kill.
LINES_AT_ONCE = 1000
ITEMS_AT_ONCE = 50


@dataclass(frozen=True)
class Progress:
    """How far the sorting of a file has come, in pieces."""

    done: int
    total: int
    is_ready: bool

    @property
    def percent(self) -> int:
        return 100 if self.is_ready else self.done * 100 // max(self.total, 1)


def carry_on(
    file: ImportedFile,
    rules: tuple[Rule, ...],
    known: Known,
    now: datetime,
    stopping: Callable[[], bool] = lambda: False,
) -> Progress:
    """Sort what is not sorted yet, until `stopping` says so; how far it has come.

    Killed anywhere and called again, it ends as if it had never been killed. Where
    another process is at it, it does nothing and says how far that has come. `rules`
    and `known` are those of `engine.sort_out`.
    """
    with one_at_a_time(f"import-{file.pk}") as ours:
        if ours and file.state != ImportState.READY:
            found = sort_out(document_of(file), rules, known)
            pieces = _Pieces(found.dispositions, pieces_of(found), loose_flags(found))
            _begin(file, pieces)
            while not stopping() and _keep_some(file, pieces, now):
                pass
    file.refresh_from_db(fields=["done", "total", "state"])
    return Progress(file.done, file.total, file.state == ImportState.READY)


def carry_on_unfinished(
    now: datetime, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Go on with every file that is not sorted yet; how many are ready now.

    A file that fails is logged, and tried again the next time.
    """
    ready = 0
    for file in ImportedFile.objects.filter(state=ImportState.SORTING).order_by("pk"):
        if stopping():
            break
        language = file.locale.language_code
        try:
            rules, known = rules_of(language), known_in(language)
            ready += carry_on(file, rules, known, now, stopping).is_ready
        except Exception:
            logger.exception("The file %s could not be sorted", file.pk)
    return ready


@dataclass(frozen=True)
class _Pieces:
    """What there is to keep: what became of each line, then the items.

    `loose` are the flags that no item holds; they are kept at once.
    """

    dispositions: Mapping[int, Disposition]
    items: list[ImportedItem]
    loose: list[dict[str, Any]]

    @property
    def total(self) -> int:
        return len(self.dispositions) + len(self.items)


@transaction.atomic
def _begin(file: ImportedFile, pieces: _Pieces) -> None:
    """Say how much there is, and begin anew where something else was kept before."""
    held = _hold(file)
    if held.state == ImportState.READY:
        return
    kept = [
        (item.kind, item.key, _without_difference(item))
        for item in held.items.order_by("position")
    ]
    ours = [
        (item.kind, item.key, _without_difference(item))
        for item in pieces.items[: len(kept)]
    ]
    if kept != ours:
        # Editors changed a rule meanwhile. Nobody decides before all is sorted.
        held.items.all().delete()
        held.done = 0
    held.total, held.loose_flags = pieces.total, pieces.loose
    held.save(update_fields=["done", "total", "loose_flags"])


@transaction.atomic
def _keep_some(file: ImportedFile, pieces: _Pieces, now: datetime) -> bool:
    """Keep the next few pieces; whether there are more."""
    held = _hold(file)
    if held.state == ImportState.READY:
        return False
    lines = len(pieces.dispositions)
    if held.done < lines:
        held.done = min(held.done + LINES_AT_ONCE, lines)
        _keep_lines(held, pieces.dispositions, held.done)
    else:
        start = held.done - lines
        some = pieces.items[start : start + ITEMS_AT_ONCE]
        for item in some:
            item.file = held
        compare_with_earlier(some, held.locale, held.sha256, now)
        ImportedItem.objects.bulk_create(some)
        held.done += len(some)
    if held.done >= pieces.total:
        held.state = ImportState.READY
    held.save(update_fields=["done", "state"])
    return held.state != ImportState.READY


def _keep_lines(
    file: ImportedFile, dispositions: Mapping[int, Disposition], upto: int
) -> None:
    numbers = sorted(dispositions)[max(0, upto - LINES_AT_ONCE) : upto]
    by_disposition = defaultdict(list)
    for number in numbers:
        by_disposition[dispositions[number]].append(number)
    for disposition, some in by_disposition.items():
        file.lines.filter(number__in=some).update(disposition=disposition)


def _hold(file: ImportedFile) -> ImportedFile:
    held = ImportedFile.objects.select_for_update(of=("self",))
    return held.select_related("locale").get(pk=file.pk)


def _without_difference(item: ImportedItem) -> dict[str, Any]:
    return {name: said for name, said in item.content.items() if name != DIFFERENCE}
