"""Every public page in a real browser: axe-core, widths, light and dark, keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from education.blocks import AnswerBlock, CareCardBlock
from education.models import (
    Alias,
    Brand,
    DemonstrationItem,
    FAQPage,
    HomePage,
    MedicationPage,
    NeededPage,
    QuestionMedicine,
    RelatedQuestion,
    TaggedPage,
    TopicPage,
)
from education.search.index import rebuild
from education.vocabulary import BrandStatus, CareLevel, HealthAspect, TagGroup
from tests.factories import (
    make_medicine,
    make_question,
    make_tag,
    make_topic,
    publish,
    set_the_scene,
)

Findings = Callable[[Page], list[dict[str, Any]]]

WITH_RESULTS = (
    "/",
    "/topics/muscle-cramps/",
    "/questions/what-is-a-cramp/",
    "/medicines/ibuprofen/",
    "/topics/",
    "/topics/?tag=calf&letter=M&page=9",
    "/tags/",
    "/tags/calf/?kind=topic&and=nsaids",
    "/tags/calf/?kind=nonsense",
    "/a-to-z/",
    "/a-to-z/?kind=question&letter=P&page=2",
    "/about/",
    "/accessibility/",
    "/search/",
    "/search/?q=cramp&kind=topic",
    "/search/?q=zebra",
    "/no-such-page/",
)
WITHOUT_RESULTS = (
    "/",
    "/topics/",
    "/tags/",
    "/tags/calf/",
    "/a-to-z/",
    "/search/",
    "/search/?q=cramp",
)
#: Phones, and where the contents stand beside the text; 320 px is 400% zoom.
WIDTHS = (320, 1280)


def preview_of(block: Any) -> list[dict[str, Any]]:
    """One of each child block of a stream, with the words of its preview."""
    return [
        {"type": name, "value": child.get_api_representation(child.get_preview_value())}
        if hasattr(child, "child_blocks")
        else {"type": name, "value": child.meta.preview_value}
        for name, child in block.child_blocks.items()
    ]


def cards() -> list[dict[str, Any]]:
    said = CareCardBlock().meta.preview_value
    return [
        {"type": "care_card", "value": said | {"level": level}} for level in CareLevel
    ]


@pytest.fixture
def stage(db: None) -> Any:
    """The installed portal with its people; nothing is published yet."""

    class Stage:
        pass

    set_the_scene(Stage)
    make_tag("Calf")
    return Stage


@pytest.fixture
def full_portal(stage: Any) -> None:
    """A page of each kind with every block, and lists long enough to be cut."""
    body = preview_of(AnswerBlock())
    sections = [
        {"type": "section", "value": {"aspect": aspect, "heading": "", "body": body}}
        for aspect in HealthAspect
    ]
    topic = make_topic(
        key_points="<ul><li>Most cramps pass.</li></ul>",
        sections=stream(TopicPage, "sections", sections),
    )
    question = make_question(
        topic=topic, answer=stream(FAQPage, "answer", body), scope="medicine"
    )
    other = make_question("How long do cramps last?", topic, live=True)
    medicine = make_medicine(
        boxed_warning="<p>It can harm the heart.</p>",
        key_facts="<ul><li>It eases pain.</li></ul>",
        interactions_medicines="<p>Not with naproxen.</p>",
        controlled_schedule="IV",
        pronunciation="eye-byoo-PROH-fen",
    )
    medicine.side_effects_cards = stream(MedicationPage, "care_cards", cards())
    naproxen = make_medicine(
        "Naproxen", live=True, interactions_medicines="<p>Not with ibuprofen.</p>"
    )
    TaggedPage.objects.create(
        tag=make_tag("NSAIDs", TagGroup.MEDICINE_CLASS), content_object_id=naproxen.pk
    )
    medicine.brands = [
        Brand(name=f"Brand {status}", status=status, note="also contains caffeine")
        for status in BrandStatus
    ]
    question.medicine_rows = [QuestionMedicine(medicine=medicine)]
    question.related_rows = [RelatedQuestion(question=other)]
    calf, nsaids = make_tag("Calf"), make_tag("NSAIDs", TagGroup.MEDICINE_CLASS)
    for page in (topic, question, medicine):
        page.care_cards = stream(type(page), "care_cards", cards())
        page.tags.add(calf, nsaids)
        page.other_words = [Alias(text="Charley horse")]
        publish(page, stage.ana, stage.ben, stage.chloe)
    NeededPage.objects.create(page=HomePage.objects.get(), needed=topic)
    for number in range(110):
        Alias.objects.create(page=other, text=f"Painful word {number}")
    DemonstrationItem.objects.note(topic)
    list(rebuild())


def stream(model: Any, name: str, raw: list[dict[str, Any]]) -> Any:
    return model._meta.get_field(name).to_python(raw)


@pytest.fixture(params=["light", "dark"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Any:
    """Somebody who reads in light or in dark colors."""
    context: BrowserContext = browser.new_context(color_scheme=request.param)
    yield context.new_page()
    context.close()


def look_at(
    reader: Page, server: LiveServer, addresses: tuple[str, ...], findings: Findings
) -> dict[str, Any]:
    """What is wrong, by address and width; nothing, it is hoped."""
    wrong = {}
    is_dark = reader.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    # Colors are the same at any width; where things stand is the same in the dark.
    widths = WIDTHS[-1:] if is_dark else WIDTHS
    for address in addresses:
        reader.goto(f"{server.url}{address}")
        for details in reader.locator("details").all():
            details.evaluate("folded => folded.open = true")
        for width in widths:
            reader.set_viewport_size({"width": width, "height": 800})
            found = findings(reader)
            if reader.evaluate("document.documentElement.scrollWidth") > width:
                found.append({"rule": "reflow"})
            if found:
                wrong[f"{address} at {width}"] = found
    return wrong


@pytest.mark.usefixtures("full_portal")
def test_nobody_is_kept_out_of_a_full_portal(
    reader: Page, live_server: LiveServer, accessibility_findings: Findings
) -> None:
    assert look_at(reader, live_server, WITH_RESULTS, accessibility_findings) == {}


@pytest.mark.usefixtures("stage")
def test_nobody_is_kept_out_of_an_empty_portal(
    reader: Page, live_server: LiveServer, accessibility_findings: Findings
) -> None:
    assert look_at(reader, live_server, WITHOUT_RESULTS, accessibility_findings) == {}


@pytest.mark.usefixtures("full_portal")
class TestReading:
    def test_the_policy_refuses_nothing_that_a_page_needs(
        self, page: Page, live_server: LiveServer, policy_violations: list[str]
    ) -> None:
        for address in WITH_RESULTS:
            page.goto(f"{live_server.url}{address}")
        assert policy_violations == []

    def test_the_keyboard_skips_to_the_text_and_shows_where_it_is(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}/topics/muscle-cramps/")
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
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{live_server.url}/topics/muscle-cramps/")
        expect(
            page.get_by_role("heading", name="Emergency: act now")
        ).to_be_in_viewport()

    def test_the_contents_lead_to_each_section(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}/topics/muscle-cramps/")
        page.get_by_role("link", name="What to expect").click()
        heading = page.get_by_role("heading", name="What to expect")
        expect(heading).to_be_in_viewport()

    def test_a_visitor_finds_a_page_from_home_by_search_and_by_tag(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(live_server.url)
        page.get_by_label("What do you want to know?").fill("charley horse")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="Muscle cramps", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Muscle cramps")
        page.get_by_role("link", name="Calf", exact=True).click()
        page.get_by_role("link", name="Ibuprofen", exact=True).click()
        expect(page.get_by_text("Reviewed by Ben Example")).to_be_visible()

    def test_paper_gets_the_words_and_where_they_come_from(
        self, page: Page, live_server: LiveServer
    ) -> None:
        page.goto(f"{live_server.url}/topics/muscle-cramps/")
        page.emulate_media(media="print")
        for gone in (".navigation", ".search-box", ".contents", ".breadcrumbs"):
            expect(page.locator(gone)).to_be_hidden()
        for kept in ("Demonstration content", "Reviewed by", "/topics/muscle-cramps/"):
            expect(page.get_by_text(kept).last).to_be_visible()
