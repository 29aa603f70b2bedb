"""What a way round approval is, and the list of all that are tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tests.attacks.scene import Scene

Try = Callable[["Scene", "User"], None]

EVERYBODY = ("ana", "ben", "lea", "sam")


@dataclass(frozen=True)
class Way:
    """A way to make words public that no other clinician approved.

    `by` are those who try it on the portal; the last of them, or `works_for`, is who
    succeeds on Wagtail as it comes. `stock_resists` says why nobody does, if so.
    """

    sentence: str
    attempt: Try
    by: tuple[str, ...]
    works_for: str
    stock_resists: str = ""

    @property
    def name(self) -> str:
        return re.sub(r"\W+", "_", self.sentence.lower()).strip("_")


WAYS: list[Way] = []


def way(
    sentence: str, *by: str, works_for: str = "", stock_resists: str = ""
) -> Callable[[Try], Try]:
    """Put a way on the list; without names, author, reviewer, lead and superuser."""

    def put_on_the_list(attempt: Try) -> Try:
        people = by or EVERYBODY
        last = works_for or people[-1]
        WAYS.append(Way(sentence, attempt, people, last, stock_resists))
        return attempt

    return put_on_the_list
