"""A few rounds of every fault; `python tests/faults/run.py` plays hundreds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
    reason="workers share PostgreSQL; on SQLite one writer at a time is all there is",
)
def test_nothing_is_lost_or_left_half_done() -> None:
    done = subprocess.run(
        [sys.executable, "tests/faults/run.py", "--short"],
        cwd=ROOT,
        # The script makes settings and a database of its own.
        env={k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
