"""A page as a reader uses it: contents that follow, questions, paper, its address."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from education.models import TopicPage
from education.vocabulary import HealthAspect
from tests.factories import make_question, make_topic, set_the_scene

ANSWER = "A muscle that tightens by itself."


@pytest.fixture
def address(db: None, live_server: LiveServer) -> str:
    """Where a topic with long sections and a question is read."""

    class Stage:
        pass

    set_the_scene(Stage)
    text = "<p>" + "A muscle tightens. " * 150 + "</p>"
    body = [{"type": "text", "value": text}]
    sections = [
        {"type": "section", "value": {"aspect": aspect, "heading": "", "body": body}}
        for aspect in (HealthAspect.OVERVIEW, HealthAspect.SYMPTOMS)
    ]
    field: Any = TopicPage._meta.get_field("sections")
    topic = make_topic(live=True, sections=field.to_python(sections))
    make_question(topic=topic, live=True)
    return f"{live_server.url}{topic.address}"


class TestContents:
    def test_the_section_that_is_read_is_marked(self, page: Page, address: str) -> None:
        page.goto(address)
        contents = page.get_by_role("navigation", name="On this page")
        expect(contents.locator("[aria-current]")).to_have_count(0)
        contents.get_by_role("link", name="Symptoms").click()
        expect(contents.locator("[aria-current=true]")).to_have_text("Symptoms")
        contents.get_by_role("link", name="Overview").click()
        expect(contents.locator("[aria-current=true]")).to_have_text("Overview")


class TestQuestions:
    def test_the_keyboard_opens_the_short_answer(
        self, page: Page, address: str
    ) -> None:
        page.goto(address)
        expect(page.get_by_text(ANSWER)).to_be_hidden()
        page.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text(ANSWER)).to_be_visible()
        page.get_by_role("link", name="Read the full answer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What is a cramp?")

    def test_paper_shows_the_answers_with_and_without_javascript(
        self, browser: Browser, address: str
    ) -> None:
        for javascript in (True, False):
            context = browser.new_context(java_script_enabled=javascript)
            page = context.new_page()
            page.goto(address)
            page.emulate_media(media="print")
            expect(page.get_by_text(ANSWER)).to_be_visible()
            expect(page.locator(".page-tools")).to_be_hidden()
            context.close()


class TestPageTools:
    def test_the_address_is_copied_and_this_is_said(
        self, browser: Browser, address: str
    ) -> None:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{address}?from=a-friend")
        page.get_by_role("button", name="Copy the address").click()
        expect(page.locator(".page-tools [role=status]")).to_have_text(
            "The address was copied."
        )
        assert page.evaluate("navigator.clipboard.readText()") == address
        context.close()

    def test_printing_opens_what_is_folded_and_folds_it_again(
        self, page: Page, address: str
    ) -> None:
        page.goto(address)
        page.evaluate("window.print = () => (document.title = 'printed')")
        page.get_by_role("button", name="Print this page").click()
        assert page.title() == "printed"
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.locator("details[open]")).to_have_count(1)
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        expect(page.locator("details[open]")).to_have_count(0)

    def test_without_javascript_there_is_no_button_that_does_nothing(
        self, browser: Browser, address: str
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_role("button", name="Copy the address")).to_be_hidden()
        expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
        context.close()
