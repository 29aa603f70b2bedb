"""Breaks a portal on purpose, on PostgreSQL under gunicorn, and looks at what is left.

    python tests/faults/run.py [--short] [--only kill] [--publications 200] ...

Uses the server that `TEST_DATABASE_URL` names, else one of its own that is thrown away.
Prints a table; exit status 1 when anything was lost, left half-done or answered with an
error of the server. `tests/test_faults.py` runs the short form.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402

from tests.faults.portal import Server, database, surroundings  # noqa: E402
from tests.run_suite import postgresql  # noqa: E402

#: Name, what it came to, how long it took, failures.
Row = tuple[str, str, str, list[str]]

SHORT = {"publications": 5, "rounds": 3, "due": 5, "saves": 2}


def main() -> int:
    options = arguments()
    with (
        postgresql() as server_url,
        database(server_url) as url,
        TemporaryDirectory(prefix="portal-faults-", ignore_cleanup_errors=True) as var,
    ):
        os.environ.update(surroundings(url, var))
        os.chdir(ROOT)
        django.setup()
        return play(options, Path(var) / "server.log")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="A few rounds of each.")
    parser.add_argument("--publications", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--due", type=int, default=100)
    parser.add_argument("--saves", type=int, default=50)
    parser.add_argument("--only", help="Only experiments with this in their name.")
    options = parser.parse_args()
    if options.short:
        vars(options).update(SHORT)
    return options


def play(options: argparse.Namespace, log: Path) -> int:
    """Run every experiment, and print what each came to."""
    # Only now are there settings and a database for these.
    from django.core.management import call_command
    from django.db import connection

    from tests.factories import set_the_scene
    from tests.faults.acts import Cast
    from tests.faults.experiments import Stage, experiments

    call_command("migrate", verbosity=0)
    call_command("send_review_reminders", stdout=StringIO())
    stage = Stage()
    set_the_scene(stage)
    stage.server = Server(log)
    try:
        stage.server.wait_until_it_answers()
        stage.cast = Cast.come_in(stage.server)
        chosen = {
            name: experiment
            for name, experiment in experiments(stage, options).items()
            if not options.only or options.only in name
        }
        rows = []
        for name, experiment in chosen.items():
            # In the short form once, in the end.
            stage.asks_the_doctor = not options.short or name == list(chosen)[-1]
            rows.append(run(name, experiment))
    finally:
        stage.server.stop()
        connection.close()
    show(rows, stage.server)
    return 1 if any(row[3] for row in rows) else 0


def show(rows: list[Row], server: Server) -> None:
    """Print the table, each failure, and what the server said where there is one."""
    print()
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    for row in rows:
        print("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=False)))
        for sentence in row[3]:
            print(f"    FAIL {sentence}")
    if any(row[3] for row in rows):
        print(*server.complaints()[-60:], sep="\n")


def run(name: str, experiment: Callable[[], tuple[str, list[str]]]) -> Row:
    started = time.monotonic()
    said, failures = experiment()
    took = f"{time.monotonic() - started:.0f} s"
    print(f"{name}: {said} ({took})", file=sys.stderr, flush=True)
    return name, said, took, failures


if __name__ == "__main__":
    sys.exit(main())
