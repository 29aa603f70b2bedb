"""Each sign-off holds the hash of the one before it: follows that chain.

A chain shows what was changed, removed or put in between. It cannot show that its end
was cut off, nor that somebody wrote it all anew: for that, keep its head elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from education.models import SignOff
from education.models.approval import GENESIS, content_hash
from education.problems import Problem

#: Sign-offs that are read at a time, each with the words of its version.
BATCH = 100

LEDGERS = (SignOff.CLINICAL, SignOff.DEMONSTRATION)

RESTORE = "Compare with a backup, find out who could write to the database, and restore"


@dataclass
class Chain:
    """One ledger as it was found; `head` is the hash of its last sign-off."""

    name: str
    rows: int = 0
    head: str = GENESIS
    met: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def take(self, row: SignOff, expected: frozenset[str]) -> None:
        """Read the next sign-off, and hold it against the one before."""
        self.problems.extend(_problems_of(row, self.head))
        self.rows += 1
        self.head = row.entry_hash
        self.met |= expected & {row.entry_hash}


def read_chains(expected: frozenset[str] = frozenset()) -> Iterator[Chain]:
    """Read every ledger from its first sign-off to its last.

    `expected` are heads that were noted earlier; a chain says in its `met` which of
    them it still holds.
    """
    found = set(SignOff.objects.order_by().values_list("ledger", flat=True).distinct())
    for name in [*LEDGERS, *sorted(found - set(LEDGERS))]:
        chain = Chain(name, met=set(expected & {GENESIS}))
        if name not in LEDGERS:
            chain.problems.append(
                Problem(
                    f'ledger "{name}"',
                    "There is no such ledger, but sign-offs stand in it.",
                    f"{RESTORE} the ledger that they were written in.",
                )
            )
        for row in _rows(name):
            chain.take(row, expected)
        yield chain


def _rows(ledger: str) -> Iterator[SignOff]:
    rows = SignOff.objects.filter(ledger=ledger).select_related("revision")
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


def _problems_of(row: SignOff, before: str) -> Iterator[Problem]:
    where = f"sign-off {row.pk} (page {row.page_id}, {row.ledger} ledger)"
    if row.entry_hash != row.computed_hash():
        yield Problem(
            where,
            "It was changed after it was written.",
            f"{RESTORE} this row.",
        )
    if row.previous_hash != before:
        yield Problem(where, _what_broke(row), f"{RESTORE} the ledger around it.")
    if row.content_hash != content_hash(row.revision.content):
        yield Problem(
            where,
            f"The signed version {row.revision_id} does not hold the words any more "
            "that were signed.",
            f"{RESTORE} the version's content.",
        )


def _what_broke(row: SignOff) -> str:
    others = SignOff.objects.filter(ledger=row.ledger)
    if (
        row.previous_hash == GENESIS
        or others.filter(entry_hash=row.previous_hash).exists()
    ):
        return (
            "It does not stand where it was written: rows were put in before it, or "
            "stand in another order."
        )
    return "A row before it was removed, put in, or written anew."
