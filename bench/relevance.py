"""Measures whether search finds the right page first. `make relevance` runs it.

Asks every query of `tests/samples/judged_queries.tsv` of the search page and of stock
Wagtail search over the same pages, on SQLite and PostgreSQL, in databases that are
thrown away. What counts as found is said in `tests/samples/README.md`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.judged import (  # noqa: E402
    Found,
    Judged,
    Measured,
    figures,
    judged_queries,
    place,
    read_results,
)

SETS = ("tuning", "held_out")
KINDS = (
    "lay typo brand question one_word medicine phrase emergency no_match".split()  # noqa: SIM905
)
ENGINES = ("ours", "stock", "stock, any word")
ENOUGH = {"success@1": 0.92, "success@3": 0.98}


def asking(addresses: dict[int, str]) -> Callable[[str], Found]:
    """Ask the search page, as a browser would. Needs Django with a filled database."""
    from django.test import Client

    client = Client()

    def ask(query: str) -> Found:
        html = client.get("/search/", {"q": query}).content.decode()
        return read_results(html, addresses)

    return ask


# In a process of its own for each database, because Django has one default database.


def measure_here(report: Path) -> None:
    """Fill a throwaway database, ask everything, and write down what was found."""
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import (
        get_runner,
        setup_test_environment,
        teardown_test_environment,
    )

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        answers = ask_everything()
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()
    report.write_text(json.dumps(answers))


def ask_everything() -> dict[str, dict[str, list]]:
    from bench.stock_search import found_by_stock, index_texts
    from education.demonstration import load, read_demonstration
    from education.installation import install
    from education.models import ClinicalPage
    from education.search.index import rebuild

    install()
    load(read_demonstration())
    for _ in rebuild():
        pass
    index_texts()
    addresses = {
        page.pk: urlsplit(page.get_url()).path for page in ClinicalPage.objects.live()
    }
    ask = asking(addresses)
    answers: dict[str, dict[str, list]] = {engine: {} for engine in ENGINES}
    for judged in judged_queries():
        query = judged.query
        found = ask(query)
        answers["ours"][query] = [
            found.addresses,
            found.claims_all_words,
            found.is_corrected,
        ]
        for engine, operator in (("stock", None), ("stock, any word", "or")):
            pages = [addresses[pk] for pk in found_by_stock(query, operator)]
            answers[engine][query] = [pages, True, False]
    return answers


def measure(name: str, url: str) -> Measured:
    print(f"Asking on {name} ...", file=sys.stderr, flush=True)
    inherited = {k: v for k, v in os.environ.items() if k != "TEST_DATABASE_URL"}
    environment = inherited | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.testing",
        "LOG_LEVEL": "WARNING",
    }
    if url:
        environment["TEST_DATABASE_URL"] = url
    with tempfile.TemporaryDirectory(prefix="portal-relevance-") as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, __file__, "--write", str(report)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        answers = json.loads(report.read_text())
    return {
        engine: {query: Found(tuple(row[0]), *row[1:]) for query, row in found.items()}
        for engine, found in answers.items()
    }


def measured_everywhere(which: str) -> Iterator[tuple[str, Measured]]:
    from tests.run_suite import postgresql

    if which != "postgresql":
        yield "SQLite", measure("SQLite", "")
    if which != "sqlite":
        with postgresql() as url:
            yield "PostgreSQL", measure("PostgreSQL", url)


def print_figures(name: str, measured: Measured, queries: list[Judged]) -> None:
    """One table: a line for each kind of query and each set, engines side by side."""
    groups = {
        **{kind: [row for row in queries if row.kind == kind] for kind in KINDS},
        **{part: [row for row in queries if row.set == part] for part in SETS},
        "all": queries,
    }
    heads = "".join(f"{engine:>24}" for engine in ENGINES)
    print(
        f"\n{name}\n{'':21}{heads}\n{'':21}" + "".join(["   @1     @3    MRR    "] * 3)
    )
    for group, rows in groups.items():
        cells = ""
        for engine in ENGINES:
            found = measured[engine]
            said = figures([place(row, found[row.query]) for row in rows])
            cells += "".join(f"{value:7.3f}" for value in said.values()) + "   "
        print(f"{group:12}{len(rows):6}   {cells}")


def print_failures(name: str, found: dict[str, Found], rows: list[Judged]) -> None:
    """Each query whose first page is wrong: where the right one is, what came first."""
    failed = [(row, at) for row in rows if (at := place(row, found[row.query])) != 1]
    print(f"\n{name}: {len(failed)} of {len(rows)} queries without a good first page")
    for row, at in failed:
        first = found[row.query].addresses[:1] or ("nothing",)
        wanted = row.right[0] if row.right else "no claim"
        print(
            f"  {row.set:9}{row.kind:10}{f'at {at}' if at else '-':7}{row.query!r}: "
            f"{first[0]}, wanted {wanted}"
        )


def differing(measured: dict[str, Measured], rows: list[Judged]) -> dict[str, str]:
    """By query: where the first ten addresses part from one database to the other."""
    answers = [one["ours"] for one in measured.values()]
    parted = {}
    for row in rows:
        lists = [found[row.query].addresses for found in answers]
        pairs = enumerate(zip_longest(*lists, fillvalue="nothing"), 1)
        first = next((pair for pair in pairs if len(set(pair[1])) > 1), None)
        if first:
            parted[row.query] = f"at {first[0]}: {' or '.join(first[1])}"
    return parted


def is_enough(measured: dict[str, Measured], rows: list[Judged]) -> bool:
    """Whether ours reaches on every database what was asked for, and the same."""
    reached = [
        figures([place(row, one["ours"][row.query]) for row in rows])
        for one in measured.values()
    ]
    good = all(
        said[name] >= least for said in reached for name, least in ENOUGH.items()
    )
    return good and not differing(measured, rows)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How good is search?")
    parser.add_argument("--assert", dest="insist", action="store_true")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), default="")
    parser.add_argument(
        "--tuning-only",
        action="store_true",
        help="Keep the failures of the held-out set to itself, for whoever tunes.",
    )
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    chosen = arguments()
    if chosen.write:
        measure_here(chosen.write)
        return 0
    queries = judged_queries()
    shown = [row for row in queries if row.set == "tuning" or not chosen.tuning_only]
    measured = dict(measured_everywhere(chosen.only))
    for name, one in measured.items():
        print_failures(name, one["ours"], shown)
    for name, one in measured.items():
        print_figures(name, one, queries)
    different = differing(measured, queries)
    print(f"\nNot the same on both databases: {len(different)} of {len(queries)}")
    for query, where in different.items():
        print(f"  {query!r} {where}")
    return 1 if chosen.insist and not is_enough(measured, queries) else 0


if __name__ == "__main__":
    sys.exit(main())
