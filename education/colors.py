"""Colors: how well one is read on another, and what follows from an accent color.

Contrast is that of WCAG 2.x, from relative luminance. Shades are taken in OKLCH, where
a step of lightness looks the same in every hue.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

#: What text needs, by WCAG 2.2 AA.
ENOUGH = 4.5
ACCENT = "#0b4a52"

# The grounds that words stand on, as `tokens.css` has them.
WHITE = "#ffffff"
PAPER, SURFACE = "#faf8f4", "#ffffff"
DARK_PAPER, DARK_SURFACE, DARK_ON_DEEP = "#0f1a1c", "#172527", "#f2fbfa"

HEX = re.compile(r"#[0-9a-f]{6}\Z")
STEP = 0.005

Shade = dict[str, str]


@dataclass(frozen=True)
class Problem:
    """Where an accent color cannot be read: the contrast is only `ratio`."""

    where: str
    ratio: float

    def __str__(self) -> str:
        # Rounded down: 4.499 is not enough, and must not be told as 4.5.
        shown = math.floor(self.ratio * 100) / 100
        return f"{self.where} has a contrast of {shown:.2f} to 1"


def contrast(one: str, other: str) -> float:
    """How well one color is read on the other, from 1 to 21."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def light_shades(accent: str) -> Shade:
    """The custom properties that an accent changes for who reads in light colors."""
    lightness, chroma, hue = _oklch(accent)
    tint = _hex(0.945, min(chroma, 0.02), hue)
    return {
        "color-deep": accent,
        "color-on-deep-soft": _until(
            lambda light: _hex(light, min(chroma, 0.03), hue), 0.92, 1, accent
        ),
        "color-link": accent,
        "color-link-hover": _hex(lightness * 0.65, chroma, hue),
        "color-tint": tint,
        "color-on-tint": _until(
            lambda light: _hex(light, chroma, hue), lightness * 0.95, 0, tint
        ),
    }


def dark_shades(accent: str) -> Shade:
    """The same for who reads in dark colors: the hue stays, lightness does not."""
    _, chroma, hue = _oklch(accent)
    tint = _hex(0.3, min(chroma, 0.03), hue)
    grounds = (DARK_PAPER, DARK_SURFACE, tint)
    deep = _until(
        lambda light: _hex(light, min(chroma, 0.12), hue), 0.37, 0, DARK_ON_DEEP
    )
    return {
        "color-deep": deep,
        "color-on-deep-soft": _until(
            lambda light: _hex(light, min(chroma, 0.03), hue), 0.88, 1, deep
        ),
        "color-link": _until(
            lambda light: _hex(light, min(chroma, 0.1), hue), 0.81, 1, *grounds
        ),
        "color-link-hover": _hex(0.9, min(chroma, 0.06), hue),
        "color-tint": tint,
        "color-on-tint": _until(
            lambda light: _hex(light, min(chroma, 0.07), hue), 0.87, 1, tint
        ),
    }


def problems(accent: str) -> list[Problem]:
    """Where words in this accent, or on it, have too little contrast."""
    light, dark = light_shades(accent), dark_shades(accent)
    pairs = (
        ("White text on it", WHITE, accent),
        ("A link in it on the page", accent, PAPER),
        ("A link in it on a card", accent, SURFACE),
        ("A link in it on its own tint", accent, light["color-tint"]),
        ("Light text on its dark shade", DARK_ON_DEEP, dark["color-deep"]),
        ("A link on the dark page", dark["color-link"], DARK_PAPER),
        ("A link on a dark card", dark["color-link"], DARK_SURFACE),
        ("A link on its dark tint", dark["color-link"], dark["color-tint"]),
    )
    found = [Problem(where, contrast(one, other)) for where, one, other in pairs]
    return [problem for problem in found if problem.ratio < ENOUGH]


def nearest_readable(accent: str) -> str:
    """The accent itself, or the least darker shade of it that has no problems."""
    lightness, chroma, hue = _oklch(accent)
    while problems(accent) and lightness > 0:
        lightness = max(lightness - STEP, 0)
        accent = _hex(lightness, chroma, hue)
    return accent


def _until(shade: Callable[[float], str], light: float, end: int, *on: str) -> str:
    """The first shade from `light` towards `end`, 0 or 1, that is read on all these."""
    step = STEP if end else -STEP
    while any(contrast(shade(light), ground) < ENOUGH for ground in on):
        if not 0 < light < 1:
            break
        light = min(max(light + step, 0), 1)
    return shade(light)


def _luminance(color: str) -> float:
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(color: str) -> tuple[float, ...]:
    """The light of red, green and blue, from 0 to 1, of a color such as "#0b4a52"."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )


def _oklch(color: str) -> tuple[float, float, float]:
    """Lightness (0 to 1), chroma (0 to about 0.32) and hue (radians)."""
    red, green, blue = _linear(color)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    mid = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * mid - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """The color that a screen can show: its chroma gives way where it is too much."""
    parts = _rgb(lightness, chroma, hue)
    while chroma > 0 and not all(-0.0005 <= part <= 1.0005 for part in parts):
        chroma = max(chroma - 0.002, 0)
        parts = _rgb(lightness, chroma, hue)
    return "#" + "".join(f"{round(_curved(part) * 255):02x}" for part in parts)


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mid = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * mid + 1.7076147010 * short,
    )


def _curved(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
