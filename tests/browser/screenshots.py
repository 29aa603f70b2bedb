"""Takes the pictures that the README shows. `make screenshots` runs it.

Starts the portal with its demonstration content in a folder that is thrown away, looks
at it with Chromium, and ends what it started.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests import chromium  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
AUTHOR = "demo-author"
QUESTION = "blood-clot-or-leg-cramp"
TITLE = "How can I tell a blood clot from a leg cramp?"
DESKTOP = {"width": 1280, "height": 860}
SECONDS_TO_START = 60


def main() -> None:
    password = secrets.token_urlsafe()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portal-pictures-") as folder:
        environment = prepared(Path(folder), password)
        with serving(environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.installed(), args=chromium.launch_arguments()
            )
            page = browser.new_page(viewport=DESKTOP, color_scheme="light")
            picture_of_the_public(page, address)
            picture_of_the_editor(page, address, password)
            browser.close()


def prepared(folder: Path, password: str) -> dict[str, str]:
    """Make a portal with the demonstration content; return its environment."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }
    for step in (
        ["collectstatic", "--noinput", "--verbosity", "0"],
        ["migrate", "--verbosity", "0"],
        ["install_portal"],
        ["load_demo", "--password", password],
    ):
        command = [sys.executable, "manage.py", *step]
        subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    return environment


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


def picture_of_the_public(page: Page, address: str) -> None:
    page.goto(f"{address}/questions/{QUESTION}/")
    page.screenshot(path=PICTURES / "public.png")


def picture_of_the_editor(page: Page, address: str, password: str) -> None:
    page.goto(f"{address}/cms/login/")
    page.get_by_label("Username").fill(AUTHOR)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/cms/")
    page.goto(f"{address}/cms/pages/search/?q=blood+clot")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / "editor.png")


if __name__ == "__main__":
    main()
