"""The one stylesheet of the public pages: all parts in order, and the accent color."""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from education.colors import Shade, dark_shades, light_shades

#: The stylesheets of public pages, in order; handouts name three of their own.
PARTS = (
    "tokens",
    "base",
    "layout",
    "components",
    "forms",
    "suggest",
    "lists",
    "home",
    "clinical",
    "facts",
    "pages",
    "syndication",
    "body",
    "comparing",
    "handouts",
    "feedback",
)
PRINT_PARTS = ("print",)

#: Stands for whatever edition is current, in pages that may not ask the database.
CURRENT = "current"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stylesheet:
    """What a browser gets; `edition` is a hash of it and stands in its address."""

    edition: str
    text: bytes
    zipped: bytes


def style_address(edition: str = CURRENT) -> str:
    return f"/style/{edition}.css"


def stylesheet(accent: str = "") -> Stylesheet:
    """The style with this accent color, such as "#005eb8"; "" keeps our own.

    Read and packed once in a process; while developing, whenever a file was changed.
    """
    return _packed(_joined(_stamp() if settings.DEBUG else ""), accent)


@lru_cache(maxsize=4)
def _packed(joined: str, accent: str) -> Stylesheet:
    text = (joined + accent_rule(accent)).encode()
    edition = hashlib.sha256(text).hexdigest()[:16]
    return Stylesheet(edition, text, gzip.compress(text, 9, mtime=0))


@lru_cache(maxsize=1)
def _joined(stamp: str) -> str:
    """All parts; `stamp` only says whether they have changed since."""
    screen = [_read(name) for name in PARTS]
    paper = [f"@media print {{\n{_read(name)}}}\n" for name in PRINT_PARTS]
    return "".join([*screen, *paper])


def _stamp() -> str:
    changed = (path.stat().st_mtime_ns for path in map(_path, _names()) if path)
    return ",".join(map(str, changed))


def _names() -> tuple[str, ...]:
    return (*PARTS, *PRINT_PARTS)


def _path(name: str) -> Path | None:
    found = finders.find(f"education/{name}.css")
    return Path(found) if found else None


def _read(name: str) -> str:
    """The text of a part; a page without one of them is still better than none."""
    path = _path(name)
    try:
        if path is not None:
            return path.read_text(encoding="utf-8")
    except OSError as error:
        logger.error("A stylesheet cannot be read: %s: %s", name, error)
    else:
        logger.error("A stylesheet is missing: %s", name)
    return ""


def accent_rule(accent: str) -> str:
    """What comes last on screens: in the layer of the tokens, which paper overrules."""
    if not accent:
        return ""
    light = _rule(light_shades, accent)
    dark = _rule(dark_shades, accent)
    dark = f"@media (prefers-color-scheme: dark) {{ {dark} }}"
    return f"@layer tokens {{ {light} {dark} }}\n"


def _rule(shades: Callable[[str], Shade], accent: str) -> str:
    said = " ".join(f"--{name}: {color};" for name, color in shades(accent).items())
    return f":root {{ {said} }}"
