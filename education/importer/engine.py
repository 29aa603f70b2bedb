"""From a file that was read to everything that it came to, in one call."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from education.importer.findings import Answer, Flag, Group, Sorted
from education.importer.flagging import Rule, find_flags
from education.importer.sorting import (
    Known,
    find_medicines,
    find_topics,
    group,
    ranked,
)
from education.importer.sources import SourceDocument
from education.importer.understanding import understand


def sort_out(document: SourceDocument, rules: tuple[Rule, ...], known: Known) -> Sorted:
    """Everything that a document comes to; the same for the same document.

    Asks nothing of the database: `rules` and `known` are what was read there.
    """
    understanding = understand(document)
    flags = find_flags(document, understanding, rules)
    groups = group(document, understanding, known)
    topics, groups = find_topics(document, groups)
    medicines, groups = find_medicines(document, groups, known)
    by_line = defaultdict(list)
    for flag in flags:
        by_line[flag.line].append(flag)
    return Sorted(
        document=document,
        dispositions=understanding.dispositions,
        loose=understanding.loose,
        groups=tuple(_flagged(found, by_line) for found in groups),
        topics=topics,
        medicines=medicines,
        flags=flags,
        marks=tuple(
            mark for passage in understanding.passages for mark in passage.marks
        ),
    )


def _flagged(found: Group, by_line: dict[int, list[Flag]]) -> Group:
    """The group with its flags; an answer with flags comes after one without."""
    answers = ranked(_with_flags(answer, by_line) for answer in found.answers)
    return replace(found, answers=answers)


def _with_flags(answer: Answer, by_line: dict[int, list[Flag]]) -> Answer:
    lines = sorted({answer.question_line, *answer.heading_lines, *answer.lines})
    flags = tuple(flag for line in lines for flag in by_line.get(line, ()))
    return replace(answer, flags=flags)
