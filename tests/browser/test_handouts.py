"""Handouts in a real browser: what is printed, and what a camera sees of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from education.models import TopicPage
from tests import qr_codes
from tests.factories import EMERGENCY_CARD, make_topic, publish, set_the_scene

Findings = Callable[[Page], list[dict[str, Any]]]


@pytest.fixture
def topic(db: None) -> TopicPage:
    class Stage:
        pass

    set_the_scene(Stage)
    page = make_topic("Leg cramps")
    field = TopicPage._meta.get_field("care_cards")
    page.care_cards = field.to_python([EMERGENCY_CARD])
    return publish(page, Stage.ana, Stage.ben)


@pytest.mark.usefixtures("topic")
class TestHandout:
    def test_a_camera_reads_the_printed_square_and_it_leads_to_the_state(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.emulate_media(media="print")
        page.goto(f"{live_server.url}/topics/leg-cramps/handout/")
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
        (address,) = qr_codes.read(picture)
        assert urlsplit(address).path.startswith("/v/")
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "This handout is up to date"
        )

    def test_the_tools_show_on_screen_and_are_not_printed(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}/topics/leg-cramps/handout/")
        button = page.get_by_role("button", name="Print")
        expect(button).to_be_visible()
        page.emulate_media(media="print")
        expect(button).to_be_hidden()
        expect(page.locator(".toolbar")).to_be_hidden()
        expect(page.locator(".version")).to_be_visible()

    def test_there_is_no_button_that_does_nothing(
        self, browser: Browser, live_server: LiveServer
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{live_server.url}/topics/leg-cramps/handout/")
        assert page.locator("button").is_hidden()
        page.get_by_role("link", name="Large print").click()
        assert page.locator("html").get_attribute("data-size") == "large"
        context.close()

    def test_letters_are_as_large_on_paper_as_promised(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.emulate_media(media="print")
        page.goto(f"{live_server.url}/topics/leg-cramps/handout/?size=large")
        smallest = page.evaluate(
            """() => Math.min(...[...document.querySelectorAll(".sheet *")]
                .filter(one => [...one.childNodes].some(
                    node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
                .filter(one => !one.closest("svg"))
                .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
        )
        points = smallest * 0.75
        assert points >= 16

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_everybody_can_use_it_at_every_width(
        self,
        browser: Browser,
        live_server: LiveServer,
        accessibility_findings: Findings,
        scheme: str,
    ) -> None:
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        found = {}
        for address in (
            "/topics/leg-cramps/handout/?size=large&pdf=no",
            "/handouts/?p=topics/leg-cramps&p=topics/nothing",
            "/handouts/choose/?q=cramp",
            "/handouts/choose/?p=topics/leg-cramps",
            "/v/",
            "/v/00000",
        ):
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(live_server.url + address)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (address, width)
                if findings := accessibility_findings(page):
                    found[address, width] = findings
        context.close()
        assert found == {}

    def test_a_clinician_puts_pages_together_without_a_script(
        self, browser: Browser, live_server: LiveServer
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{live_server.url}/handouts/choose/")
        page.get_by_label("Words in the title").fill("leg")
        page.locator(".choosing").get_by_role("button", name="Search").click()
        page.get_by_label("Leg cramps").check()
        page.get_by_role("button", name="Add the ticked pages").click()
        page.get_by_role("link", name="Open the handout").click()
        assert page.locator("h2.title").all_inner_texts() == ["Leg cramps"]
        context.close()


def test_a_draft_is_marked_on_every_printed_sheet(
    page: Page, live_server: LiveServer, topic: TopicPage
) -> None:
    html = topic.make_preview_request(preview_mode="handout").content.decode()
    page.route("**/preview/", lambda route: route.fulfill(body=html))
    page.goto(f"{live_server.url}/preview/")
    page.emulate_media(media="print")
    mark = page.locator(".watermark")
    expect(mark).to_be_visible()
    assert mark.evaluate("mark => getComputedStyle(mark).position") == "fixed"
    expect(page.get_by_text("Draft, not approved.")).to_be_visible()
