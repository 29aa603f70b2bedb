"""A portal of one's own to look at: with the demonstration, on this computer only.

The pictures and `make audit` start one in a folder that is thrown away.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_PREPARE = 900
SECONDS_TO_START = 60


def prepared(
    folder: Path, password: str, settings: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Make a portal with the demonstration content; return its environment.

    `settings` are environment variables to run it with, beside the usual ones.
    """
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
        **(settings or {}),
    }
    for step in (
        ["collectstatic", "--noinput", "--verbosity", "0"],
        ["migrate", "--verbosity", "0"],
        ["install_portal"],
        ["load_demo", "--password", password],
    ):
        manage(environment, *step)
    return environment


def manage(environment: dict[str, str], *command: str) -> None:
    """Run a management command; raise `CalledProcessError` if it fails."""
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=SECONDS_TO_PREPARE,
    )


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """Run the portal and give its address; end it afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", bind]
    started = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(f"http://{bind}/healthz")
        yield f"http://{bind}"
    finally:
        started.terminate()
        started.wait(timeout=30)


def wait_for(address: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=5):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("The portal did not start.")
