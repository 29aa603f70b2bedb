"""Proves that the sign-offs are as they were written, and that pages match them."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand

from education.ledger import (
    Chain,
    false_dates,
    read_chains,
    unmatched_decisions,
    unsigned_pages,
)
from education.problems import Problem


class Command(BaseCommand):
    help = (
        "Recomputes every sign-off and compares the live pages with what was signed. "
        "Prints one line a problem and ends with status 1 when there is any. Changes "
        "nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--anchor",
            action="store_true",
            help="Also print the head of each ledger. Keep it where nobody who can "
            "write to the database can reach it.",
        )
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="HASH",
            help="A head that was kept earlier: the ledger has to hold it still. May "
            "be given more than once.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        expected = frozenset(options["expect"])
        chains = list(read_chains(expected))
        problems = [
            *chain.from_iterable(ledger.problems for ledger in chains),
            *_cut_off(chains, expected),
            *unsigned_pages(),
            *unmatched_decisions(),
            *false_dates(),
        ]
        show = self.show_json if options["format"] == "json" else self.show_text
        show(chains, problems, options["anchor"])
        if problems:
            sys.exit(1)

    def show_text(
        self, chains: list[Chain], problems: list[Problem], anchor: bool
    ) -> None:
        for problem in problems:
            self.stdout.write(str(problem))
        for ledger in chains:
            if anchor:
                self.stdout.write(
                    f"{ledger.name}: {ledger.rows} rows, head {ledger.head}"
                )
        rows = sum(ledger.rows for ledger in chains)
        came_to = f"{len(problems)} problems" if problems else "no problem"
        self.stdout.write(f"{rows:,} sign-offs verified: {came_to}.")

    def show_json(
        self, chains: list[Chain], problems: list[Problem], anchor: bool
    ) -> None:
        said = {
            "ok": not problems,
            "ledgers": {
                ledger.name: {"rows": ledger.rows, "head": ledger.head}
                for ledger in chains
            },
            "problems": [asdict(problem) for problem in problems],
        }
        self.stdout.write(json.dumps(said, indent=2))


def _cut_off(chains: list[Chain], expected: frozenset[str]) -> Iterator[Problem]:
    for head in sorted(expected - {found for ledger in chains for found in ledger.met}):
        yield Problem(
            "ledger",
            f"No sign-off has the hash {head} that was kept: the end was cut off, or "
            "the ledger was written anew.",
            "Compare with a backup, and find out who could write to the database.",
        )
