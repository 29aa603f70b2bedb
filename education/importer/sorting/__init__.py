"""Sorts what was understood: questions by what they ask, topics, medicines."""

from education.importer.sorting.grouping import group
from education.importer.sorting.known import Known, known_in, own_list
from education.importer.sorting.medicines import find_medicines
from education.importer.sorting.ranking import ranked
from education.importer.sorting.topics import find_topics

__all__ = [
    "Known",
    "find_medicines",
    "find_topics",
    "group",
    "known_in",
    "own_list",
    "ranked",
]
