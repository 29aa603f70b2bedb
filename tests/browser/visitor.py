"""A visitor with a phone who wants to know something, and what it takes to learn it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 390, "height": 844}
MOST_ACTIONS = 3


class Visitor:
    """Starts at home; each thing pressed or sent counts, scrolling is only noted."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.actions: list[str] = []
        self.screens = 0
        page.set_viewport_size(PHONE)
        page.goto(home)

    def search(self, words: str) -> None:
        """Type into the first box and send it: one action."""
        box = self.page.locator("[name=q]:visible").first
        box.fill(words)
        box.press("Enter")
        self.page.wait_for_url("**/search/?q=*")
        self.actions.append(f"searched for “{words}”")

    def follow(self, name: str) -> None:
        """Press the first link of this name."""
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.actions.append(f"followed “{name}”")

    def unfold(self, name: str) -> None:
        """Open a part that is folded, where it still is."""
        summary = self.page.locator("summary", has_text=name).first
        summary.click()
        self.actions.append(f"unfolded “{name}”")

    def reads(self, text: str) -> Locator:
        """Find these words in the main part, wholly on the screen once scrolled to."""
        found = (
            self.page.locator("main").get_by_text(text).locator("visible=true").first
        )
        expect(found).to_be_visible()
        self.screens = self.screens_down_to(found)
        found.scroll_into_view_if_needed()
        box = found.bounding_box()
        assert box is not None
        assert box["x"] >= 0, text
        assert box["x"] + box["width"] <= PHONE["width"], text
        assert self.page.evaluate("scrollX") == 0
        return found

    def screens_down_to(self, found: Locator) -> int:
        """How many times a full screen was scrolled until these words came."""
        top = found.evaluate("one => one.getBoundingClientRect().top + scrollY")
        return int(max(0, top) // PHONE["height"])
