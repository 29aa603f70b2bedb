"""What Lighthouse says of the pages that most people come in by, on a slow phone."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import chromium
from tests.audit.tables import print_table
from tests.public_addresses import ADDRESSES, Address

PROGRAM = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
RUNS = int(os.environ.get("AUDIT_RUNS", "3"))
SECONDS_EACH = 180
#: On a busy computer the browser is at times too late to be measured at all.
TRIES = 3

#: Of 100.
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
HEADS = ("performance", "accessible", "practices", "SEO")
#: Seconds, share of the window that jumped, milliseconds.
MOST = {
    "largest-contentful-paint": ("LCP s", 1.8),
    "cumulative-layout-shift": ("CLS", 0.02),
    "total-blocking-time": ("TBT ms", 50),
}


@dataclass(frozen=True)
class Report:
    """One look at one page."""

    scores: dict[str, float]
    figures: dict[str, float]
    faults: dict[str, str]


def look_at(address: str, browser: str, folder: Path) -> list[str]:
    """Print the median of each page, and say which fall short and why."""
    wrong, rows = [], []
    for row in [row for row in ADDRESSES if row.is_measured]:
        print(f"Lighthouse: {row.name} ...", flush=True)
        reports = [asked(address, row, browser, folder) for _ in range(RUNS)]
        scores = {name: median(reports, "scores", name) for name in LEAST}
        figures = {name: median(reports, "figures", name) for name in MOST}
        rows.append(
            [
                row.name,
                *(f"{score:.0f}" for score in scores.values()),
                f"{figures['largest-contentful-paint']:.2f}",
                f"{figures['cumulative-layout-shift']:.3f}",
                f"{figures['total-blocking-time']:.0f}",
            ]
        )
        wrong += falling_short(row, scores, figures, reports)
    print_table(["Lighthouse", *HEADS, *(name for name, _ in MOST.values())], rows)
    return wrong


def asked(address: str, row: Address, browser: str, folder: Path) -> Report:
    """Let Lighthouse look once; again if it saw nothing. End all if it never does."""
    command = command_for(address + row.path, row.is_unlisted)
    # It makes a new profile under TMPDIR for each run.
    surroundings = os.environ | {"CHROME_PATH": browser, "TMPDIR": str(folder)}
    complaint = ""
    for _ in range(TRIES):
        done = subprocess.run(
            command,
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=SECONDS_EACH,
        )
        said = json.loads(done.stdout) if done.returncode == 0 else None
        if said and all("numericValue" in said["audits"][name] for name in MOST):
            return read(said)
        complaint = done.stderr
    raise SystemExit(f"Lighthouse could not look at {row.name}:\n{complaint}")


def command_for(url: str, is_unlisted: bool) -> list[str]:
    """Return what is run: a slow phone, in a browser that has never been anywhere."""
    flags = ["--headless=new", *chromium.launch_arguments()]
    return [
        *(str(PROGRAM), url, "--quiet", "--output=json"),
        *("--form-factor=mobile", "--throttling-method=simulate"),
        f"--only-categories={','.join(LEAST)}",
        f"--chrome-flags={' '.join(map(quoted, flags))}",
        "--no-enable-error-reporting",
        # Search results are kept out of search engines on purpose: `noindex`.
        *(["--skip-audits=is-crawlable"] if is_unlisted else []),
    ]


def quoted(flag: str) -> str:
    return f'"{flag}"' if " " in flag else flag


def read(said: dict[str, Any]) -> Report:
    audits, categories = said["audits"], said["categories"]
    figures = {name: audits[name]["numericValue"] for name in MOST}
    figures["largest-contentful-paint"] /= 1000
    return Report(
        scores={name: (categories[name]["score"] or 0) * 100 for name in LEAST},
        figures=figures,
        faults={
            reference["id"]: audits[reference["id"]]["title"]
            for name in LEAST
            if name != "performance"
            for reference in categories[name]["auditRefs"]
            if reference["weight"] and audits[reference["id"]]["score"] == 0
        },
    )


def median(reports: list[Report], kind: str, name: str) -> float:
    return statistics.median(getattr(report, kind)[name] for report in reports)


def falling_short(
    row: Address,
    scores: dict[str, float],
    figures: dict[str, float],
    reports: list[Report],
) -> list[str]:
    """Say what is below the least or above the most, and which audits failed."""
    wrong = [
        f"{row.name}: {name} {score:.0f} of {LEAST[name]}"
        for name, score in scores.items()
        if round(score) < LEAST[name]
    ]
    wrong += [
        f"{row.name}: {MOST[name][0]} {figure:.3g}, at most {MOST[name][1]}"
        for name, figure in figures.items()
        if figure > MOST[name][1]
    ]
    faults = {key: title for report in reports for key, title in report.faults.items()}
    return [*wrong, *(f"{row.name}: {key}: {said}" for key, said in faults.items())]
