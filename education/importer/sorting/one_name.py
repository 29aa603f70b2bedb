"""Two names for one thing, where a document says that they are: read as one.

A name is taken for another only where questions use both, and never in the same
question: what is set apart somewhere is two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from education.importer.sorting.asking import Asked
from education.importer.sorting.other_names import names_of_one_thing, stems_of
from education.importer.sources import SourceDocument

#: How a name is found in a question, and the name that is asked about most.
OneName = tuple[tuple[re.Pattern[str], str], ...]


def one_names(document: SourceDocument, asked: Iterable[Asked]) -> OneName:
    """The names that questions use beside the most usual one, and that one."""
    abouts = [frozenset(one.about) for one in asked]
    found: dict[str, str] = {}
    for pair in names_of_one_thing(document):
        names = [_as_asked(name, abouts) for name in pair]
        stems = [stems_of(name) for name in names]
        if not all(names) or stems[0] == stems[1]:
            continue
        usual, other = _usual_first(names, stems, abouts)
        is_part = stems_of(usual) < stems_of(other)
        # "Muscle cramps" and "muscle spasms" are kin, whatever one answer says.
        if not is_part and (
            stems[0] & stems[1] or any(stems[0] | stems[1] <= about for about in abouts)
        ):
            continue
        if usual not in found:
            found.setdefault(other, usual)
    return tuple((_in_a_question(other), usual) for other, usual in found.items())


def under_one_name(question: str, names: OneName) -> str:
    """The question as if it had used the usual name."""
    for other, usual in names:
        question = other.sub(usual, question)
    return question


def _usual_first(
    names: list[str], stems: list[frozenset[str]], abouts: list[frozenset[str]]
) -> list[str]:
    """Of a name that is part of the other, questions about the other are none."""
    uses = [
        sum(own <= about and not (own < other and other <= about) for about in abouts)
        for own, other in (stems, stems[::-1])
    ]
    return names if uses[0] >= uses[1] else names[::-1]


def _as_asked(name: str, abouts: list[frozenset[str]]) -> str:
    """The longest end of a name that questions use; what stands before is no name."""
    words = name.split()
    for start in range(len(words)):
        end = " ".join(words[start:])
        stems = stems_of(end)
        if stems and any(stems <= about for about in abouts):
            return end
    return ""


def _in_a_question(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name.removesuffix('s'))}s?\b", re.IGNORECASE)
