"""Colors: who can read what, and what is made of one accent color."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given, settings
from hypothesis import strategies as st

from education import colors
from education.colors import ENOUGH, contrast, dark_shades, light_shades

ACCENTS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


class TestContrast:
    @pytest.mark.parametrize(
        ("one", "other", "ratio"),
        [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#0000ff", "#ffffff", 8.59),
            ("#123456", "#123456", 1.0),
        ],
    )
    def test_is_that_of_the_guidelines(
        self, one: str, other: str, ratio: float
    ) -> None:
        assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
        assert contrast(other, one) == contrast(one, other)


class TestAccent:
    @given(ACCENTS)
    @settings(deadline=None, max_examples=60)
    def test_whatever_is_offered_instead_can_be_read(self, accent: str) -> None:
        offered = colors.nearest_readable(accent)
        assert colors.problems(offered) == []
        assert colors.HEX.match(offered)

    @given(ACCENTS)
    @settings(deadline=None, max_examples=60)
    def test_every_shade_is_read_where_it_stands(self, accent: str) -> None:
        accent = colors.nearest_readable(accent)
        light, dark = light_shades(accent), dark_shades(accent)
        grounds = (colors.DARK_PAPER, colors.DARK_SURFACE)
        for words, ground in (
            ("#ffffff", light["color-deep"]),
            (light["color-on-deep-soft"], light["color-deep"]),
            (light["color-on-tint"], light["color-tint"]),
            (light["color-link-hover"], colors.PAPER),
            (colors.DARK_ON_DEEP, dark["color-deep"]),
            (dark["color-on-deep-soft"], dark["color-deep"]),
            (dark["color-on-tint"], dark["color-tint"]),
            *((dark["color-link"], ground) for ground in grounds),
            *((dark["color-link-hover"], ground) for ground in grounds),
        ):
            assert contrast(words, ground) >= ENOUGH, (accent, words, ground)

    def test_a_readable_color_is_left_alone(self) -> None:
        assert colors.nearest_readable("#005eb8") == "#005eb8"
        assert light_shades("#005eb8")["color-link"] == "#005eb8"

    def test_the_offer_keeps_the_hue(self) -> None:
        """A bright orange becomes a deep orange, not brown-grey or blue."""
        red, green, blue = bytes.fromhex(colors.nearest_readable("#ff6600")[1:])
        assert red > 2 * green > 4 * blue

    def test_what_fails_is_told_with_its_contrast(self) -> None:
        said = [str(problem) for problem in colors.problems("#767676")]
        assert "A link in it on the page has a contrast of 4.28 to 1" in said
        assert not any(line.startswith("White text") for line in said)


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    with open(finders.find("education/tokens.css")) as file:
        light, dark = file.read().split("prefers-color-scheme: dark")
    for part, name, color in (
        (light, "paper", colors.PAPER),
        (light, "surface", colors.SURFACE),
        (light, "deep", colors.ACCENT),
        (dark, "paper", colors.DARK_PAPER),
        (dark, "surface", colors.DARK_SURFACE),
        (dark, "on-deep", colors.DARK_ON_DEEP),
    ):
        assert re.search(rf"--color-{name}: (#\w+);", part)[1] == color, name
