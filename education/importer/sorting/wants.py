"""What an English question may want: the rows of `wants.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("wants.toml")


@dataclass(frozen=True)
class Want:
    """`drops` are words that belong to the asking, not to what is asked about."""

    name: str
    aspect: str
    pattern: re.Pattern[str]
    drops: frozenset[str]


@cache
def wants() -> tuple[Want, ...]:
    """In the order in which they are tried."""
    content = _content()
    words = content["words"]
    return tuple(_read(row, words) for row in content["want"])


@cache
def aspect_of(want: str) -> str:
    """The HealthAspect under which an answer to this is read, or ""."""
    others = _content()["aspects"]
    return next((row.aspect for row in wants() if row.name == want), "") or others.get(
        want, ""
    )


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def _read(row: dict[str, str], words: dict[str, str]) -> Want:
    filled = row["pattern"]
    drops = row.get("drops", "")
    for name, meant in words.items():
        filled = filled.replace(f"{{{name}}}", meant)
        drops = drops.replace(f"{{{name}}}", meant)
    # What may stand far behind still starts with a word of its own.
    filled = filled.replace(".*(?:", r".*\b(?:")
    return Want(
        name=row["name"],
        aspect=row["aspect"],
        pattern=re.compile(rf"\b(?:{filled})\b"),
        drops=frozenset(drops.split()),
    )
