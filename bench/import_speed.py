"""Measures what a dry run of the importer costs. `make bench-import` runs it.

Makes a long damaged document of the samples, sorts it as `manage.py import_questions`
does in a process of its own, on two processors at most, and prints time and memory.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.import_corpus import long_document  # noqa: E402

#: What a document of 5,000 passages may take on two processors.
SECONDS, MEGABYTES = 60, 500
PROCESSORS = 2


def main() -> int:
    """Measure and print one line for each size; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="500,1000,5000", help="passages")
    parser.add_argument("--profile", help="a file for the profile of the last size")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        at = Path(folder)
        run(at, ["manage.py", "migrate", "--verbosity", "0"])
        run(at, ["manage.py", "install_portal"])
        print(f"{'passages':>9}{'lines':>9}{'seconds':>9}{'CPU':>9}{'MB':>9}")
        figures = [dry_run(at, size) for size in sizes]
        if options.profile:
            run(at, ["-m", "cProfile", "-o", options.profile, *command(at)])
    seconds, megabytes = figures[-1]
    missed = sizes[-1] <= 5_000 and (seconds > SECONDS or megabytes > MEGABYTES)
    print(f"Goal for 5,000: {SECONDS} s and {MEGABYTES} MB.")
    return int(missed)


def dry_run(folder: Path, size: int) -> tuple[float, float]:
    """Sort a document of so many passages, print and return what it took."""
    text, passages = long_document(size)
    document_in(folder).write_text(text, encoding="utf-8")
    seconds, cpu, megabytes = run(folder, command(folder))
    lines = text.count("\n")
    print(
        f"{passages:9,}{lines:9,}{seconds:9.1f}{cpu:9.1f}{megabytes:9.0f}", flush=True
    )
    return seconds, megabytes


def command(folder: Path) -> list[str]:
    return ["manage.py", "import_questions", str(document_in(folder)), "--dry-run"]


def document_in(folder: Path) -> Path:
    return folder / "long.txt"


def run(folder: Path, arguments: list[str]) -> tuple[float, float, float]:
    """Run Python and return seconds, seconds of CPU, and megabytes at the most."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "bench.search_settings",
        "LOG_LEVEL": "ERROR",
    }
    environment.pop("TEST_DATABASE_URL", None)
    os.chdir(ROOT)
    began = time.monotonic()
    said = os.open(folder / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, *arguments],
        environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, said, 1)],
    )
    os.close(said)
    os.sched_setaffinity(child, sorted(os.sched_getaffinity(0))[:PROCESSORS])
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(
            f"{' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}."
        )
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return time.monotonic() - began, used.ru_utime + used.ru_stime, kilobytes / 1024


if __name__ == "__main__":
    sys.exit(main())
