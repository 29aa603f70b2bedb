"""The style page in a browser: what holds for its parts holds for every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from education.models import SiteAppearance
from tests.factories import PASSWORD, set_the_scene

Findings = Callable[[Page], list[dict[str, Any]]]
#: None is our own; the others are a blue and a red of health systems.
ACCENTS = ("", "#005eb8", "#8a1538")


@pytest.fixture
def portal(db: None) -> None:
    class Stage:
        pass

    set_the_scene(Stage)


def sign_in(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/cms/login/?next=/cms/styleguide/")
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Style page")


@pytest.fixture(params=["light", "dark"])
def reader(
    browser: Browser, live_server: LiveServer, request: Any, portal: None
) -> Any:
    context: BrowserContext = browser.new_context(color_scheme=request.param)
    page = context.new_page()
    sign_in(page, live_server)
    yield page
    context.close()


class TestStylePage:
    def test_nobody_is_kept_out_by_any_part(
        self, reader: Page, accessibility_findings: Findings
    ) -> None:
        wrong = {}
        for details in reader.locator("details").all():
            details.evaluate("folded => folded.open = true")
        for width in (320, 1280):
            reader.set_viewport_size({"width": width, "height": 800})
            found = accessibility_findings(reader)
            if reader.evaluate("document.documentElement.scrollWidth") > width:
                found.append({"rule": "reflow"})
            wrong |= {width: found} if found else {}
        assert wrong == {}

    @pytest.mark.parametrize("accent", ACCENTS)
    def test_the_accent_is_what_readers_see_and_can_read(
        self, reader: Page, accessibility_findings: Findings, accent: str
    ) -> None:
        SiteAppearance.objects.update(accent=accent)
        reader.reload()
        link = reader.locator(".contents a").first
        is_dark = reader.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        if accent and not is_dark:
            red, green, blue = bytes.fromhex(accent[1:])
            expect(link).to_have_css("color", f"rgb({red}, {green}, {blue})")
        assert accessibility_findings(reader) == []

    def test_every_target_is_large_enough(self, reader: Page) -> None:
        reader.set_viewport_size({"width": 320, "height": 800})
        small = reader.evaluate(
            """[...document.querySelectorAll("main :is(a, button, summary, input)")]
            .filter(one => one.type !== "hidden")
            .filter(one => !one.closest("p, dd, .references, .page-list"))
            .filter(one => !one.matches(".styleguide-sample > a"))
            .filter(one => one.getBoundingClientRect().height < 24)
            .map(one => one.textContent)"""
        )
        assert small == []

    def test_what_is_chosen_shows_in_the_readers_own_colors(self, reader: Page) -> None:
        reader.emulate_media(forced_colors="active")
        for part in (".chips", ".letters", ".pagination"):
            chosen = reader.locator(f"{part} a[aria-current]").first
            other = reader.locator(f"{part} a:not([aria-current])").first
            ground = "one => getComputedStyle(one).backgroundColor"
            assert chosen.evaluate(ground) != other.evaluate(ground), part

    def test_a_field_that_is_wrong_is_reached_from_the_summary(
        self, reader: Page
    ) -> None:
        reader.locator(".error-summary a").click()
        field = reader.locator("#feedback-words")
        expect(field).to_be_focused()
        expect(reader.get_by_text("At most 400 characters").first).to_be_in_viewport()
        expect(field).to_have_accessible_description(
            "At most 400 characters. Please do not write personal details such as "
            "names, phone numbers or e-mail addresses. "
            "This is longer than 400 characters. Make it shorter."
        )

    def test_paper_is_black_on_white_whatever_the_accent(self, reader: Page) -> None:
        SiteAppearance.objects.update(accent="#8a1538")
        reader.reload()
        reader.emulate_media(media="print")
        link = reader.locator(".references a").first
        expect(link).to_have_css("color", "rgb(0, 0, 0)")
