"""Writes what was counted of searches, in short transactions, and forgets in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q

from education.models import SearchCount, SearchTerm
from education.models.searches import DAYS_UNTIL_CLEAR

#: So many are written in one transaction, so that nobody waits for long.
BATCH = 200

_ADD = """
    INSERT INTO education_searchcount (term_id, day, asked, opened, results)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (term_id, day) DO UPDATE SET
        asked = education_searchcount.asked + excluded.asked,
        opened = education_searchcount.opened + excluded.opened,
        results = CASE WHEN excluded.asked > 0
            THEN excluded.results ELSE education_searchcount.results END
"""


@dataclass(frozen=True)
class Noted:
    """What is not written yet of one term on one day.

    `text` is empty where the term is never to be kept in clear. `tries` is how often it
    was tried to write an opening of a search that is not written yet.
    """

    hashed: str
    day: date
    language: str = ""
    text: str = ""
    asked: int = 0
    opened: int = 0
    results: int = 0
    tries: int = 0


def write(noted: Sequence[Noted]) -> list[Noted]:
    """Add to the counts; answers with openings of searches that nobody wrote yet."""
    # Always in the same order, so that two processes wait for each other and no more.
    ordered = sorted(noted, key=lambda one: (one.hashed, one.day))
    early = []
    for start in range(0, len(ordered), BATCH):
        with transaction.atomic():
            early += _write(ordered[start : start + BATCH])
    return early


def _write(noted: list[Noted]) -> list[Noted]:
    asked = {one.hashed: one for one in noted if one.asked}
    SearchTerm.objects.bulk_create(
        [
            SearchTerm(hashed=one.hashed, language=one.language)
            for one in asked.values()
        ],
        ignore_conflicts=True,
    )
    terms = SearchTerm.objects.filter(hashed__in={one.hashed for one in noted})
    keys = dict(terms.values_list("hashed", "pk"))
    rows = [
        (
            keys[one.hashed],
            connection.ops.adapt_datefield_value(one.day),
            one.asked,
            one.opened,
            one.results,
        )
        for one in noted
        if one.hashed in keys
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)
        _show_frequent_ones(list(keys.values()), asked)
    return [one for one in noted if one.hashed not in keys]


def _show_frequent_ones(keys: list[int], asked: dict[str, Noted]) -> None:
    """Keep those terms in clear that are not rare any more."""
    days = Count("counts", filter=Q(counts__asked__gt=0))
    rare = SearchTerm.objects.rare().filter(pk__in=keys)
    for term in rare.annotate(days=days).filter(days__gte=DAYS_UNTIL_CLEAR):
        known = asked.get(term.hashed)
        if known and known.text:
            term.text = known.text
            term.save(update_fields=["text"])


def forget_old_searches(today: date) -> int:
    """Delete the counts whose time is over, and terms without any; how many counts."""
    old = SearchCount.objects.outdated(today)
    if not old.exists():
        return 0
    with transaction.atomic():
        forgotten, _ = old.delete()
        counts = SearchCount.objects.filter(term=OuterRef("pk"))
        SearchTerm.objects.filter(~Exists(counts)).delete()
    return forgotten
