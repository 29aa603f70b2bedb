"""What public pages owe their reader: keys, help in sight, a way to it, paper.

`test_every_page.py` looks at every template and state in every way of reading.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.public_addresses import ADDRESSES


class TestReading:
    def test_the_policy_refuses_nothing_that_a_page_needs(
        self, page: Page, public_portal: str, policy_violations: list[str]
    ) -> None:
        for address in ADDRESSES:
            page.goto(public_portal + address.path)
        assert policy_violations == []

    def test_the_keyboard_skips_to_the_text_and_shows_where_it_is(
        self, page: Page, public_portal: str
    ) -> None:
        page.goto(f"{public_portal}/topics/every-part-of-a-topic/")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to main content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        home = page.get_by_role("navigation", name="Breadcrumb").get_by_role("link")
        expect(home.first).to_be_focused()
        assert (
            home.first.evaluate("link => getComputedStyle(link).outlineWidth") == "3px"
        )

    def test_when_to_get_help_stands_open_before_the_text(
        self, page: Page, public_portal: str
    ) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{public_portal}/topics/every-part-of-a-topic/")
        expect(
            page.get_by_role("heading", name="Emergency: act now")
        ).to_be_in_viewport()

    def test_the_contents_lead_to_each_section(
        self, page: Page, public_portal: str
    ) -> None:
        page.goto(f"{public_portal}/topics/every-part-of-a-topic/")
        page.get_by_role("link", name="What to expect").click()
        heading = page.get_by_role("heading", name="What to expect")
        expect(heading).to_be_in_viewport()

    def test_a_visitor_finds_a_page_from_home_by_search_and_by_tag(
        self, page: Page, public_portal: str
    ) -> None:
        page.goto(public_portal)
        page.get_by_label("What do you want to know?").fill(
            "other words for every part of a topic"
        )
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="Every part of a topic", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Every part of a topic"
        )
        page.get_by_role("link", name="Calf", exact=True).click()
        page.get_by_role("link", name="Every part of a medicine", exact=True).click()
        expect(page.get_by_text("Reviewed by Ben Example")).to_be_visible()

    def test_paper_gets_the_words_and_where_they_come_from(
        self, page: Page, public_portal: str
    ) -> None:
        page.goto(f"{public_portal}/topics/every-part-of-a-topic/")
        page.emulate_media(media="print")
        for gone in (".navigation", ".search-box", ".contents", ".breadcrumbs"):
            expect(page.locator(gone)).to_be_hidden()
        for kept in (
            "Demonstration content",
            "Reviewed by",
            "/topics/every-part-of-a-topic/",
        ):
            expect(page.get_by_text(kept).last).to_be_visible()
