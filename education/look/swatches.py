"""The colors of the public pages, and how well each is read where it is used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from education.colors import ENOUGH, Shade, contrast, dark_shades, light_shades
from education.stylesheet import stylesheet

#: What is not text, such as the ring of the focus, needs less.
ENOUGH_FOR_SHAPES = 3.0
DARK = "@media (prefers-color-scheme: dark)"
#: Which words stand on which ground.
PAIRS = (
    ("ink", "paper"),
    ("ink", "surface"),
    ("soft", "paper"),
    ("soft", "surface"),
    ("link", "paper"),
    ("link", "surface"),
    ("link-hover", "surface"),
    ("on-tint", "tint"),
    ("link", "tint"),
    ("on-deep", "deep"),
    ("on-deep-soft", "deep"),
    ("on-banner", "banner"),
    ("on-emergency", "emergency"),
    ("ink", "emergency-tint"),
    ("on-urgent", "urgent"),
    ("ink", "urgent-tint"),
    ("on-warm-fill", "warm-fill"),
    ("on-non-urgent", "non-urgent"),
    ("ink", "non-urgent-tint"),
    ("do", "do-tint"),
    ("dont", "dont-tint"),
)
SHAPES = (("focus", "paper"), ("focus", "surface"))


@dataclass(frozen=True)
class Swatch:
    """One color on another in one scheme."""

    color: str
    ground: str
    enough: float

    @property
    def ratio(self) -> float:
        return contrast(self.color, self.ground)

    @property
    def is_enough(self) -> bool:
        return self.ratio >= self.enough


@dataclass(frozen=True)
class Pair:
    words: str
    ground: str
    light: Swatch
    dark: Swatch


def pairs(accent: str) -> list[Pair]:
    """Every pair that is used, with the site's accent."""
    light, dark = schemes(accent)
    return [
        Pair(
            words,
            ground,
            Swatch(light[words], light[ground], enough),
            Swatch(dark[words], dark[ground], enough),
        )
        for used, enough in ((PAIRS, ENOUGH), (SHAPES, ENOUGH_FOR_SHAPES))
        for words, ground in used
    ]


def schemes(accent: str) -> tuple[Shade, Shade]:
    """The colors by name, such as "on-deep", for light and for dark screens."""
    tokens = stylesheet().text.decode().split("@layer base")[0]
    light_part, dark_part = tokens.split(DARK)
    light = _colors(light_part)
    dark = light | _colors(dark_part)
    if accent:
        light |= _named(light_shades(accent))
        dark |= _named(dark_shades(accent))
    return light, dark


def _colors(text: str) -> Shade:
    return dict(re.findall(r"--color-([\w-]+): (#[0-9a-f]{6});", text))


def _named(shades: Shade) -> Shade:
    return {name.removeprefix("color-"): color for name, color in shades.items()}
