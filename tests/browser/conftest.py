"""A browser that reaches this server and nothing else."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from tests import chromium

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOCAL = {"localhost", "127.0.0.1", None}

Findings = list[dict[str, Any]]
Watch = Callable[[BrowserContext], None]


@pytest.fixture(scope="session", autouse=True)
def queries_beside_a_browser() -> None:
    """Playwright keeps an event loop running, which Django takes for async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    path = chromium.installed()
    if path is None:
        pytest.skip("There is no Chromium here: set CHROMIUM, or run `make test`.")
    return browser_type_launch_args | {
        "executable_path": path,
        "args": chromium.launch_arguments(),
    }


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fail the test if a page of a watched context asked another host for anything."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if urlsplit(request.url).hostname not in LOCAL:
            asked.append(request.url)

    yield lambda context: context.on("request", note)
    assert asked == []


@pytest.fixture(autouse=True)
def only_this_host(context: BrowserContext, watch: Watch) -> None:
    watch(context)


@pytest.fixture
def policy_violations(context: BrowserContext) -> list[str]:
    """Collect what the Content-Security-Policy of a page refused, as it happens."""
    said: list[str] = []
    context.on(
        "console",
        lambda message: (
            said.append(message.text)
            if "Content Security Policy" in message.text
            else None
        ),
    )
    return said


@pytest.fixture
def accessibility_findings() -> Callable[[Page], Findings]:
    """Return what axe-core has against a page: WCAG 2.2 A and AA, best practice."""
    source = AXE.read_text()

    def find(page: Page) -> Findings:
        page.evaluate(source)
        found = page.evaluate(
            "rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES
        )
        return [
            {
                "rule": broken["id"],
                "help": broken["help"],
                "where": [node["target"] for node in broken["nodes"]],
            }
            for broken in found["violations"]
        ]

    return find
