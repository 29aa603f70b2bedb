"""Every public template and state, in every way that people read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.keyboard import Walk
from tests.browser.ways_of_reading import EVERYTHING, WAYS, WIDTHS, Way
from tests.public_addresses import ADDRESSES, Address

Findings = Callable[[Page], list[dict[str, Any]]]
Watch = Callable[[BrowserContext], None]

#: axe takes most of the time: each address meets this share of the ways.
SHARE = 1 if EVERYTHING else 3
WALKED = (390, 1280)


def dealt(index: int) -> list[Address]:
    """The addresses that the way of this number reads: another third each time."""
    return [
        row for number, row in enumerate(ADDRESSES) if (number + index) % SHARE == 0
    ]


def unfold(page: Page) -> None:
    page.evaluate(
        "document.querySelectorAll('details').forEach(one => one.open = true)"
    )


def overflow(page: Page) -> str:
    """Say what makes the page scroll sideways; empty where nothing does."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return "";
            const wide = [...document.querySelectorAll("body *")].filter(
                (one) => one.getBoundingClientRect().right > width + 0.5);
            const last = wide.at(-1);
            return `wider than ${width}: ${last ? last.outerHTML.slice(0, 120) : "?"}`;
        }"""
    )


@pytest.mark.parametrize(
    ("index", "way"), list(enumerate(WAYS)), ids=[str(way) for way in WAYS]
)
def test_nobody_is_kept_out(
    index: int,
    way: Way,
    browser: Browser,
    public_portal: str,
    watch: Watch,
    accessibility_findings: Findings,
) -> None:
    wrong = {}
    with way.reader(browser) as context:
        watch(context)
        page = context.new_page()
        for address in dealt(index):
            way.open(page, public_portal + address.path)
            unfold(page)
            found: list[Any] = accessibility_findings(page)
            if wide := overflow(page):
                found.append(wide)
            if found:
                wrong[address.name] = found
    assert wrong == {}


def test_nothing_scrolls_sideways(browser: Browser, public_portal: str) -> None:
    wrong = {}
    page = browser.new_page(reduced_motion="reduce")
    for address in ADDRESSES:
        page.goto(public_portal + address.path)
        unfold(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if wide := overflow(page):
                wrong[f"{address.name} at {width}"] = wide
    page.close()
    assert wrong == {}


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_with_twice_the_text(
    width: int, browser: Browser, public_portal: str
) -> None:
    wrong = {}
    way = Way(width, twice_the_text=True)
    with way.reader(browser) as context:
        page = context.new_page()
        for address in ADDRESSES:
            way.open(page, public_portal + address.path)
            unfold(page)
            if wide := overflow(page):
                wrong[address.name] = wide
    assert wrong == {}


@pytest.mark.parametrize("width", WALKED)
def test_the_keyboard_goes_everywhere_and_shows_where_it_is(
    width: int, browser: Browser, public_portal: str
) -> None:
    wrong = {}
    page = browser.new_page(
        viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    turn = WALKED.index(width)
    for number, address in enumerate(ADDRESSES):
        if EVERYTHING or number % len(WALKED) == turn:
            page.goto(public_portal + address.path)
            if found := Walk(page).problems():
                wrong[address.name] = found
    page.close()
    assert wrong == {}


def test_the_targets_are_measured(page: Page, accessibility_findings: Findings) -> None:
    """axe leaves this rule out unless it is asked for: a wrong page must be told."""
    page.set_content(
        """<html lang=en><title>Small</title><main><h1>Small</h1>
        <button style="padding:0;border:0;width:12px;height:12px">a</button><button
        style="padding:0;border:0;width:12px;height:12px">b</button></main></html>"""
    )
    found = {finding["rule"] for finding in accessibility_findings(page)}
    assert "target-size" in found
