"""The topics that the questions of a document are about."""

from __future__ import annotations

from education.importer.findings import FoundTopic, Group
from education.importer.sources import SourceDocument


def find_topics(
    document: SourceDocument, groups: tuple[Group, ...]
) -> tuple[tuple[FoundTopic, ...], tuple[Group, ...]]:
    """The topics of a document, and its groups with the name of theirs."""
    return (), groups
