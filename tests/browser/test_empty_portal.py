"""A portal where nothing is published yet, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_tag, set_the_scene
from tests.public_states import Stage

Findings = Callable[[Page], list[dict[str, Any]]]

ADDRESSES = (
    "/",
    "/topics/",
    "/tags/",
    "/tags/calf/",
    "/a-to-z/",
    "/search/",
    "/search/?q=cramp",
)
#: Phones, and where the contents stand beside the text; 320 px is 400% zoom.
WIDTHS = (320, 1280)


@pytest.fixture
def installed(db: None) -> None:
    set_the_scene(Stage())
    make_tag("Calf")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("colors", "widths"), [("light", WIDTHS), ("dark", WIDTHS[1:])]
)
def test_nobody_is_kept_out(
    colors: Any,
    widths: tuple[int, ...],
    browser: Browser,
    live_server: LiveServer,
    accessibility_findings: Findings,
) -> None:
    page = browser.new_page(color_scheme=colors)
    wrong = {}
    for address in ADDRESSES:
        page.goto(f"{live_server.url}{address}")
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            found = accessibility_findings(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append({"rule": "reflow"})
            if found:
                wrong[f"{address} at {width}"] = found
    page.close()
    assert wrong == {}
