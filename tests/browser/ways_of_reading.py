"""How people read: on what width, in which colors, enlarged, on paper, without scripts.

`EVERYTHING=1` reads in each width and in all colors, with scripts and without. The
ordinary run takes ways in which each two of these meet once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

WIDTHS = (320, 390, 768, 1280)
COLORS = ("light", "dark", "forced")
#: What A4 leaves between margins of 15 mm, in CSS pixels.
PAPER = 680
HEIGHT = 800
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '200%'"


@dataclass(frozen=True)
class Way:
    """One way to read a page."""

    width: int
    colors: str = "light"
    scripts: bool = True
    #: Device pixels to a CSS pixel: 2 is a window enlarged to 200 %.
    zoom: int = 1
    twice_the_text: bool = False
    on_paper: bool = False

    def __str__(self) -> str:
        said = [f"{self.width}px", self.colors]
        said += ["zoomed"] if self.zoom > 1 else []
        said += ["twice-the-text"] if self.twice_the_text else []
        said += ["on-paper"] if self.on_paper else []
        said += [] if self.scripts else ["no-scripts"]
        return "-".join(said)

    @contextmanager
    def reader(self, browser: Browser) -> Iterator[BrowserContext]:
        """Give a browser that reads in this way."""
        choices: dict[str, Any] = {
            "viewport": {"width": self.width, "height": HEIGHT},
            "color_scheme": "dark" if self.colors == "dark" else "light",
            "forced_colors": "active" if self.colors == "forced" else "none",
            "device_scale_factor": self.zoom,
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**choices)
        if not self.scripts:
            # The page gets none, while axe, which is a script too, can look at it.
            context.route("**/*.js", lambda route: route.abort())
        yield context
        context.close()

    def open(self, page: Page, url: str) -> None:
        """Go there, and read as this way says."""
        page.goto(url)
        if self.on_paper:
            page.emulate_media(media="print")
        if self.twice_the_text:
            page.evaluate(TWICE_THE_TEXT)


ENLARGED = (
    Way(640, zoom=2),
    Way(640, "dark", zoom=2),
    Way(1280, twice_the_text=True),
    Way(390, twice_the_text=True),
    Way(320, twice_the_text=True),
)
PRINTED = (Way(PAPER, on_paper=True), Way(PAPER, "dark", on_paper=True))
EVERY_WAY = (
    *(Way(*chosen) for chosen in product(WIDTHS, COLORS, (True, False))),
    *ENLARGED,
    *PRINTED,
)
#: Each width in two kinds of colors, all colors with scripts and without.
CHOSEN_WAYS = (
    Way(320),
    Way(320, "dark", scripts=False),
    Way(390, "dark"),
    Way(390, "forced", scripts=False),
    Way(768, "forced"),
    Way(768, scripts=False),
    Way(1280, "dark"),
    Way(1280),
    Way(640, zoom=2),
    Way(1280, twice_the_text=True),
    Way(390, twice_the_text=True),
    Way(PAPER, on_paper=True),
)
EVERYTHING = bool(os.environ.get("EVERYTHING"))
WAYS = EVERY_WAY if EVERYTHING else CHOSEN_WAYS
