"""The medicines that a document names."""

from __future__ import annotations

from education.importer.findings import FoundMedicine, Group
from education.importer.sorting.known import Known
from education.importer.sources import SourceDocument


def find_medicines(
    document: SourceDocument, groups: tuple[Group, ...], known: Known
) -> tuple[tuple[FoundMedicine, ...], tuple[Group, ...]]:
    """The medicines of a document, and its groups with the names of theirs."""
    return (), groups
