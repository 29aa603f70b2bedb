"""Topics that are another name of a topic, or a kind of it, put under that topic."""

from __future__ import annotations

from collections import defaultdict

from education.importer.findings import Group
from education.importer.sorting.asking import Asked, spoken, stem_of
from education.importer.sorting.candidates import Candidate
from education.importer.sorting.known import own_list
from education.importer.sorting.other_names import stems_of

_KINDS = frozenset({"types", "classes"})
_OtherNames = dict[frozenset[str], set[frozenset[str]]]


def folded_together(
    candidates: list[Candidate],
    asked: list[Asked],
    groups: tuple[Group, ...],
    pairs: tuple[tuple[str, str], ...],
) -> list[Candidate]:
    """The topics that stay; the others are names of theirs now."""
    texts = _Texts(asked, groups)
    called = _called(pairs)
    staying = list(candidates)
    for candidate in sorted(candidates, key=lambda one: texts.count(one)):
        if candidate.region:
            continue
        others = [one for one in staying if one is not candidate and not one.region]
        wider = _wider(candidate, others, texts, called)
        if wider is not None:
            staying.remove(candidate)
            wider.abouts += candidate.abouts
            wider.wants |= candidate.wants - {"meaning"}
            for form in candidate.forms:
                wider.forms[form] += 0
    return staying


class _Texts:
    """What is asked and answered on each topic."""

    def __init__(self, asked: list[Asked], groups: tuple[Group, ...]) -> None:
        self.rows = list(zip(asked, groups, strict=True))
        self.by_stem: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(asked):
            for stem in dict.fromkeys(one.about):
                self.by_stem[stem].append(number)

    def on(self, topic: Candidate) -> list[tuple[Asked, Group]]:
        near = {
            number
            for about in topic.abouts
            for number in self.by_stem[min(about, key=self._uses)]
        }
        rows = (self.rows[number] for number in sorted(near))
        return [row for row in rows if topic.fits(row[0])]

    def _uses(self, stem: str) -> tuple[int, str]:
        return len(self.by_stem[stem]), stem

    def count(self, topic: Candidate) -> int:
        return len(self.on(topic))

    def stems(self, topic: Candidate, wants: frozenset[str] = frozenset()) -> list[str]:
        """The stems of the answers on a topic, to questions that want one of these."""
        return [
            stem_of(word)
            for asked, group in self.on(topic)
            if not wants or asked.want in wants
            for answer in group.answers
            for word in spoken(answer.text).split()
        ]


def _wider(
    topic: Candidate,
    others: list[Candidate],
    texts: _Texts,
    other_names: _OtherNames,
) -> Candidate | None:
    """The topic that this is only another name or a kind of."""
    own = texts.on(topic)
    if _is_class(topic):
        for other in others:
            kinds = set(texts.stems(other, _KINDS))
            if _is_class(other) and any(about <= kinds for about in topic.abouts):
                return other
    for other in others if len(own) == 1 and not _is_class(topic) else ():
        # "What types of Y are there?", and a topic that is one of these Y.
        if other.wants == {"types"} and any(
            mine > theirs for mine in topic.abouts for theirs in other.abouts
        ):
            return other
    if len(own) != 1 or own[0][0].want == "same":
        return None
    names = {name for about in topic.abouts for name in other_names.get(about, ())}
    called = [other for other in others if not names.isdisjoint(other.abouts)]
    if not called:
        return None
    said = texts.stems(topic)
    return max(
        called,
        key=lambda other: max(
            sum(said.count(stem) for stem in about) for about in other.abouts
        ),
        default=None,
    )


def _is_class(topic: Candidate) -> bool:
    return any(form in own_list().class_names for form in topic.forms)


def _called(pairs: tuple[tuple[str, str], ...]) -> _OtherNames:
    """To the stems of each name, those of the other names of the same thing."""
    found: _OtherNames = defaultdict(set)
    for pair in pairs:
        one, two = (stems_of(name) for name in pair)
        found[one].add(two)
        found[two].add(one)
    return found
