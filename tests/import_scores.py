"""How well a document was sorted, measured against its answer key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from education.import_vocabulary import AnswerState, Danger
from education.importer.findings import FoundBrand, FoundTopic, Sorted
from tests.import_keys import Key, folded

#: From what can wait to what cannot.
GRAVITY = {Danger.LOW: 0, Danger.MEDIUM: 1, Danger.HIGH: 2, Danger.CRITICAL: 3}
#: The aims of the project, for each document.
PAIRING_AIM = 0.97
PRECISION_AIM = 0.97
RECALL_AIM = 0.85
FALSE_ALARM_AIM = 0.1

Line = int | str
Pair = tuple[int, int]


@dataclass(frozen=True)
class Tally:
    """What was found of what there is, what was missed, and what is not there."""

    found: tuple[Line, ...]
    missed: tuple[Line, ...]
    false: tuple[Line, ...]

    def __str__(self) -> str:
        return f"{len(self.found)}/{len(self.missed)}/{len(self.false)}"

    @property
    def recall(self) -> float:
        return share(len(self.found), len(self.found) + len(self.missed))


@dataclass(frozen=True)
class Wrong:
    """A line where the key and what was found differ, in words."""

    line: int
    about: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.about}: {self.expected}, but got {self.got}"


@dataclass(frozen=True)
class Scores:
    """All that is measured of one document. `flags` are of any danger, by line."""

    document: str
    passages: int
    pairing: float
    precision: float
    recall: float
    questions: Tally
    loose: Tally
    completeness: Tally
    lists: Tally
    flags: Tally
    critical: Tally
    unanswered: Tally
    topics: Tally
    medicines: Tally
    brands: Tally
    doubts: Tally
    wrong: tuple[Wrong, ...]

    @property
    def false_alarms(self) -> float:
        """False flags for each passage."""
        return share(len(self.flags.false), self.passages, empty=0.0)


def share(part: int, whole: int, empty: float = 1.0) -> float:
    """Return `empty` where there is nothing to have a part of."""
    return part / whole if whole else empty


def score(key: Key, found: Sorted) -> Scores:
    """Measure everything that the key knows of."""
    answers, groups = answers_of(found), groups_of(found)
    flagged = flagged_lines(found)
    right = [at for at in key.answers if answers.get(at) == key.answers[at]]
    pairs = judged_pairs(key)
    together = {pair for pair in pairs if same(groups, pair)}
    meant = {(a, b) for a, b in pairs if key.intents[a] == key.intents[b]}
    flags = tally(key.flags, flagged.keys() - key.may_flag)
    brands = [brand for medicine in found.medicines for brand in medicine.brands]
    return Scores(
        document=key.document,
        passages=len(key.answers),
        pairing=share(len(right), len(key.answers)),
        precision=share(len(together & meant), len(together)),
        recall=share(len(together & meant), len(meant)),
        questions=tally(key.answers, answers),
        loose=tally(key.loose, found.loose),
        completeness=tally(key.incomplete, incomplete_lines(found)),
        lists=tally_lists(key, found),
        flags=flags,
        critical=tally_critical(key, flagged),
        unanswered=tally(key.none_of, unanswered_intents(key, found)),
        topics=tally_names(
            [single(names) for names in key.topics],
            [names_of(topic) for topic in found.topics],
        ),
        medicines=tally_names(
            key.generics, [folded([each.generic]) for each in found.medicines]
        ),
        brands=tally(key.brands, folded(brand.name for brand in brands)),
        doubts=tally(
            key.doubtful, folded(brand.name for brand in brands if is_doubted(brand))
        ),
        wrong=(*wrong_pairs(key, answers), *wrong_groups(key, found, together ^ meant)),
    )


def tally(right: Iterable[Line], got: Iterable[Line]) -> Tally:
    right, got = set(right), set(got)
    return Tally(
        tuple(sorted(right & got)),
        tuple(sorted(right - got)),
        tuple(sorted(got - right)),
    )


def tally_names(
    right: Iterable[frozenset[str]], got: Iterable[frozenset[str]]
) -> Tally:
    """Compare things of several names: one that they share makes them the same."""
    right, got = list(right), list(got)
    met = [names for names in right if any(names & other for other in got)]
    beside = [other for other in got if not any(names & other for names in right)]
    first = [tuple(min(names) for names in part) for part in (met, beside)]
    missed = tuple(min(names) for names in right if names not in met)
    return Tally(first[0], missed, first[1])


def answers_of(found: Sorted) -> dict[int, frozenset[int]]:
    """Return the answer lines of each question line, headings among them."""
    lines: dict[int, set[int]] = {}
    for group in found.groups:
        for variant in group.variants:
            lines.setdefault(variant.line, set())
        for answer in group.answers:
            mine = lines.setdefault(answer.question_line, set())
            mine |= {*answer.heading_lines, *answer.lines}
    return {line: frozenset(mine - {line}) for line, mine in lines.items()}


def groups_of(found: Sorted) -> dict[int, int]:
    """Return which group each question line is in."""
    return {
        variant.line: number
        for number, group in enumerate(found.groups)
        for variant in group.variants
    }


def same(groups: Mapping[int, int], pair: Pair) -> bool:
    """A line that was not seen as a question is in no group, not even with itself."""
    first, second = (groups.get(line) for line in pair)
    return first is not None and first == second


def judged_pairs(key: Key) -> set[Pair]:
    """Return all pairs of question lines, without those that one may argue about."""
    return {
        (first, second)
        for first, second in combinations(sorted(key.intents), 2)
        if frozenset({key.intents[first], key.intents[second]}) not in key.maybe
    }


def incomplete_lines(found: Sorted) -> set[int]:
    """Return the lines of which the marks say that words are missing."""
    return {mark.line for mark in found.marks if mark.damage.is_incomplete}


def flagged_lines(found: Sorted) -> dict[int, Danger]:
    """Return the gravest danger of each flagged line."""
    gravest: dict[int, Danger] = {}
    flags = [flag for group in found.groups for flag in group.flags]
    for flag in sorted([*flags, *found.flags], key=lambda flag: GRAVITY[flag.danger]):
        gravest[flag.line] = flag.danger
    return gravest


def tally_critical(key: Key, flagged: Mapping[int, Danger]) -> Tally:
    """Of critical lines only flags that say critical count as found.

    False are those of lines where the key sees no danger at all; where it sees less,
    somebody looks at the line in any case.
    """
    grave = {line for line, danger in flagged.items() if danger == Danger.CRITICAL}
    return tally(key.critical, grave - (key.flags.keys() - key.critical) - key.may_flag)


def tally_lists(key: Key, found: Sorted) -> Tally:
    """Found are the lists split into just as many items as there are."""
    items: dict[int, int] = {}
    for group in found.groups:
        for answer in group.answers:
            for block in answer.blocks:
                items[block.line] = items.get(block.line, 0) + len(block.items)
    right = [line for line, count in key.lists.items() if items.get(line) == count]
    return tally(key.lists, right)


def unanswered_intents(key: Key, found: Sorted) -> set[str]:
    """Return the intents for which no group has an answer that can be used."""
    states: dict[str, set[AnswerState]] = {}
    for group in found.groups:
        for variant in group.variants:
            if variant.line in key.intents:
                intent = key.intents[variant.line]
                states.setdefault(intent, set()).add(group.state)
    return {intent for intent, had in states.items() if had == {AnswerState.NONE}}


def names_of(topic: FoundTopic) -> frozenset[str]:
    return single(folded([topic.name, *topic.also_called]))


def single(names: Iterable[str]) -> frozenset[str]:
    """Make plural and singular of a name the same."""
    return frozenset(
        re.sub(r"(?<=[^s])s\b", "", re.sub(r"ies\b", "y", name)) for name in names
    )


def is_doubted(brand: FoundBrand) -> bool:
    return bool(brand.doubt) or brand.is_combination or not brand.is_known


def wrong_pairs(key: Key, answers: Mapping[int, frozenset[int]]) -> list[Wrong]:
    return [
        Wrong(line, "answer", in_words(right), in_words(answers.get(line)))
        for line, right in sorted(key.answers.items())
        if answers.get(line) != right
    ]


def in_words(lines: frozenset[int] | None) -> str:
    """Say which lines; None is a question that was not seen at all."""
    if lines is None:
        return "no question"
    return ", ".join(str(line) for line in sorted(lines)) or "no answer"


def wrong_groups(key: Key, found: Sorted, pairs: Iterable[Pair]) -> list[Wrong]:
    texts = {v.line: v.text for group in found.groups for v in group.variants}
    said = []
    for first, second in sorted(pairs):
        belong = key.intents[first] == key.intents[second]
        words = f"{texts.get(first, first)!r} + {second} {texts.get(second, second)!r}"
        expected, got = ("together", "apart") if belong else ("apart", "together")
        said.append(Wrong(first, words, expected, got))
    return said
