"""The frame around the CMS in a real browser: policies, previews, other hosts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from education.installation import AUTHORS, install
from tests.factories import PASSWORD, make_person, make_topic

Findings = Callable[[Page], list[dict[str, Any]]]


def test_a_refused_address_says_where_to_go(
    page: Page, live_server: LiveServer, accessibility_findings: Findings
) -> None:
    page.goto(f"{live_server.url}/search/?q=%00")
    assert page.get_by_role("heading", level=1).inner_text() == "We could not read that"
    assert accessibility_findings(page) == []


@pytest.fixture
def signed_in(page: Page, live_server: LiveServer) -> Page:
    """An author who has just come in through the door of the CMS."""
    install()
    make_person("ana", AUTHORS)
    page.goto(f"{live_server.url}/cms/login/")
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live_server.url}/cms/")
    return page


def test_an_author_sees_the_page_she_writes_beside_the_form(
    signed_in: Page, live_server: LiveServer, policy_violations: list[str]
) -> None:
    topic = make_topic("Night cramps")
    signed_in.goto(f"{live_server.url}/cms/pages/{topic.pk}/edit/")
    signed_in.get_by_role("button", name="Toggle preview").click()
    preview = signed_in.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Night cramps")
    assert policy_violations == []
