"""Whether the HTML of each page is sound, as html-validate sees it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.audit.tables import print_table
from tests.public_addresses import ADDRESSES

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / ".bin" / "html-validate"


def look_at(address: str, folder: Path) -> list[str]:
    """Print how many faults each page has, and return them in sentences."""
    kept = folder / "html"
    kept.mkdir()
    wrong, rows = [], []
    files = {str(kept / f"{n}.html"): row for n, row in enumerate(ADDRESSES)}
    for file, row in files.items():
        status, text = fetched(address + row.path)
        Path(file).write_text(text, encoding="utf-8")
        if status != row.status:
            wrong.append(f"{row.name}: answers {status} instead of {row.status}")
    found = faults(list(files), folder / "faults.json")
    for file, row in files.items():
        said = found.get(file, [])
        rows.append([row.name, row.path[:46], row.status, len(said)])
        wrong += [f"{row.name}: {one}" for one in said]
    print_table(["html-validate", "address", "status", "faults"], rows)
    return wrong


def fetched(url: str) -> tuple[int, str]:
    """Return the status and the text of an answer, be it an error."""
    try:
        with urlopen(url, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def faults(files: list[str], report: Path) -> dict[str, list[str]]:
    """Return what html-validate has against each file: warnings too."""
    # It ends before a pipe has taken all of it, so it writes to a file.
    command = [
        str(PROGRAM),
        f"--config={HERE / 'html-validate.mjs'}",
        f"--formatter=json={report}",
        *files,
    ]
    done = subprocess.run(
        command, cwd=HERE, capture_output=True, text=True, timeout=300
    )
    if done.returncode not in {0, 1} or not report.exists():
        raise SystemExit(f"html-validate could not run:\n{done.stderr or done.stdout}")
    return {
        one["filePath"]: [
            f"line {said['line']}: {said['message']} ({said['ruleId']})"
            for said in one["messages"]
        ]
        for one in json.loads(report.read_text(encoding="utf-8"))
    }
