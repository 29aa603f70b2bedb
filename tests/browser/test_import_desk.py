"""A clinician works through a small document, as far as handing a draft over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from education.import_vocabulary import ItemDecision
from education.models import (
    ClinicalPage,
    FAQPage,
    ImportedItem,
    QuestionTopic,
    Reference,
    TopicPage,
)
from tests.factories import PASSWORD, fresh, make_question, make_topic, set_the_scene
from tests.imported import (
    make_file,
    make_medicine_piece,
    make_question_piece,
    make_topic_piece,
    make_unanswered_piece,
)

DOCUMENT = """Related Topics
What is a stye?
A stye is a small, sore lump at the edge of an eyelid. A gland is blocked and inflamed.
How long does a stye last?
Most styes go away by themselves within two weeks.
Can I squeeze a stye?
No. Squeezing can spread the infection into the eyelid.
When should I worry about a stye?
A stye is nothing to worry about, and whoever loses some of the sight should wait and...
How can I prevent styes?
Wash your hands before you touch your eyes, and take off your make-up at night.
What do doctors do about a stye?
"""
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}

Findings = Callable[[Page], list[dict[str, Any]]]
SignIn = Callable[..., Page]


class Stage:
    """Where `set_the_scene` puts the cast."""


@pytest.fixture
def stage(db: None) -> Stage:
    stage = Stage()
    set_the_scene(stage)
    return stage


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer, watch: Any) -> Iterator[SignIn]:
    """Give somebody a browser of his or her own, already through the door."""
    opened: list[BrowserContext] = []

    def come_in(username: str, **looks: Any) -> Page:
        context = browser.new_context(
            **({"base_url": live_server.url, "viewport": DESKTOP} | looks)
        )
        opened.append(context)
        watch(context)
        page = context.new_page()
        page.goto("/cms/login/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/cms/")
        return page

    yield come_in
    for context in opened:
        context.close()


def bring_in(page: Page, folder: Path) -> None:
    document = folder / "styes.txt"
    document.write_text(DOCUMENT)
    page.goto("/cms/imports/")
    page.get_by_role("link", name="Bring in a document").click()
    page.locator("[name=document]").set_input_files(document)
    page.get_by_role("button", name="Bring it in").click()


def open_piece(page: Page, title: str) -> None:
    page.goto(f"/cms/imports/{ImportedItem.objects.first().file_id}/?show=all")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_label("Question", exact=True)).to_have_value(title)


def press(page: Page, key: str) -> None:
    """Press a single key, once the page listens."""
    page.locator("html[data-keys-are-on]").wait_for(state="attached")
    page.keyboard.press(key)


def unfold(page: Page, name: str) -> None:
    """Open a part that is folded, where it still is."""
    part = page.locator("details", has=page.locator("summary", has_text=name))
    if part.get_attribute("open") is None:
        part.locator("summary").click()


def said(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text=":").first


def decision(title: str) -> str:
    return ImportedItem.objects.get(title=title).decision


class TestWorkingThroughADocument:
    def test_by_mouse_and_by_keyboard_until_a_draft_is_handed_over(
        self, stage: Any, sign_in: SignIn, tmp_path: Path, policy_violations: list[str]
    ) -> None:
        make_topic("Stye").save_revision(user=stage.ana)
        make_question("What are styes like?").save_revision(user=stage.ana)
        page = sign_in("ana")
        bring_in(page, tmp_path)
        page.get_by_role("link", name="Work through them").wait_for()
        self.work_through(page)
        assert not ClinicalPage.objects.filter(live=True).exists()
        self.write_anew("How can I prevent styes?", stage.ana)
        self.hand_over(page, "How can I prevent styes?")
        assert not ClinicalPage.objects.filter(live=True).exists()
        assert policy_violations == []

    def work_through(self, page: Page) -> None:
        # By mouse: a draft, and undone
        open_piece(page, "What is a stye?")
        page.get_by_role("button", name="Make a question draft").click()
        expect(said(page)).to_contain_text("Draft made: What is a stye?")
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("It was undone")).to_be_visible()
        assert decision("What is a stye?") == ItemDecision.OPEN
        # Merged into a page that is found by its title
        unfold(page, "Merge into a page")
        page.get_by_label("Words of a title").fill("styes like")
        page.keyboard.press("Enter")
        page.get_by_label("What are styes like?").check()
        page.get_by_role("button", name="Merge into the chosen page").click()
        expect(said(page)).to_contain_text("Merged into a page")
        # A section of the topic
        open_piece(page, "How long does a stye last?")
        unfold(page, "A section of a topic")
        page.get_by_label("Topic", exact=True).select_option(label="Stye")
        page.get_by_label("The section is about").select_option("outlook")
        page.get_by_role("button", name="Make it a section").click()
        expect(said(page)).to_contain_text("Section of a topic")
        # By keyboard: set aside, undone, set aside again
        open_piece(page, "When should I worry about a stye?")
        for _ in range(2):
            press(page, "s")
            expect(page.get_by_label("Why")).to_be_focused()
            page.keyboard.type("Dangerous advice")
            page.keyboard.press("Enter")
            expect(said(page)).to_contain_text("Set aside")
            if _ == 0:
                press(page, "u")
                expect(page.get_by_text("It was undone")).to_be_visible()
        title = "How can I prevent styes?"
        open_piece(page, title)
        press(page, "a")
        expect(said(page)).to_contain_text(f"Draft made: {title}")
        self.accept_the_rest(page)

    def accept_the_rest(self, page: Page) -> None:
        """A key for each piece that is left; what is here already is set aside."""
        for piece in ImportedItem.objects.to_decide():
            page.goto(f"/cms/imports/{piece.file_id}/pieces/{piece.pk}/")
            press(page, "a")
            refused = page.get_by_text("may be merged into")
            said(page).or_(refused).first.wait_for()
            if refused.count():
                press(page, "s")
                page.keyboard.type("It is here already")
                page.keyboard.press("Enter")
                said(page).wait_for()
        assert not ImportedItem.objects.to_decide().exists()

    def write_anew(self, title: str, author: Any) -> None:
        """As an author does in the editor, whose own tests are elsewhere."""
        page = FAQPage.objects.get(title=title).get_latest_revision_as_object()
        page.summary = "Clean hands keep styes away."
        page.short_answer = "Clean hands and clean lids keep most of them away."
        page.answer = []
        page.topic_rows = [
            QuestionTopic(topic=TopicPage.objects.get(title="Stye"), sort_order=0)
        ]
        page.references = [
            Reference(
                title="Eyelid disorders",
                publisher="MedlinePlus",
                url="https://medlineplus.gov/eyeliddisorders.html",
                sort_order=0,
            )
        ]
        page.save_revision(user=author, log_action=True)

    def hand_over(self, page: Page, title: str) -> None:
        page.goto(f"/cms/imports/{ImportedItem.objects.first().file_id}/drafts/")
        expect(page.get_by_text("Answer needed").first).to_be_visible()
        expect(page.get_by_text("Needs rewriting").first).to_be_visible()
        page.get_by_label(f"Choose {title}").check()
        page.get_by_role("button", name="Hand over the chosen ones").click()
        expect(page.get_by_text("They go to Ben Example")).to_be_visible()
        page.get_by_role("button", name="Hand over", exact=True).click()
        outcome = page.get_by_text("wait for approval now").or_(
            page.get_by_text("These were kept back")
        )
        expect(outcome).to_be_visible()
        kept_back = page.get_by_text("These were kept back")
        assert kept_back.count() == 0, page.locator(".imports").inner_text()
        assert fresh(FAQPage.objects.get(title=title)).workflow_in_progress

    def test_without_scripts_it_goes_from_page_to_page(
        self, stage: Any, sign_in: SignIn, tmp_path: Path
    ) -> None:
        page = sign_in("ana", java_script_enabled=False)
        bring_in(page, tmp_path)
        page.get_by_role("button", name="Carry on").click()
        page.get_by_role("link", name="Work through them").click()
        expect(page.get_by_text("Keyboard shortcuts")).to_be_hidden()
        unfold(page, "Set it aside")
        page.get_by_label("Why").fill("Advertising")
        page.get_by_role("button", name="Set it aside").click()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("button", name="Make a question draft")).to_be_visible()
        assert not ImportedItem.objects.exclude(decision=ItemDecision.OPEN).exists()


class TestKeys:
    def test_are_nothing_but_letters_in_a_field_and_can_be_switched_off(
        self, stage: Any, sign_in: SignIn
    ) -> None:
        file = make_file(stage.ana)
        first, second = make_question_piece(file), make_unanswered_piece(file)
        page = sign_in("ana")
        page.goto(f"/cms/imports/{file.pk}/pieces/{first.pk}/")
        page.get_by_label("Question", exact=True).press_sequentially("just a joke")
        assert page.url.endswith(f"/{first.pk}/")
        page.keyboard.press("Escape")
        press(page, "2")
        expect(page.get_by_role("radio", name="Answer 2")).to_be_checked()
        press(page, "j")
        page.wait_for_url(f"**/{second.pk}/")
        press(page, "?")
        page.get_by_label("Single keys are shortcuts").uncheck()
        page.keyboard.press("a")
        page.keyboard.press("k")
        page.reload()
        page.locator("body").press("k")
        page.wait_for_timeout(300)
        assert page.url.endswith(f"/{second.pk}/")
        assert ImportedItem.objects.to_decide().count() == 2

    def test_merge_into_the_page_of_the_very_name_at_once(
        self, stage: Any, sign_in: SignIn
    ) -> None:
        make_question("What is a migraine?").save_revision(user=stage.ana)
        file = make_file(stage.ana)
        piece = make_question_piece(file)
        page = sign_in("ana")
        page.goto(f"/cms/imports/{file.pk}/pieces/{piece.pk}/")
        press(page, "m")
        page.keyboard.press("Enter")
        expect(said(page)).to_contain_text("Merged into a page")


def test_the_button_says_which_answer_a_draft_takes(
    stage: Any, sign_in: SignIn
) -> None:
    file = make_file(stage.ana)
    piece = make_question_piece(file)
    page = sign_in("ana", java_script_enabled=False)
    page.goto(f"/cms/imports/{file.pk}/pieces/{piece.pk}/")
    grave = page.get_by_text("The answer you chose has a critical warning")
    none = page.get_by_text("It takes no answer")
    expect(grave).to_be_hidden()
    expect(none).to_be_hidden()
    page.get_by_role("radio", name="Answer 2").check()
    expect(grave).to_be_visible()
    page.get_by_role("radio", name="No answer yet").check()
    expect(none).to_be_visible()
    expect(grave).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_can_be_read_by_everybody(
    stage: Any,
    sign_in: SignIn,
    accessibility_findings: Findings,
    scheme: str,
    width: dict[str, int],
) -> None:
    file = make_file(stage.ana)
    file.loose_flags = [
        {
            "rule": "Breath",
            "danger": "critical",
            "line": 5,
            "start": 0,
            "end": 16,
            "reason": "Holding one's breath can make one faint.",
            "to_do": "Leave it out.",
        }
    ]
    file.save()
    make_topic("Migraine")
    make_question("What is a migraine like?")
    draft = make_question("Is it a draft?")
    draft.save_revision(user=stage.ana)
    pieces = [
        make_question_piece(file),
        make_unanswered_piece(file),
        make_topic_piece(file),
        make_medicine_piece(file),
        make_question_piece(
            file, "Is it a draft?", decision="accepted", page_id=draft.pk
        ),
    ]
    page = sign_in("ana", color_scheme=scheme, viewport=width)
    root = f"/cms/imports/{file.pk}/"
    addresses = ["/cms/imports/", "/cms/imports/new/", root, f"{root}?show=all"]
    addresses += [f"{root}lines/?became=warned"]
    addresses += [f"{root}{name}/" for name in ("lines", "drafts", "progress")]
    addresses += [f"{root}pieces/{piece.pk}/" for piece in pieces]
    for address in addresses:
        page.goto(address)
        for summary in page.locator(".imports summary").all():
            if summary.is_visible():
                summary.click()
        page.wait_for_timeout(400)
        ours = [
            one
            for one in accessibility_findings(page)
            if "imports" in str(one["where"])
        ]
        assert ours == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            address
        )
