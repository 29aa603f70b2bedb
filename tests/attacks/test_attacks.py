"""Ways to make words public that no other clinician approved: all fail here.

Each is tried on the portal, by everybody who might, and must put nothing before the
public: not on a page, in a list, under a tag or in the search. And each is tried on
Wagtail as it comes, where it must succeed, so that the test is known to bite.

Out of scope is whoever holds the database, the files or a shell of the server, and
whoever makes accounts and is so two people: nothing in a CMS tells these apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.test import SimpleTestCase

from tests.attacks import (  # noqa: F401 - each puts its ways on the list
    ways_of_approving,
    ways_of_copying,
    ways_of_editing,
    ways_of_planning,
    ways_of_staff,
    ways_on_the_server,
    ways_past_the_page,
)
from tests.attacks.scene import Scene, StockScene
from tests.attacks.ways import WAYS, Way

FEWEST = 40


def attempt(scene: Scene, way: Way, name: str) -> Iterator[str]:
    """Try it, and tell the addresses at which the public reads the words."""
    with scene.captureOnCommitCallbacks(execute=True), suppress(PermissionDenied):
        way.attempt(scene, getattr(scene, name))
    return scene.leaks()


def _fails(way: Way, name: str) -> Callable[[Scene], None]:
    def test(self: Scene) -> None:
        leaks = list(attempt(self, way, name))
        assert not leaks, f"{way.sentence}: {name} did, see {', '.join(leaks)}"

    return test


def _succeeds(way: Way) -> Callable[[Scene], None]:
    def test(self: Scene) -> None:
        is_public = any(attempt(self, way, way.works_for))
        assert is_public is not bool(way.stock_resists), way.sentence

    return test


class OnThePortal(Scene):
    """Every way fails, whoever tries it."""


class OnWagtailAsItComes(StockScene):
    """Every way works, so that its failure above means something."""


for _way in WAYS:
    for _name in _way.by:
        setattr(OnThePortal, f"test_{_way.name}_by_{_name}", _fails(_way, _name))
    setattr(OnWagtailAsItComes, f"test_{_way.name}", _succeeds(_way))


class TheListTests(SimpleTestCase):
    def test_there_are_enough_ways_that_work_elsewhere(self):
        assert len([way for way in WAYS if not way.stock_resists]) >= FEWEST

    def test_no_two_ways_have_one_name(self):
        assert len({way.name for way in WAYS}) == len(WAYS)
