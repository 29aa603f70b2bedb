"""Finds a Chromium to drive, and gets one where none is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """Return the path of a browser that is here already, or None."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path and answers(path)), None) or (
        from_playwright()
    )


def install() -> str | None:
    """Get a browser through apt, else through Playwright; None where neither can."""
    if getattr(os, "geteuid", lambda: 1)() == 0 and shutil.which("apt-get"):
        attempt("apt-get", "update", "--quiet", "--quiet")
        attempt("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    if path := installed():
        return path
    attempt(sys.executable, "-m", "playwright", "install", "chromium")
    return installed()


def answers(path: str) -> bool:
    """Say whether it starts: some systems have a stand-in that only says to get it."""
    return attempt(path, "--version", seconds=20)


def attempt(*command: str, seconds: int = 600) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def from_playwright() -> str | None:
    """Return the browser that `playwright install` put away, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def launch_arguments() -> list[str]:
    """Return flags that keep the browser quiet and away from every other host."""
    return [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
    ]
