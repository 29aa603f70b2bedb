"""Examines the portal: one line a check, and what to do where one fails."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from education.health import CHEAP, STRUCTURE
from education.ledger import (
    false_dates,
    read_chains,
    unmatched_decisions,
    unsigned_pages,
)
from education.problems import Problem
from education.search.comparison import differences

#: So many problems of one check are told; more of the same help nobody.
MOST_TOLD = 10

Examination = Callable[[], Iterable[Problem]]


class Command(BaseCommand):
    help = (
        "Examines the portal and prints one line a check: ok, or FAIL and what to do. "
        "Exit status 1 when any fails. Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="Tell every problem, not the first ten."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        most = None if options["all"] else MOST_TOLD
        failed = [
            name
            for name, examine in examinations().items()
            if not self.passes(name, examine, most)
        ]
        if failed:
            sys.exit(1)

    def passes(self, name: str, examine: Examination, most: int | None) -> bool:
        """Carry out one check and say what it came to, also where it breaks down."""
        try:
            problems = list(examine())
        except Exception as error:
            self.stdout.write(f"FAIL {name}: could not be checked, {error!r}")
            return False
        if not problems:
            self.stdout.write(f"ok   {name}")
            return True
        for problem in islice(problems, most):
            self.stdout.write(f"FAIL {name}: {problem}")
        if most is not None and len(problems) > most:
            self.stdout.write(f"FAIL {name}: {len(problems) - most} more like these.")
        return False


def examinations() -> dict[str, Examination]:
    """Every check by its name, the cheap ones first."""
    now = timezone.now()
    looks = CHEAP | STRUCTURE
    return {name: partial(look, now) for name, look in looks.items()} | {
        "search index": differences,
        "signed words": unsigned_pages,
        "ledger": _ledger,
    }


def _ledger() -> Iterator[Problem]:
    for chain in read_chains():
        yield from chain.problems
    yield from unmatched_decisions()
    yield from false_dates()
