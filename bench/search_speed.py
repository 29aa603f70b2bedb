"""Measures how fast search is beside Wagtail's own. `make bench-search` runs it.

Fills new databases with made-up pages, some at a time, asks queries of each class and
prints a table for each size. The databases are thrown away.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.search_report import print_goals, print_size  # noqa: E402
from tests.run_suite import postgresql  # noqa: E402

LARGEST = {"sqlite": 30_000, "postgresql": 100_000}
#: On a computer with two slow cores: seconds and bytes a page of 400 words.
SECONDS_A_PAGE = {"sqlite": 0.009, "postgresql": 0.013}
BYTES_A_PAGE = {"sqlite": 30_000, "postgresql": 35_000}
MEASURING = 150


def main() -> None:
    """Fill, measure and print, one database after the other."""
    options = parsed(sys.argv[1:])
    plan = {name: sizes_for(name, options.sizes) for name in options.databases}
    say_how_long(plan, options.words)
    measured: dict[str, list[dict[str, Any]]] = {}
    for name, sizes in plan.items():
        with database(name) as url:
            measured[name] = list(run(name, url, sizes, options))
    print_goals(measured)
    if options.json:
        Path(options.json).write_text(json.dumps(measured, indent=1))


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Read the options; a size or a database that there is none of ends the run."""

    def numbers(text: str) -> list[int]:
        return sorted(int(part) for part in text.split(","))

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=numbers, help="pages, such as 1000,10000")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--queries", help="only these classes, with commas between")
    parser.add_argument("--words", type=int, default=400, help="a page (400)")
    parser.add_argument(
        "--stock-upto",
        type=int,
        default=10_000,
        help="the largest number of pages at which Wagtail's search runs too (10000)",
    )
    parser.add_argument("--json", help="a file for the figures")
    options = parser.parse_args(arguments)
    options.databases = options.databases.split(",")
    if unknown := set(options.databases) - LARGEST.keys():
        parser.error(f"no such database: {', '.join(sorted(unknown))}")
    return options


def sizes_for(name: str, asked: list[int] | None) -> list[int]:
    return asked or [1_000, 10_000, LARGEST[name]]


def say_how_long(plan: dict[str, list[int]], words: int) -> None:
    """Tell what is about to happen; refuse where the disk is too small for it."""
    longer = words / 400
    seconds, most = 0.0, 0.0
    for name, sizes in plan.items():
        seconds += max(sizes) * SECONDS_A_PAGE[name] * longer + MEASURING * len(sizes)
        most = max(most, max(sizes) * BYTES_A_PAGE[name] * longer)
        pages = ", ".join(f"{size:,}" for size in sizes)
        tell(f"{name}: {pages} pages of {words} words")
    tell(
        f"This takes about {seconds / 60:.0f} minutes and {most / 1e9:.1f} GB of disk."
    )
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < 1.5 * most:
        raise SystemExit(f"Only {free / 1e9:.1f} GB are free. Ask for smaller --sizes.")


def tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def database(name: str) -> Iterator[str]:
    """The URL of an empty database, gone afterwards."""
    if name == "sqlite":
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
            yield f"sqlite:///{folder}/bench.sqlite3"
        return
    with postgresql() as server:
        own = f"portal_bench_{os.getpid()}"
        on_server(server, f"CREATE DATABASE {own}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{own}"))
        finally:
            on_server(server, f"DROP DATABASE {own} WITH (FORCE)")


def on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def run(
    name: str, url: str, sizes: list[int], options: argparse.Namespace
) -> Iterator[dict[str, Any]]:
    """Measure in a process of its own: Wagtail asks once which database it is on."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "bench.search_settings",
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "ERROR",
    }
    environment.pop("TEST_DATABASE_URL", None)
    given = {
        "sizes": sizes,
        "words": options.words,
        "stock_upto": options.stock_upto,
        "queries": options.queries.split(",") if options.queries else None,
    }
    command = [sys.executable, "-m", "bench.search_measuring", json.dumps(given)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        for line in child.stdout or ():
            figures = json.loads(line)
            print_size(name, figures)
            yield figures
    if child.returncode:
        raise SystemExit(f"Measuring on {name} ended with {child.returncode}.")


if __name__ == "__main__":
    main()
