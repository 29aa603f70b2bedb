"""Was this page helpful: answered in place, page by page, by keyboard, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from education.models import ClinicalPage, Feedback
from tests.factories import PASSWORD, make_topic, publish, set_the_scene

Findings = Callable[[Page], list[dict[str, Any]]]
#: Nobody is so quick as a test.
PAUSE = 2100


@pytest.fixture(autouse=True)
def topic(db: None) -> ClinicalPage:
    class Stage:
        pass

    cache.clear()
    set_the_scene(Stage)
    return publish(make_topic(), Stage.ana, Stage.ben)


@pytest.fixture(params=["light", "dark"])
def reader(request: Any, browser: Browser, watch: Any) -> Iterator[Page]:
    context = browser.new_context(color_scheme=request.param)
    watch(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def without_scripts(browser: Browser, watch: Any) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    watch(context)
    yield context.new_page()
    context.close()


def open_topic(page: Page, server: LiveServer) -> Locator:
    page.goto(f"{server.url}/topics/muscle-cramps/")
    return page.locator("[data-feedback]")


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


class TestInPlace:
    def test_yes_or_no_counts_at_once_and_words_follow(
        self, page: Page, live_server: LiveServer, policy_violations: list[str]
    ) -> None:
        part = open_topic(page, live_server)
        press(part, "No")
        title = part.get_by_role("heading", name="Thank you. Your answer counts.")
        expect(title).to_be_focused()
        expect(page.get_by_role("status").last).to_contain_text("tell us more")
        assert Feedback.objects.get().is_helpful is False
        part.get_by_label("What was missing").fill("How long it lasts.")
        page.wait_for_timeout(PAUSE)
        press(part, "Send")
        expect(part.get_by_role("heading", name="Thank you")).to_be_focused()
        expect(page.get_by_role("status").last).to_contain_text("read what you say")
        assert page.url.endswith("/topics/muscle-cramps/")
        assert Feedback.objects.get().words == "How long it lasts."
        assert policy_violations == []
        expect(page.get_by_role("heading", level=1)).to_have_count(1)

    def test_what_cannot_be_sent_is_said_and_the_words_stay(
        self, page: Page, live_server: LiveServer
    ) -> None:
        part = open_topic(page, live_server)
        press(part, "Yes")
        box = part.get_by_label("What was missing")
        box.fill("x" * 401)
        page.wait_for_timeout(PAUSE)
        press(part, "Send")
        problem = part.get_by_role("group", name="There is a problem")
        expect(problem).to_be_focused()
        expect(problem).to_contain_text("You wrote 401 characters")
        expect(box).to_have_value("x" * 401)
        expect(box).to_have_attribute("aria-invalid", "true")
        problem.get_by_role("link").click()
        expect(box).to_be_focused()
        box.fill("x" * 70_000)
        press(part, "Send")
        expect(problem).to_contain_text("far too long")
        expect(box).to_have_value("x" * 70_000)

    def test_without_a_connection_the_words_stay_and_can_be_sent_later(
        self, page: Page, live_server: LiveServer
    ) -> None:
        part = open_topic(page, live_server)
        press(part, "No")
        box = part.get_by_label("What was missing")
        box.fill("Words.")
        page.route("**/feedback/**", lambda route: route.abort())
        press(part, "Send")
        expect(page.get_by_role("status").last).to_contain_text("could not be sent")
        expect(part.locator(".feedback-lost")).to_be_visible()
        expect(box).to_have_value("Words.")
        page.unroute("**/feedback/**")
        page.wait_for_timeout(PAUSE)
        press(part, "Send")
        done = part.get_by_role("heading", name="Thank you", exact=True)
        expect(done).to_be_visible()
        assert Feedback.objects.get().words == "Words."

    def test_the_keyboard_is_enough(self, page: Page, live_server: LiveServer) -> None:
        part = open_topic(page, live_server)
        part.get_by_role("button", name="Yes").focus()
        page.keyboard.press("Tab")
        expect(part.get_by_role("button", name="No", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(part.get_by_role("heading", name="Thank you")).to_be_focused()
        page.keyboard.press("Tab")
        expect(part.get_by_label("What was missing")).to_be_focused()
        page.keyboard.type("Words.")
        page.wait_for_timeout(PAUSE)
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(part.get_by_label("What was missing")).to_have_count(0)
        assert Feedback.objects.get().words == "Words."


def test_without_scripts_it_goes_from_page_to_page(
    without_scripts: Page, live_server: LiveServer
) -> None:
    page = without_scripts
    open_topic(page, live_server)
    press(page, "No")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your answer on “Muscle cramps”"
    )
    box = page.get_by_role("textbox", name="What was missing")
    box.fill("y" * 401)
    page.wait_for_timeout(PAUSE)
    press(page, "Send")
    expect(page.get_by_text("You wrote 401 characters")).to_be_visible()
    expect(box).to_have_value("y" * 401)
    box.fill("Words.")
    press(page, "Send")
    page.wait_for_url("**/feedback/thanks/**")
    page.get_by_role("link", name="Back to “Muscle cramps”").click()
    page.wait_for_url("**/topics/muscle-cramps/")
    assert Feedback.objects.get().words == "Words."


def test_nobody_is_kept_out(
    reader: Page, live_server: LiveServer, accessibility_findings: Findings
) -> None:
    def check() -> None:
        for width in (320, 1280):
            reader.set_viewport_size({"width": width, "height": 800})
            assert accessibility_findings(reader) == []
            assert reader.evaluate("document.documentElement.scrollWidth") <= width
            for button in reader.locator(".feedback button").all():
                assert button.bounding_box()["height"] >= 44

    part = open_topic(reader, live_server)
    check()
    press(part, "No")
    expect(part.get_by_label("What was missing")).to_be_visible()
    check()
    part.get_by_label("What was missing").fill("x" * 401)
    press(part, "Send")
    expect(part.get_by_text("There is a problem")).to_be_visible()
    check()
    for address in ("/feedback/", "/feedback/words/", "/feedback/thanks/"):
        reader.goto(f"{live_server.url}{address}")
        check()


def test_editors_read_and_decide_without_being_kept_out(
    page: Page,
    live_server: LiveServer,
    topic: ClinicalPage,
    accessibility_findings: Findings,
) -> None:
    for words in ("It is too long.", "Can I drive?", ""):
        Feedback.objects.create(
            page_id=topic.pk,
            revision_id=topic.live_revision_id,
            is_helpful=False,
            words=words,
            given_on=timezone.localdate(),
        )

    def ours() -> list[dict[str, Any]]:
        return [
            finding
            for finding in accessibility_findings(page)
            if any(".feedback" in str(where) for where in finding["where"])
        ]

    page.goto(f"{live_server.url}/cms/login/")
    page.get_by_label("Username").fill("ben")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live_server.url}/cms/")
    for address in ("", "pages/", f"pages/{topic.pk}/"):
        page.goto(f"{live_server.url}/cms/reports/feedback/{address}")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert ours() == [], (address, width)
    page.goto(f"{live_server.url}/cms/reports/feedback/?state=unread")
    page.get_by_role("button", name=re.compile("^Done")).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You decided: Done.")).to_be_visible()
    expect(page.get_by_text("1 answer", exact=True).first).to_be_visible()
    assert ours() == []
    page.get_by_role("button", name=re.compile("^Undo.*just decided")).click()
    expect(page.get_by_text("It is unread again.")).to_be_visible()
    assert Feedback.objects.unread().count() == 2
