"""The search box while somebody types: by keyboard and mouse, aloud, without JS."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, Route, expect

from education.models import withdraw
from education.vocabulary import WithdrawalReason
from tests.factories import make_medicine, make_topic, publish, set_the_scene
from tests.public_states import Stage
from tests.searching import publish_at_once, topic

Findings = Callable[[Page], list[dict[str, Any]]]

CARD = {
    "name": "chest-pain",
    "language": "en",
    "heading": "In an emergency, call 911 now.",
    "text": "Chest pain can be a heart attack.",
    "action": "Do not drive yourself.",
    "number": "911",
    "call": "tel:911",
}


@pytest.fixture(scope="module")
def portal(shared_server: str) -> str:
    stage = Stage()
    set_the_scene(stage)
    gone = publish(make_topic("Leg rash"), stage.ana, stage.ben)
    withdraw(
        gone, stage.lea, WithdrawalReason.OUTDATED, "It is too old.", timezone.now()
    )
    topic("Muscle cramps", also=["Charley horse"])
    topic("Muscle spasms")
    medicine = make_medicine("Cyclobenzaprine", generic_name="cyclobenzaprine")
    publish_at_once(medicine, brands=["Flexeril"])
    return shared_server


@pytest.fixture
def box(page: Page, portal: str) -> Locator:
    """The box in the head of a page."""
    page.goto(f"{portal}/topics/")
    return page.get_by_role("combobox", name="Search health information")


def type_into(box: Locator, letters: str) -> None:
    box.click()
    box.press_sequentially(letters)


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def chosen(page: Page, box: Locator) -> str:
    """What a screen reader reads as chosen, and the eye sees as chosen."""
    active = box.get_attribute("aria-activedescendant")
    marked = page.locator('[role="option"][aria-selected="true"]')
    if active is None:
        expect(marked).to_have_count(0)
        return ""
    expect(marked).to_have_attribute("id", active)
    return marked.locator(".suggest-text").inner_text()


class TestByKeyboard:
    def test_the_list_opens_at_the_second_letter_and_says_how_many(
        self, page: Page, box: Locator
    ) -> None:
        expect(box).to_have_attribute("aria-expanded", "false")
        type_into(box, "m")
        page.wait_for_timeout(400)
        expect(options(page)).to_have_count(0)
        type_into(box, "u")
        expect(options(page)).to_have_count(2)
        expect(box).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("status")).to_have_text("2 suggestions")
        type_into(box, "scle c")
        expect(page.get_by_role("status")).to_have_text("1 suggestion")

    def test_arrows_go_round_and_enter_goes_there(
        self, page: Page, box: Locator
    ) -> None:
        type_into(box, "muscle")
        expect(options(page)).to_have_count(2)
        walk = []
        for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
            page.keyboard.press(key)
            expect(box).to_be_focused()
            walk.append(chosen(page, box))
        assert walk == [
            "Muscle cramps",
            "Muscle spasms",
            "",
            "Muscle spasms",
            "Muscle cramps",
        ]
        page.keyboard.press("Enter")
        page.wait_for_url("**/topics/muscle-cramps/")

    def test_home_and_end_go_back_to_the_text(self, page: Page, box: Locator) -> None:
        type_into(box, "muscle")
        expect(options(page)).to_have_count(2)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Home")
        assert chosen(page, box) == ""
        assert box.evaluate("box => box.selectionStart") == 0

    def test_enter_in_the_box_searches(self, page: Page, box: Locator) -> None:
        type_into(box, "muscle")
        expect(options(page)).to_have_count(2)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=muscle")

    def test_escape_closes_the_list_and_then_clears_the_box(
        self, page: Page, box: Locator
    ) -> None:
        type_into(box, "muscle")
        expect(options(page)).to_have_count(2)
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(box).to_have_value("muscle")
        page.keyboard.press("ArrowDown")
        expect(options(page)).to_have_count(2)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(box).to_have_value("")
        expect(box).to_be_focused()

    def test_tab_leaves_without_choosing(self, page: Page, box: Locator) -> None:
        type_into(box, "muscle")
        expect(options(page)).to_have_count(2)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Search")).to_be_focused()
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(box).to_have_value("muscle")

    def test_control_and_enter_opens_a_new_tab(self, page: Page, box: Locator) -> None:
        type_into(box, "muscle")
        expect(options(page)).to_have_count(2)
        page.keyboard.press("ArrowDown")
        with page.context.expect_page() as opened:
            page.keyboard.press("Control+Enter")
        assert opened.value.url.endswith("/topics/muscle-cramps/")
        assert page.url.endswith("/topics/")


class TestByMouse:
    def test_an_option_is_a_link(self, page: Page, box: Locator) -> None:
        type_into(box, "flex")
        option = options(page).filter(has_text="Flexeril (cyclobenzaprine)")
        expect(option).to_have_attribute("href", "/medicines/cyclobenzaprine/")
        with page.context.expect_page():
            option.click(modifiers=["ControlOrMeta"])
        expect(box).to_be_focused()
        option.click()
        page.wait_for_url("**/medicines/cyclobenzaprine/")

    def test_a_press_elsewhere_closes_the_list(self, page: Page, box: Locator) -> None:
        type_into(box, "muscle")
        expect(options(page)).to_have_count(2)
        page.get_by_role("heading", level=1).click()
        expect(page.get_by_role("listbox")).to_be_hidden()

    def test_options_are_large_enough_for_a_finger(
        self, page: Page, box: Locator
    ) -> None:
        page.set_viewport_size({"width": 320, "height": 640})
        type_into(box, "muscle")
        expect(options(page)).to_have_count(2)
        for option in options(page).all():
            found = option.bounding_box()
            assert found["height"] >= 44
            assert found["x"] >= 0
            assert found["x"] + found["width"] <= 320


class TestSaid:
    def test_slips_are_said_to_be_put_right(self, page: Page, box: Locator) -> None:
        type_into(box, "flexaril")
        expect(options(page)).to_contain_text(["Flexeril (cyclobenzaprine)"])
        said = "No name begins with “flexaril”. Did you mean:"
        expect(page.locator(".suggest-note")).to_have_text(said)
        expect(page.get_by_role("status")).to_have_text(f"{said} 1 suggestion")

    def test_nothing_is_said_to_be_nothing(self, page: Page, box: Locator) -> None:
        type_into(box, "xqzzw")
        expect(page.get_by_role("status")).to_have_text("No suggestions")
        expect(page.get_by_role("listbox")).to_be_hidden()

    def test_an_emergency_stands_first_and_is_read_first(
        self, page: Page, box: Locator
    ) -> None:
        def with_card(route: Route) -> None:
            said = json.loads(route.fetch().body())
            route.fulfill(json=said | {"emergency": CARD})

        page.route("**/search/suggest/**", with_card)
        type_into(box, "muscle")
        expect(options(page)).to_have_count(3)
        expect(options(page).first).to_contain_text(CARD["heading"])
        expect(options(page).first).to_have_attribute("href", "tel:911")
        expect(page.get_by_role("status")).to_have_text(
            "In an emergency, call 911 now. 2 suggestions"
        )

    def test_words_of_self_harm_bring_the_card_and_no_word_of_suggestions(
        self, page: Page, box: Locator
    ) -> None:
        type_into(box, "i want to die")
        expect(options(page)).to_have_count(1)
        expect(options(page).first).to_have_attribute("href", "tel:988")
        expect(page.get_by_role("status")).to_have_text(
            "You are not alone: call or text 988 now"
        )

    def test_an_answer_that_comes_late_is_dropped(
        self, page: Page, box: Locator
    ) -> None:
        held: list[Route] = []

        def hold_first(route: Route) -> None:
            if "q=muscle" in route.request.url and not held:
                held.append(route)
            else:
                route.continue_()

        page.route("**/search/suggest/**", hold_first)
        type_into(box, "muscle")
        page.wait_for_timeout(400)
        assert held
        box.fill("charley")
        expect(options(page)).to_have_count(1)
        expect(options(page)).to_contain_text(["Charley horse: Muscle cramps"])

    def test_a_failure_says_nothing_and_the_form_searches(
        self, page: Page, box: Locator
    ) -> None:
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.route("**/search/suggest/**", lambda route: route.abort())
        type_into(box, "muscle")
        page.wait_for_timeout(400)
        expect(page.get_by_role("listbox")).to_be_hidden()
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=muscle")
        assert wrong == []


def test_without_javascript_the_box_searches(browser: Browser, portal: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal}/topics/")
    box = page.get_by_role("searchbox", name="Search health information")
    box.fill("muscle")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=muscle"))
    context.close()


@pytest.fixture(params=["light", "dark"])
def reader(request: Any, browser: Browser, watch: Any) -> Iterator[Page]:
    context = browser.new_context(color_scheme=request.param)
    watch(context)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ["/", "/topics/", "/search/"])
def test_nobody_is_kept_out_of_an_open_list(
    reader: Page,
    portal: str,
    accessibility_findings: Findings,
    address: str,
) -> None:
    reader.goto(f"{portal}{address}")
    box = reader.get_by_role("combobox")
    for width in (320, 1280):
        reader.set_viewport_size({"width": width, "height": 800})
        for letters in ("muscle", "flexaril"):
            box.fill("")
            type_into(box, letters)
            expect(options(reader).first).to_be_visible()
            reader.keyboard.press("ArrowDown")
            assert accessibility_findings(reader) == []
            assert reader.evaluate("document.documentElement.scrollWidth") <= width


def test_two_boxes_on_one_page_keep_apart(page: Page, portal: str) -> None:
    page.goto(f"{portal}/topics/leg-rash/")
    boxes = page.get_by_role("combobox")
    expect(boxes).to_have_count(2)
    type_into(boxes.last, "muscle")
    expect(options(page)).to_have_count(2)
    expect(boxes.first).to_have_attribute("aria-expanded", "false")
    type_into(boxes.first, "charley")
    expect(options(page)).to_have_count(1)
    expect(boxes.last).to_have_attribute("aria-expanded", "false")


def test_the_policy_refuses_nothing(
    page: Page, box: Locator, policy_violations: list[str]
) -> None:
    type_into(box, "muscle")
    expect(options(page)).to_have_count(2)
    assert policy_violations == []
