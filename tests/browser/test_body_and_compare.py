"""The drawn figure and medicines side by side, as people meet them in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from education.models import MedicationPage, TaggedPage
from education.vocabulary import BodyPlace, TagGroup
from tests.factories import (
    make_medicine,
    make_tag,
    make_topic,
    publish,
    set_the_scene,
)

Findings = Callable[[Page], list[dict[str, Any]]]

NAMES = ("Aspirin", "Cyclobenzaprine", "Ibuprofen", "Naproxen")
FOUR = "/medicines/compare/?" + "&".join(f"m={name.lower()}" for name in NAMES)
ADDRESSES = (
    "/body/",
    "/body/#area-lower-leg",
    "/medicines/compare/",
    "/medicines/compare/?m=aspirin&tag=nsaids",
    "/medicines/compare/?m=aspirin&m=nonsense",
    FOUR,
)
#: What the smallest target may measure, in CSS pixels (WCAG 2.2, 2.5.8).
SMALLEST_TARGET = 24

#: Where a finger meets each area: points of the page, two pixels apart, by its name.
TOUCH = """figure => {
    const {left, top, right, bottom} = figure.getBoundingClientRect();
    const met = {};
    for (let x = left; x < right; x += 2)
        for (let y = top; y < bottom; y += 2) {
            const area = document.elementFromPoint(x, y)?.closest("a.figure-area");
            const name = area?.getAttribute("aria-label");
            if (name) (met[name] ??= []).push([x, y]);
        }
    return met;
}"""


def pieces_of(points: list[list[float]]) -> Iterator[list[tuple[float, float]]]:
    """The parts of an area that hang together, such as the left hand from behind."""
    left = {(x, y) for x, y in points}
    while left:
        piece, edge = [], [left.pop()]
        while edge:
            x, y = edge.pop()
            piece.append((x, y))
            beside = {(x + 2, y), (x - 2, y), (x, y + 2), (x, y - 2)} & left
            left -= beside
            edge += beside
        yield piece


def smallest_side(piece: list[tuple[float, float]]) -> float:
    xs, ys = zip(*piece, strict=True)
    return min(max(xs) - min(xs), max(ys) - min(ys)) + 2


@pytest.fixture
def portal(db: None) -> None:
    """Every place of the figure has pages but one, and four medicines differ."""
    cast = SimpleNamespace()
    set_the_scene(cast)
    topic = make_topic("Leg cramps", live=True)
    for place in BodyPlace:
        tag = make_tag(place.label)
        tag.body_places = [place]
        tag.save()
        if place != BodyPlace.CHEST:
            TaggedPage.objects.create(tag=tag, content_object=topic)
    legs = make_tag("Legs")
    legs.body_places = [BodyPlace.LOWER_LEG, BodyPlace.THIGH]
    legs.save()
    TaggedPage.objects.create(tag=legs, content_object=topic)
    kind = make_tag("NSAIDs", TagGroup.MEDICINE_CLASS)
    for number, name in enumerate(NAMES):
        page = make_medicine(
            name,
            uses=f"<p>{name} eases pain.</p>",
            alcohol="Do not drink with it." if number % 2 else "",
            boxed_warning="<p>It can harm the heart.</p>" if number == 2 else "",
        )
        page.tags.add(kind)
        publish(page, cast.ana, cast.ben, cast.chloe)


@pytest.fixture(params=["light", "dark"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.usefixtures("portal")
class TestEverybody:
    def test_nobody_is_kept_out(
        self, reader: Page, live_server: LiveServer, accessibility_findings: Findings
    ) -> None:
        wrong = {}
        for address in ADDRESSES:
            for width in (320, 1280):
                reader.set_viewport_size({"width": width, "height": 800})
                reader.goto(f"{live_server.url}{address}")
                found = accessibility_findings(reader)
                if reader.evaluate("document.documentElement.scrollWidth") > width:
                    found.append({"rule": "reflow"})
                if found:
                    wrong[f"{address} at {width}"] = found
        assert wrong == {}

    def test_the_policy_refuses_nothing(
        self, page: Page, live_server: LiveServer, policy_violations: list[str]
    ) -> None:
        for address in ADDRESSES:
            page.goto(f"{live_server.url}{address}")
        assert policy_violations == []


@pytest.mark.usefixtures("portal")
class TestFigure:
    def area(self, page: Page, name: str) -> Any:
        picture = page.get_by_role("navigation", name="on a picture")
        return picture.get_by_role("link", name=name, exact=True)

    def touched(self, page: Page, server: LiveServer) -> dict[str, list[list[float]]]:
        page.set_viewport_size({"width": 320, "height": 1400})
        page.goto(f"{server.url}/body/")
        return page.locator(".figure").evaluate(TOUCH)

    def test_a_touch_on_an_area_opens_its_pages(
        self, page: Page, live_server: LiveServer
    ) -> None:
        points = self.touched(page, live_server)["Knee"]
        page.mouse.click(*points[len(points) // 2])
        expect(page).to_have_url(f"{live_server.url}/tags/knee/")

    def test_every_area_is_large_enough_to_touch_on_a_small_phone(
        self, page: Page, live_server: LiveServer
    ) -> None:
        touched = self.touched(page, live_server)
        assert set(touched) == {
            place.label for place in BodyPlace if place != BodyPlace.CHEST
        }
        sides = {
            name: [smallest_side(piece) for piece in pieces_of(points)]
            for name, points in touched.items()
        }
        small = {n: s for n, s in sides.items() if min(s) < SMALLEST_TARGET}
        assert small == {}

    def test_the_keyboard_stops_once_at_each_area_and_shows_where(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}/body/")
        self.area(page, "Head and face").focus()
        walked = []
        for _ in range(len(BodyPlace) - 1):
            focused = page.locator("a.figure-area:focus-visible")
            walked.append(focused.get_attribute("aria-label"))
            expect(focused.locator(".figure-name")).to_be_visible()
            page.keyboard.press("Tab")
        assert walked == [
            place.label for place in BodyPlace if place != BodyPlace.CHEST
        ]
        listed = page.get_by_role("navigation", name="Parts of the body", exact=True)
        expect(listed.get_by_role("link").first).to_be_focused()

    def test_the_keyboard_can_pass_the_picture(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}/body/")
        skip = page.get_by_role("link", name="Skip the picture")
        skip.focus()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        listed = page.get_by_role("navigation", name="Parts of the body", exact=True)
        expect(listed.get_by_role("link").first).to_be_focused()

    def test_an_area_of_two_tags_leads_to_where_one_chooses(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}/body/")
        self.area(page, "Calf and shin").focus()
        page.keyboard.press("Enter")
        place = page.locator("#area-lower-leg")
        expect(place).to_be_in_viewport()
        expect(place.get_by_role("link")).to_have_count(2)

    def test_it_is_seen_in_forced_colors_and_left_out_on_paper(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.emulate_media(forced_colors="active")
        page.goto(f"{live_server.url}/body/")
        fills = [
            page.locator(f".figure-area{kind}").first.evaluate(
                "area => getComputedStyle(area).fill"
            )
            for kind in (":not([data-empty])", "[data-empty]")
        ]
        assert len(set(fills)) == 2
        page.emulate_media(media="print")
        expect(page.locator(".figure")).to_be_hidden()
        expect(page.get_by_role("link", name="Legs").first).to_be_visible()


@pytest.mark.usefixtures("portal")
class TestCompare:
    def test_a_visitor_compares_from_a_medicine_and_adds_another(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}/medicines/ibuprofen/")
        page.get_by_role("link", name="Compare with other medicines").click()
        heads = page.get_by_role("columnheader").get_by_role("link")
        expect(heads.nth(0)).to_have_text("Ibuprofen")
        expect(heads.nth(2)).to_have_text("Aspirin")
        page.get_by_label("Add a medicine").select_option("Naproxen")
        page.get_by_role("button", name="Add").click()
        expect(heads.nth(4)).to_have_text("Naproxen")
        page.get_by_role("link", name="Remove Aspirin").click()
        expect(page.get_by_text("Aspirin eases pain.")).to_have_count(0)
        expect(page.get_by_text("Naproxen eases pain.")).to_be_visible()

    def test_a_cell_leads_to_where_it_stands(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}{FOUR}")
        page.get_by_role("link", name="Ibuprofen, What it is for").click()
        expect(page).to_have_url(f"{live_server.url}/medicines/ibuprofen/#uses")
        heading = page.get_by_role("heading", name="What it is for")
        expect(heading).to_be_in_viewport()

    def test_a_wide_screen_has_a_table_and_a_phone_has_blocks_with_names(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}{FOUR}")
        row = page.get_by_role("row").filter(has_text="What it is for")
        expect(row.get_by_role("cell")).to_have_count(4)
        tops = {cell.bounding_box()["y"] for cell in row.get_by_role("cell").all()}
        assert len(tops) == 1
        expect(page.locator(".comparison-name").first).to_be_hidden()
        page.set_viewport_size({"width": 390, "height": 800})
        cells = page.locator(".comparison tbody tr").first.locator("td")
        tops = {cell.bounding_box()["y"] for cell in cells.all()}
        assert len(tops) == len(NAMES)
        for cell, name in zip(cells.all(), NAMES, strict=True):
            expect(cell.locator(".comparison-name")).to_have_text(name)
            expect(cell.locator(".comparison-name")).to_be_visible()

    def test_differences_are_told_in_words_and_by_a_mark(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}{FOUR}")
        for heading, word in (
            ("What it is for", "Different"),
            ("Kind of medicine", "The same"),
            ("Alcohol", "Not stated for all"),
        ):
            head = page.get_by_role("rowheader", name=heading).first
            expect(head.get_by_text(word, exact=True)).to_be_visible()
        icons = page.locator('[data-mark="different"] .comparison-mark .icon')
        expect(icons.first).to_be_visible()

    def test_it_works_without_scripts(
        self, browser: Browser, live_server: LiveServer
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{live_server.url}/medicines/compare/")
        page.get_by_label("First medicine").select_option("Aspirin")
        page.get_by_label("Second medicine").select_option("Naproxen")
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_text("Naproxen eases pain.")).to_be_visible()
        context.close()

    def test_paper_gets_the_table_and_no_form(
        self, page: Page, live_server: LiveServer
    ) -> None:
        MedicationPage.objects.update(driving="<p>Do not drive.</p>")
        page.goto(f"{live_server.url}/medicines/compare/?m=aspirin&m=naproxen")
        page.emulate_media(media="print")
        expect(page.locator(".compare-picker")).to_be_hidden()
        expect(page.get_by_text("Talk to a pharmacist")).to_be_visible()
        expect(page.get_by_text("Do not drive.").first).to_be_visible()
