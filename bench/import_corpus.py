"""A long damaged document, made of the samples with other conditions in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle, islice, product
from pathlib import Path

from tests.import_keys import SAMPLES, read_key

#: What each sample is about, as its sentences say it.
ABOUT = {
    "asthma": r"asthma",
    "chickenpox": r"chicken ?pox",
    "gout": r"gout",
    "heartburn": r"heartburn|acid reflux",
    "kidney-stones": r"kidney stones?",
    "migraine": r"migraines?",
    "sciatica": r"sciatica",
    "uti": r"utis?|urinary tract infection",
}
PARTS = (
    ["ankle", "elbow", "wrist", "shoulder", "finger", "scalp", "gum", "eyelid"]
    + ["throat", "hip", "heel", "tongue", "bladder", "gallbladder", "thyroid"]
    + ["spleen", "rib", "jaw", "thigh", "collarbone"]
)
COMPLAINTS = ["rash", "swelling", "cramps", "ulcer"]
COMPLAINTS += ["infection", "stiffness", "bruise", "cyst"]


def conditions() -> list[str]:
    """Names of made-up conditions, neighbours unlike each other."""
    return [f"{part} {complaint}" for complaint, part in product(COMPLAINTS, PARTS)]


def sections() -> Iterator[tuple[str, int]]:
    """Yield a sample about another condition, and how many questions it has; no end.

    Each condition comes back once in another sample, so that questions meet their like.
    """
    texts = [(stem, (SAMPLES / f"{stem}.txt").read_text("utf-8")) for stem in ABOUT]
    asked = {stem: len(read_key(key_of(stem)).answers) for stem in ABOUT}
    names = [name for name in conditions() for _ in range(2)]
    for (stem, text), name in zip(cycle(texts), cycle(names), strict=False):
        yield renamed(text, ABOUT[stem], name), asked[stem]


def renamed(text: str, about: str, name: str) -> str:
    """Put a name where another condition is named, run-together words included."""

    def named(found: re.Match[str]) -> str:
        return name.capitalize() if found[0][0].isupper() else name

    return re.sub(rf"\b(?i:{about})(?![a-z])", named, text)


def key_of(stem: str) -> Path:
    return SAMPLES / f"{stem}.key.toml"


def long_document(passages: int) -> tuple[str, int]:
    """Return a text of at least so many passages, and how many they are."""
    parts, count = [], 0
    for text, asked in islice(sections(), passages):
        parts.append(text)
        count += asked
        if count >= passages:
            break
    return "\n".join(parts), count
