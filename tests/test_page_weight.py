"""What a phone has to fetch for a page, beside the page itself."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

from education.stylesheet import stylesheet

STATIC = Path(__file__).parents[1] / "education" / "static" / "education"
KILOBYTE = 1000


def compressed(files: Iterable[Path]) -> int:
    """Bytes of all these files together, each compressed by itself."""
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


def test_the_one_style_of_the_public_pages_weighs_at_most_twelve_kilobytes() -> None:
    assert len(stylesheet().zipped) <= 12 * KILOBYTE


def test_styles_of_a_handout_weigh_at_most_five_kilobytes() -> None:
    styles = ("handout", "handout-parts", "handout-screen")
    assert compressed(STATIC / f"{name}.css" for name in styles) <= 5 * KILOBYTE


def test_scripts_of_the_public_pages_weigh_at_most_fifteen_kilobytes() -> None:
    scripts = [file for file in STATIC.glob("js/*.js") if file.stem != "checks"]
    assert compressed(scripts) <= 15 * KILOBYTE
