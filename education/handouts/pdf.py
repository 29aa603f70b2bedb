"""Handouts as PDF/UA files, where WeasyPrint and its libraries are installed.

Whoever asks, the work is bounded: one file at a time on this machine, a few a minute
for each address, each within a deadline, and nobody waits for another's.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.utils import timezone

from education.rate_limit import seconds_to_wait

try:
    import fcntl
except ImportError:  # where there are no such locks, the other limits hold
    fcntl = None  # type: ignore[assignment]

#: Files are kept in so many places, so that no number of addresses fills the cache.
PLACES = 48
#: Those of several pages, which anybody can put together, push out no other.
PLACES_OF_BUNDLES = 16
LARGEST_KEPT = 1_000_000
DAY = 24 * 60 * 60
#: So many may be made for one address within a minute.
MOST_MADE = 6
#: How long making one may take, in seconds.
DEADLINE = 20
PRESS = Path(__file__).with_name("press.py")
#: Nothing else of our surroundings, such as passwords, is anything to the press.
NEEDED = ("PATH", "HOME", "LANG", "LC_ALL", "PYTHONPATH", "LD_LIBRARY_PATH")
NEEDED_TOO = ("FONTCONFIG_", "XDG_")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wish:
    """A handout that somebody wants as a file.

    `host` is such as "https://education.example.org/"; `styles` are the addresses of
    its style sheets; `asked_by` is the address that the limit counts.
    """

    html: str
    host: str
    styles: tuple[str, ...]
    asked_by: str
    is_bundle: bool = False


def style(url: str) -> str:
    """The style sheet at this address of ours. Raises ValueError for anything else."""
    path = urlsplit(url).path
    name = path.removeprefix(urlsplit(settings.STATIC_URL).path)
    if name == path or not name.endswith(".css") or ".." in name:
        raise ValueError("A handout fetches nothing but its own style sheet.")
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read().decode()
    if found := finders.find(name):
        return Path(found).read_text(encoding="utf-8")
    raise ValueError("There is no such style sheet.")


@lru_cache(maxsize=1)
def version() -> str:
    """Of WeasyPrint, which only the press loads; "" where it is not installed."""
    try:
        return metadata.version("weasyprint")
    except metadata.PackageNotFoundError:
        return ""


def is_offered() -> bool:
    return bool(version())


def as_pdf(wish: Wish) -> bytes | None:
    """The document as a file; None where none can be made, or not just now."""
    if not is_offered():
        return None
    try:
        return _kept_or_made(wish)
    except Exception:
        # Readers get the print view instead, so nobody has to wait for the mending.
        logger.exception("A handout could not be made into a PDF file")
        return None


def _kept_or_made(wish: Wish) -> bytes | None:
    styles = {urlsplit(address).path: style(address) for address in wish.styles}
    asked = json.dumps({"html": wish.html, "host": wish.host, "styles": styles})
    made_of = sha256(f"{version()}\0{asked}".encode()).hexdigest()
    place = _place(int(made_of[:8], 16), wish.is_bundle)
    kept_as, file = cache.get(place) or ("", b"")
    if kept_as == made_of:
        return file
    with _at_the_press() as ours:
        now = timezone.now()
        if not ours or seconds_to_wait("files", MOST_MADE, wish.asked_by, now):
            return None
        file = _made(asked)
    if len(file) <= LARGEST_KEPT:
        cache.set(place, (made_of, file), DAY)
    return file


def _place(number: int, is_bundle: bool) -> str:
    if is_bundle:
        return f"handout-pdf-bundle-{number % PLACES_OF_BUNDLES}"
    return f"handout-pdf-{number % PLACES}"


@contextmanager
def _at_the_press() -> Iterator[bool]:
    """Say whether the press is ours until the block ends. Never waits.

    The lock is on the program itself, which is there wherever the portal is.
    """
    if fcntl is None:
        yield True
        return
    with PRESS.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _made(asked: str) -> bytes:
    """The file that the press makes. Raises where it fails or takes too long."""
    needed = {
        name: value
        for name, value in os.environ.items()
        if name in NEEDED or name.startswith(NEEDED_TOO)
    }
    done = subprocess.run(  # noqa: S603 - our own program, and nothing of a reader's
        [sys.executable, "-P", str(PRESS)],
        input=asked.encode(),
        capture_output=True,
        timeout=DEADLINE,
        env=needed,
        check=False,
    )
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        why = said[-1][:200] if said else "it said nothing"
        raise RuntimeError(f"The press ended with {done.returncode}: {why}")
    return done.stdout
