"""The main line, as its people walk it: write, hand over, approve, find, change."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    TimeoutError,
    expect,
)
from pytest_django.live_server_helper import LiveServer

from education.models import FAQPage
from education.vocabulary import Kind
from tests import factories
from tests.factories import PASSWORD, fresh, make_tag, make_topic

QUESTION = "Can a cramp wake me at night?"
ANSWER = "Yes. Many people wake up with a cramp in the calf."
CHANGED = "Yes, and it is seldom a sign of illness."

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}

SignIn = Callable[[str], Page]
Watch = Callable[[BrowserContext], None]


class Stage:
    """Where `set_the_scene` puts the cast."""


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    factories.set_the_scene(stage)
    factories.publish(make_topic("Muscle cramps"), stage.ana, stage.ben)
    make_tag("Calf")
    make_tag("Night-time symptoms", "symptom")
    return stage


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def width(request: pytest.FixtureRequest) -> dict[str, int]:
    return request.param


@pytest.fixture
def sign_in(
    browser: Browser, live_server: LiveServer, width: dict[str, int], watch: Watch
) -> Iterator[SignIn]:
    """Give somebody a browser of his or her own, already through the door."""
    opened: list[BrowserContext] = []

    def come_in(username: str) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=width)
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


@pytest.fixture
def visitor(
    browser: Browser, live_server: LiveServer, width: dict[str, int]
) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, viewport=width, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def write(page: Page) -> None:
    """Fill in the form of a new question, as an author does, and hand it over."""
    section = factories.section(Kind.QUESTION)
    page.goto(f"/cms/pages/add/education/faqpage/{section.pk}/")
    page.locator("[name=title]").fill(QUESTION)
    page.locator("[name=summary]").fill("Why cramps come at night.")
    page.locator("[name=short_answer]").fill(ANSWER)
    page.get_by_role("tab", name="Find it").click()
    page.get_by_role("button", name="Add topic").click()
    page.get_by_role("button", name="Choose a page (Health topic)").click()
    page.get_by_role("dialog").get_by_role("link", name="Muscle cramps").click()
    for tag in ("Calf", "Night-time symptoms"):
        choose_tag(page, tag)
    menu_item(page, "Hand over for approval").click()
    expect(page.get_by_text("submitted for moderation")).to_be_visible()


def choose_tag(page: Page, tag: str) -> None:
    """Type the first letters and choose; again where autosave took the focus away."""
    box = page.locator(".tagit-new input")
    offered = page.locator(".ui-menu-item", has_text=tag)
    for _ in range(3):
        box.fill("")
        box.press_sequentially(tag[:4])
        try:
            offered.click(timeout=4000)
        except TimeoutError:
            continue
        break
    expect(page.locator(".tagit-choice", has_text=tag)).to_be_visible()


def menu_item(page: Page, name: str) -> object:
    """The item of this name in the editor's footer, opened up."""
    page.get_by_role("button", name="More actions").last.click()
    return page.get_by_role("button", name=name)


def question() -> FAQPage:
    return FAQPage.objects.get(title=QUESTION)


def decide(page: Page, title: str, button: str) -> None:
    page.goto("/cms/")
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text(
        title
    )
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/cms/")


def assert_cannot_publish(page: Page, written: FAQPage) -> None:
    """Neither the editor nor bulk actions nor the decision page offer a way live."""
    page.goto(f"/cms/pages/{written.pk}/edit/")
    expect(page.locator("[name=action-publish]")).to_have_count(0)
    expect(page.get_by_role("link", name="Read and decide")).to_have_count(0)
    state = fresh(written).current_workflow_task_state
    page.goto(f"/cms/desk/decide/{state.pk}/")
    expect(page.get_by_role("button", name="Approve this text")).to_have_count(0)
    page.goto(f"/cms/bulk/wagtailcore/page/publish/?id={written.pk}&next=/cms/")
    expect(page.get_by_role("button", name=re.compile("^Yes"))).to_have_count(0)
    assert not fresh(written).live


def assert_hidden(visitor: Page, written: FAQPage) -> None:
    answer = visitor.goto(f"/questions/{written.slug}/")
    assert answer
    assert answer.status == 404
    visitor.goto("/search/?q=wake+at+night")
    expect(visitor.get_by_role("link", name=QUESTION)).to_have_count(0)


def test_from_the_authors_first_word_to_the_reader(
    stage: Stage, sign_in: SignIn, visitor: Page
) -> None:
    ana = sign_in("ana")
    write(ana)
    written = question()
    assert_hidden(visitor, written)
    assert_cannot_publish(ana, written)
    assert_cannot_publish(sign_in("sam"), written)

    ben = sign_in("ben")
    decide(ben, QUESTION, "Approve this text")
    expect(ben.get_by_text("It is live now.")).to_be_visible()

    find_by_tag(visitor)
    expect(visitor.get_by_role("heading", level=1)).to_have_text(QUESTION)
    reviewed = f"Reviewed by Ben Example on {timezone.now():%-d %B %Y}"
    expect(visitor.get_by_text(reviewed)).to_be_visible()
    find_by_search(visitor)
    expect(visitor.get_by_text(ANSWER)).to_be_visible()

    change(ana, written)
    visitor.reload()
    expect(visitor.get_by_text(ANSWER)).to_be_visible()
    decide(sign_in("chloe"), QUESTION, "Approve this text")
    visitor.reload()
    expect(visitor.get_by_text(CHANGED)).to_be_visible()


def find_by_tag(visitor: Page) -> None:
    visitor.goto("/tags/")
    visitor.get_by_role("link", name="Calf").first.click()
    visitor.get_by_role("link", name=QUESTION).click()


def find_by_search(visitor: Page) -> None:
    visitor.goto("/")
    box = visitor.get_by_role("searchbox").last
    box.fill("night cramps")
    box.press("Enter")
    visitor.get_by_role("link", name=QUESTION).click()


def change(author: Page, written: FAQPage) -> None:
    author.goto(f"/cms/pages/{written.pk}/edit/")
    author.locator("[name=short_answer]").fill(CHANGED)
    author.get_by_role("tab", name="Review").click()
    author.locator("[name=change_note]").fill("Says more clearly what to do.")
    menu_item(author, "Hand over for approval").click()
    expect(author.get_by_text("submitted for moderation")).to_be_visible()
