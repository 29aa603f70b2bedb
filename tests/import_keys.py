"""Answer keys of documents to import: what is right, line by line.

How they are written is told in `tests/samples/imports/README.md`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from education.import_vocabulary import Danger

SAMPLES = Path(__file__).resolve().parent / "samples" / "imports"


@dataclass(frozen=True)
class Key:
    """What is right for one document. `answers` and `intents` go by question line.

    What is held out is measured, but not looked at while rules are tuned.
    """

    document: str
    language: str
    answers: Mapping[int, frozenset[int]]
    intents: Mapping[int, str]
    maybe: frozenset[frozenset[str]]
    loose: frozenset[int]
    incomplete: frozenset[int]
    lists: Mapping[int, int]
    flags: Mapping[int, Danger]
    may_flag: frozenset[int]
    none_of: frozenset[str]
    topics: tuple[frozenset[str], ...]
    generics: tuple[frozenset[str], ...]
    brands: frozenset[str]
    doubtful: frozenset[str]
    is_held_out: bool = False

    @property
    def critical(self) -> frozenset[int]:
        grave = {at for at, danger in self.flags.items() if danger == Danger.CRITICAL}
        return frozenset(grave)


def read_key(path: Path) -> Key:
    """Read one answer key."""
    return key_from(tomllib.loads(path.read_text(encoding="utf-8")))


def key_from(data: Mapping[str, Any]) -> Key:
    """Make a key of what its TOML holds; all but the questions may be left out."""
    questions, medicines = data["questions"], data.get("medicines", [])
    doubtful = folded(b for m in medicines for b in m.get("doubtful_brands", []))
    flags = data.get("flags", [])
    return Key(
        document=data["document"],
        language=data.get("language", "en"),
        answers={q["line"]: frozenset(q["answers"]) for q in questions},
        intents={q["line"]: q["intent"] for q in questions},
        maybe=frozenset(frozenset(pair["intents"]) for pair in data.get("maybe", [])),
        loose=frozenset(data.get("loose", [])),
        incomplete=frozenset(data.get("incomplete", [])),
        lists={each["line"]: each["items"] for each in data.get("lists", [])},
        flags={each["line"]: Danger(each["danger"]) for each in flags},
        may_flag=frozenset(data.get("may_flag", [])),
        none_of=frozenset(data.get("none_of", [])),
        topics=tuple(folded(name.split(" / ")) for name in data.get("topics", [])),
        generics=tuple(folded([m["generic"], *m.get("also", [])]) for m in medicines),
        brands=folded(b for m in medicines for b in m.get("brands", [])) | doubtful,
        doubtful=doubtful,
        is_held_out=data.get("set") == "held_out",
    )


def folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(name.split()).casefold() for name in names)
