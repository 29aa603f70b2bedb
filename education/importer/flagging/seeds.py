"""Reads the rules and word lists that a portal starts with, a file for each language.

Migrations import this, so it knows of no model.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "seed"


def seed_words() -> Iterator[dict[str, Any]]:
    """The fields of each word list."""
    for language, tables in _files():
        for row in tables["words"]:
            yield row | {"language": language, "words": row["words"].strip()}


def seed_rules() -> Iterator[dict[str, Any]]:
    """The fields of each rule; those that a file leaves out keep their defaults."""
    for language, tables in _files():
        for row in tables["rules"]:
            tidied = {
                name: value.strip() if isinstance(value, str) else value
                for name, value in row.items()
            }
            yield tidied | {"language": language}


def _files() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"))
