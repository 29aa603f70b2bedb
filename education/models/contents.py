"""What "On this page" leads to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """A heading of the page; `anchor` is the id of its part."""

    anchor: str
    label: str


def contents_of(
    parts: Iterable[Entry], after: Iterable[tuple[Entry, Any]]
) -> list[Entry]:
    """The parts of the text, then of what is shown after it what holds something.

    Without any text there is nothing to lead through.
    """
    text = list(parts)
    return [*text, *(entry for entry, shown in after if shown)] if text else []
