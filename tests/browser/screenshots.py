"""Takes the pictures of the README and the editing guide; `make screenshots` runs it.

Starts the portal with its demonstration content in a folder that is thrown away, looks
at it with Chromium, and ends what it started.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests import chromium  # noqa: E402
from tests.own_portal import prepared, serving  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
AUTHOR, REVIEWER, LEAD = "demo-author", "demo-approver-1", "demo-lead"
QUESTION = "blood-clot-or-leg-cramp"
TITLE = "How can I tell a blood clot from a leg cramp?"
CHANGED = "What is skeletal muscle?"
UNCLEAR = " An MRI shows it."
DESKTOP = {"width": 1280, "height": 860}


def main() -> None:
    password = secrets.token_urlsafe()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portal-pictures-") as folder:
        environment = prepared(Path(folder), password)
        with serving(environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.installed(), args=chromium.launch_arguments()
            )
            people = {
                name: signed_in(browser, address, name, password)
                for name in (AUTHOR, REVIEWER, LEAD)
            }
            public = browser.new_page(viewport=DESKTOP, color_scheme="light")
            picture_of_the_public(public, address)
            picture_of_the_editor(people[AUTHOR], address)
            picture_of_the_checks(people[AUTHOR], address)
            hand_over(people[AUTHOR])
            picture_of_the_desk(people[REVIEWER], address)
            picture_of_the_decision(people[REVIEWER])
            picture_of_the_reviews(people[LEAD], address)
            browser.close()


def picture_of_the_public(page: Page, address: str) -> None:
    page.goto(f"{address}/questions/{QUESTION}/")
    page.screenshot(path=PICTURES / "public.png")


def signed_in(browser: Browser, address: str, name: str, password: str) -> Page:
    page = browser.new_page(viewport=DESKTOP, color_scheme="light")
    page.goto(f"{address}/cms/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/cms/")
    return page


def open_editor(page: Page, address: str, title: str) -> None:
    page.goto(f"{address}/cms/pages/search/?q={quote(title)}")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def picture_of_the_editor(page: Page, address: str) -> None:
    open_editor(page, address, TITLE)
    page.screenshot(path=PICTURES / "editor.png")


def picture_of_the_checks(page: Page, address: str) -> None:
    open_editor(page, address, CHANGED)
    # Wagtail takes what it finds so long after opening for what was there before.
    page.wait_for_timeout(4000)
    page.locator("#id_short_answer").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(UNCLEAR)
    found = page.get_by_text("is not explained").first
    found.wait_for(state="attached")
    if not found.is_visible():
        page.get_by_role("button", name="Checks").click()
    found.wait_for()
    page.screenshot(path=PICTURES / "checks.png")


def hand_over(page: Page) -> None:
    page.get_by_role("tab", name="Review").click()
    page.locator("#id_change_note").fill("It says how doctors can see the muscle.")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Hand over for approval").click()
    page.wait_for_load_state("networkidle")


def picture_of_the_desk(page: Page, address: str) -> None:
    page.goto(f"{address}/cms/")
    page.screenshot(path=PICTURES / "desk.png")


def picture_of_the_decision(page: Page) -> None:
    page.get_by_role("link", name=CHANGED).first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / "decision.png")


def picture_of_the_reviews(page: Page, address: str) -> None:
    page.goto(f"{address}/cms/reports/reviews/")
    page.screenshot(path=PICTURES / "reviews.png")


if __name__ == "__main__":
    main()
