"""How a topic is called, and what else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from education.importer.findings import Group
from education.importer.sorting.asking import SAME_NAMES
from education.importer.sorting.candidates import Candidate
from education.importer.sorting.other_names import stems_of
from education.importer.sorting.subjects import Subjects
from education.importer.sorting.wording import proper
from education.writing.likeness import folded

#: What may stand between the words of a name that questions write.
_BETWEEN = r"(?:[^\w]|_)+(?:(?:and|of|the|in) )?"


def names_of(
    candidate: Candidate,
    groups: list[Group],
    subjects: Subjects,
    pairs: tuple[tuple[str, str], ...],
    taken: Collection[frozenset[str]],
) -> tuple[str, ...]:
    """The name of a topic and its other names; `taken` are names of other topics."""
    asked = [variant.text for group in groups for variant in group.variants]
    forms = sorted(candidate.forms, key=candidate.rank)
    name = _as_written(forms[0], asked)
    if candidate.wants == {"types"}:
        name = f"types of {name}"
    said = stems_of(forms[0])
    also = [_as_written(form, asked) for form in forms if not stems_of(form) <= said]
    if not candidate.region:
        also += _other_names(candidate, subjects, pairs, taken)
        also += _short_names(candidate, subjects, asked)
    names = dict.fromkeys(proper(each, subjects.names) for each in (name, *also))
    first = next(iter(names))
    return (first, *(each for each in names if _bare(each) != _bare(first)))


def _bare(name: str) -> str:
    """A name without its case and plural, to tell whether two are one."""
    return re.sub(r"s\b", "", folded(name))


def _other_names(
    candidate: Candidate,
    subjects: Subjects,
    pairs: tuple[tuple[str, str], ...],
    taken: Collection[frozenset[str]],
) -> Iterator[str]:
    for one, other in pairs:
        for here, there in ((one, other), (other, one)):
            if candidate.is_called(here, subjects) and stems_of(there) not in taken:
                yield there


def _short_names(
    candidate: Candidate, subjects: Subjects, asked: list[str]
) -> Iterator[str]:
    for short, long in subjects.short_forms.items():
        if stems_of(long) in candidate.abouts:
            yield short
    text = " ".join(asked)
    for other, name in SAME_NAMES.items():
        if stems_of(name) in candidate.abouts:
            found = re.search(rf"\b{other}\b", text, re.IGNORECASE)
            if found:
                yield found[0]


def _as_written(name: str, asked: list[str]) -> str:
    """A name with the hyphens and accents that questions write it with."""
    said = _BETWEEN.join(map(re.escape, name.split()))
    pattern = re.compile(rf"\b{said}\b")
    for text in asked:
        found = pattern.search(_lettered(text))
        if found:
            return text[found.start() : found.end()].lower()
    return name


@lru_cache(maxsize=20_000)
def _lettered(text: str) -> str:
    """The text folded letter by letter, so that places in it are places in the text."""
    if text.isascii() and "'" not in text:
        return text.casefold()
    return "".join((folded(letter) or letter)[:1] for letter in text)
