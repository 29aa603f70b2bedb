"""What every test may ask for. Databases are chosen in `run_suite.py`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.signals import request_finished

from education.models import forget_surroundings
from education.search import counting

BROWSER_TESTS = Path(__file__).parent / "browser"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in `tests/browser`: it drives a browser on a server of its own.

    What only reads shares one with its module: see `shared_server`.
    """
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)
            shares = "shared_server" in item.fixturenames
            item.add_marker(
                pytest.mark.django_db(transaction=not shares, serialized_rollback=True)
            )


@pytest.fixture(scope="session", autouse=True)
def searches_are_written_when_a_test_says_so() -> None:
    """No test finds a search that another one made."""
    request_finished.disconnect(dispatch_uid="searches")


@pytest.fixture(autouse=True)
def no_search_is_left_in_mind() -> Iterator[None]:
    counting.forget_noted()
    yield
    counting.forget_noted()


@pytest.fixture(autouse=True)
def no_appearance_is_left_in_mind() -> None:
    forget_surroundings()
