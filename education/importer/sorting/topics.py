"""The topics that the questions of a document are about.

A word that an answer only mentions is no topic. A phrase is one when a question asks
what it is, what kinds there are, how it is treated ... and asks of nothing else. What
people feel in one place (the calf, the back) is a topic of its own when it has
questions of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from education.importer.findings import FoundTopic, Group
from education.importer.sorting.asking import Asked
from education.importer.sorting.candidates import Candidate, candidates_of
from education.importer.sorting.folding import folded_together
from education.importer.sorting.other_names import other_names_in
from education.importer.sorting.phrases import phrases_of
from education.importer.sorting.subjects import Subjects, subjects_of
from education.importer.sorting.topic_names import names_of
from education.importer.sources import SourceDocument

#: Such questions name two things; the one that the document is not about is the news.
_OF_TWO = frozenset({"same", "difference"})


def find_topics(
    document: SourceDocument, groups: tuple[Group, ...]
) -> tuple[tuple[FoundTopic, ...], tuple[Group, ...]]:
    """The topics of a document, and its groups with the name of theirs."""
    if document.topics:
        return _as_given(document, groups)
    questions = [variant.text for group in groups for variant in group.variants]
    subjects = subjects_of(document, questions)
    asked = [_fullest(group, subjects) for group in groups]
    pairs = other_names_in(document)
    candidates = candidates_of(asked, subjects)
    candidates = folded_together(candidates, asked, groups, pairs)
    by_stem = _by_stem(candidates)
    belonging = [_topic_of(one, candidates, by_stem, subjects) for one in asked]
    taken = {about for one in candidates for about in one.abouts}
    found = {}
    for candidate in candidates:
        own = [
            group
            for group, whose in zip(groups, belonging, strict=True)
            if whose is candidate
        ]
        if own:
            names = names_of(candidate, own, subjects, pairs, taken)
            found[id(candidate)] = FoundTopic(
                name=names[0],
                also_called=names[1:],
                lines=tuple(sorted({line for group in own for line in group.lines})),
            )
    named = tuple(
        replace(group, topic=found[id(whose)].name if whose else "")
        for group, whose in zip(groups, belonging, strict=True)
    )
    return tuple(sorted(found.values(), key=lambda topic: topic.lines)), named


def _fullest(group: Group, subjects: Subjects) -> Asked:
    """As the wording asks that names most of what the group is about."""
    asked = [subjects.asked(variant.text) for variant in group.variants]
    return max(asked, key=lambda one: len(one.words))


def _by_stem(candidates: list[Candidate]) -> dict[str, list[Candidate]]:
    """Where to look for what fits a question: not at every topic of a long document."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        for stem in frozenset().union(*candidate.abouts):
            found[stem].append(candidate)
    return found


def _topic_of(
    asked: Asked,
    candidates: list[Candidate],
    by_stem: dict[str, list[Candidate]],
    subjects: Subjects,
) -> Candidate | None:
    """The topic that a question belongs to: the one that says most of what it asks."""
    main = frozenset(subjects.main)
    near = {id(one): one for stem in asked.about for one in by_stem.get(stem, ())}
    fitting = [one for one in near.values() if one.fits(asked)]
    if not fitting:
        return next((one for one in candidates if main in one.abouts), None)

    phrases = {frozenset(subjects.whole(one.stems)) for one in phrases_of(asked, main)}

    def rank(candidate: Candidate) -> tuple[bool, bool, bool, int, int]:
        about = candidate.best_for(asked)
        return (
            bool(candidate.region),
            asked.want in _OF_TWO and main not in candidate.abouts,
            about in phrases,
            len(about),
            -max((asked.about.index(stem) for stem in about), default=0),
        )

    return max(fitting, key=rank)


def _as_given(
    document: SourceDocument, groups: tuple[Group, ...]
) -> tuple[tuple[FoundTopic, ...], tuple[Group, ...]]:
    """The topics that the format itself names, under which it puts its lines."""
    sections = {line.number: line.section for line in document.lines}
    names = {topic.name for topic in document.topics}
    named = []
    for group in groups:
        here = [sections[line] for line in group.lines if sections[line] in names]
        named.append(replace(group, topic=here[0] if here else ""))
    topics = tuple(
        FoundTopic(
            name=topic.name,
            also_called=topic.also_called,
            lines=tuple(
                number for number, section in sections.items() if section == topic.name
            ),
            url=topic.url,
        )
        for topic in document.topics
    )
    return topics, tuple(named)
