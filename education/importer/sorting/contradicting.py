"""Matters on which the answers to a question, or on one thing, contradict each other.

Only what a clinician would call a contradiction: two answers that leave out different
things do not contradict each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from education.importer.findings import Contradiction, Group, Side
from education.importer.sorting.claims import matters_of
from education.importer.sorting.other_names import pairs_in, stems_of
from education.writing.sentences import pieces

LONGEST_WORDS = 240


@dataclass(frozen=True)
class _Claim:
    """What a sentence of an answer says of a matter; `group` is the group's number."""

    value: object
    line: int
    says: str
    group: int


def with_contradictions(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups, each with the matters on which one of its answers is contradicted."""
    found: dict[int, list[Contradiction]] = defaultdict(list)
    together: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    for number, group in enumerate(groups):
        want, _, about = group.key.partition(": ")
        for matter, claim in _claims(group, number, want):
            within = about if matter in _ACROSS else group.key
            together[matter, within].append(claim)
    for (matter, _), claims in together.items():
        sides = _sides(claims, _DIFFERING[matter])
        if sides:
            contradiction = Contradiction(
                about=matter, sides=tuple(Side(one.line, one.says) for one in sides)
            )
            for number in dict.fromkeys(one.group for one in sides):
                found[number].append(contradiction)
    for number, other, contradiction in _one_or_two(groups):
        found[number].append(contradiction)
        if other != number:
            found[other].append(contradiction)
    return tuple(
        replace(group, contradictions=tuple(found[number]))
        if number in found
        else group
        for number, group in enumerate(groups)
    )


def _claims(group: Group, number: int, want: str) -> Iterator[tuple[str, _Claim]]:
    for answer in group.answers:
        said: set[str] = set()
        for block in answer.blocks:
            for sentence in pieces(block.text):
                for matter, value in matters_of(sentence.strip(), want, not said):
                    if matter not in said:
                        said.add(matter)
                        says = _short(sentence)
                        yield matter, _Claim(value, block.line, says, number)


def _one_or_two(
    groups: tuple[Group, ...],
) -> Iterator[tuple[int, int, Contradiction]]:
    """Where one answer tells two things apart that another gives as one.

    With the numbers of the two groups.
    """
    apart = {
        frozenset(group.key.partition(": ")[2].split()): number
        for number, group in enumerate(groups)
        if group.key.startswith(("difference: ", "same: ")) and group.answers
    }
    told = {number: _first_words(groups[number]) for number in apart.values()}
    for number, group in enumerate(groups):
        for answer in group.answers:
            for block in answer.blocks:
                for sentence in pieces(block.text) if apart else ():
                    for one, two in pairs_in(sentence):
                        other = apart.get(stems_of(one) | stems_of(two))
                        if other is None or other == number or not told[other]:
                            continue
                        sides = (*told[other], Side(block.line, _short(sentence)))
                        yield number, other, Contradiction("What it is", sides)
                        del apart[stems_of(one) | stems_of(two)]


def _first_words(group: Group) -> tuple[Side, ...]:
    """What the best answer says first, unless it says that both are one."""
    for answer in group.answers[:1]:
        for block in answer.blocks[:1]:
            first = pieces(block.text)[:1]
            if first and not first[0].lower().startswith("yes"):
                return (Side(block.line, _short(first[0])),)
    return ()


def _short(sentence: str) -> str:
    return " ".join(sentence.split())[:LONGEST_WORDS]


def _sides(
    claims: list[_Claim], differ: Callable[[_Claim, _Claim], bool]
) -> list[_Claim]:
    """The claims that another contradicts, each wording once; none where all agree."""
    told: dict[str, _Claim] = {}
    for claim in claims:
        told.setdefault(claim.says, claim)
    apart = list(told.values())
    sides = [one for one in apart if any(differ(one, other) for other in apart)]
    return sorted(sides, key=lambda one: one.line)


def _unequal(one: _Claim, other: _Claim) -> bool:
    return one.value != other.value


def _apart(one: _Claim, other: _Claim) -> bool:
    return not one.value & other.value  # type: ignore[operator]


def _far(one: _Claim, other: _Claim) -> bool:
    low, high = sorted((float(one.value), float(other.value)))  # type: ignore[arg-type]
    return high >= low * 1.5


#: Matters on which answers to other questions on the same thing count, too.
_ACROSS = frozenset(
    {"How long", "Whether treatment is needed", "When to see a doctor"}
    | {"The leading cause"}
)
_DIFFERING: dict[str, Callable[[_Claim, _Claim], bool]] = {
    "How long": lambda one, other: one.value.differs_from(other.value),  # type: ignore[attr-defined]
    "Whether treatment is needed": _unequal,
    "When to see a doctor": _unequal,
    "The leading cause": _apart,
    "Yes or no": _unequal,
    "How many there are": _unequal,
    "How many": _far,
}
