"""A browser that reaches this server and nothing else."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import BrowserContext, Page, Request
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from education.models import TopicPage
from tests import chromium
from tests.demonstration import publish_the_demonstration
from tests.factories import count_rows_anew, install, publish
from tests.public_states import add_every_state
from tests.searching import rebuild_all

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


@pytest.fixture(scope="module")
def shared_server(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    queries_beside_a_browser: None,
) -> Iterator[str]:
    """Give the address of a server whose database all tests of a module share.

    It begins as the migrations leave it. What those tests need is written by a fixture
    of the module; the tests themselves write nothing.
    """
    with django_db_blocker.unblock():
        empty_the_database()
        connection.creation.deserialize_db_from_string(
            connection._test_serialized_contents
        )
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        empty_the_database()


@pytest.fixture(scope="module")
def public_portal(shared_server: str) -> str:
    """Give the address of a portal that shows something in every state."""
    install()
    publish_the_demonstration()
    stage = add_every_state()
    # It went live without the workflow, so nobody has signed for it yet.
    publish(TopicPage.objects.get(slug="muscle-cramps"), stage.ana, stage.ben)
    rebuild_all()
    count_rows_anew()
    return shared_server


def empty_the_database() -> None:
    """Leave what a test with a database of its own leaves: nothing at all."""
    call_command(
        "flush",
        verbosity=0,
        interactive=False,
        # Rows are put back with the numbers that they had.
        reset_sequences=False,
        inhibit_post_migrate=True,
    )


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
            """rules => axe.run({
                runOnly: {type: 'tag', values: rules},
                // Off unless it is asked for: targets of 24 pixels, or room around them
                rules: {'target-size': {enabled: true}},
            })""",
            RULES,
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
