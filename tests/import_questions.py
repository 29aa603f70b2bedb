"""Sets of questions that were put together by hand, and how well that is met."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from education.import_vocabulary import AnswerState, SourceFormat
from education.importer.findings import FoundTopic, Group
from education.importer.passages import Block, Passage, Understanding
from education.importer.sorting import find_topics, group, own_list
from education.importer.sources import SourceDocument, SourceLine
from tests.import_keys import folded
from tests.import_scores import share, single

FILE = Path(__file__).resolve().parent / "samples" / "import_questions.toml"


@dataclass(frozen=True)
class QuestionSet:
    """Questions on one condition; `intents` says of each what it asks."""

    name: str
    round: int
    language: str
    intents: Mapping[str, str]
    says: tuple[str, ...]
    topics: tuple[frozenset[str], ...]
    no_topics: frozenset[str]
    maybe: frozenset[frozenset[str]]


@dataclass(frozen=True)
class Met:
    """What came of a set. `wrong` are pairs of questions that were taken wrongly."""

    precision: float
    recall: float
    merged: tuple[tuple[str, str], ...]
    parted: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    missed_topics: tuple[str, ...]
    false_topics: tuple[str, ...]
    groups: tuple[Group, ...]


def question_sets() -> list[QuestionSet]:
    """Read all of them, in the order of the file."""
    return [_read(row) for row in tomllib.loads(FILE.read_text("utf-8"))["set"]]


def _read(row: Mapping[str, Any]) -> QuestionSet:
    return QuestionSet(
        name=row["name"],
        round=row["round"],
        language=row.get("language", "en"),
        intents={
            text: intent for intent, texts in row["questions"].items() for text in texts
        },
        says=tuple(row.get("says", ())),
        topics=tuple(folded(name.split(" / ")) for name in row.get("topics", ())),
        no_topics=frozenset(row.get("no_topics", ())),
        maybe=frozenset(frozenset(pair) for pair in row.get("maybe", ())),
    )


def met(each: QuestionSet) -> Met:
    """Sort a set, and compare."""
    groups, topics = sorted_set(each)
    where = {
        variant.text: number
        for number, one in enumerate(groups)
        for variant in one.variants
    }
    pairs = [
        (one, other)
        for one, other in combinations(each.intents, 2)
        if frozenset({each.intents[one], each.intents[other]}) not in each.maybe
    ]
    together = {pair for pair in pairs if where[pair[0]] == where[pair[1]]}
    meant = {pair for pair in pairs if each.intents[pair[0]] == each.intents[pair[1]]}
    found = [single(folded([topic.name, *topic.also_called])) for topic in topics]
    right = [single(names) for names in each.topics]
    return Met(
        precision=share(len(together & meant), len(together)),
        recall=share(len(together & meant), len(meant)),
        merged=tuple(sorted(together - meant)),
        parted=tuple(sorted(meant - together)),
        topics=tuple(topic.name for topic in topics),
        missed_topics=tuple(
            min(names) for names in right if not any(names & one for one in found)
        ),
        false_topics=tuple(
            topic.name
            for topic, names in zip(topics, found, strict=True)
            if not any(names & one for one in right)
        ),
        groups=groups,
    )


def sorted_set(
    each: QuestionSet,
) -> tuple[tuple[Group, ...], tuple[FoundTopic, ...]]:
    """The groups and topics of a set, its questions mixed as a list would have them."""
    texts = sorted(each.intents, key=lambda text: (len(text) % 7, text))
    lines = [SourceLine(n, text, f"line {n}") for n, text in enumerate(texts, 1)]
    passages = [
        Passage(text, number, state=AnswerState.NONE)
        for number, text in enumerate(texts, 1)
    ]
    for number, text in enumerate(each.says, len(texts) + 1):
        lines.append(SourceLine(number, text, f"line {number}"))
        # What a document says stands in the answer of its first question.
        passages[0] = Passage(
            passages[0].question,
            1,
            answer_lines=(*passages[0].answer_lines, number),
            blocks=(*passages[0].blocks, Block(number, paragraph=text)),
        )
    document = SourceDocument(
        "a.txt", "0" * 64, SourceFormat.TEXT, tuple(lines), each.language
    )
    groups = group(document, Understanding(tuple(passages), {}, ()), own_list())
    topics, groups = find_topics(document, groups)
    return groups, topics
