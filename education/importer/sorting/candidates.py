"""Phrases that may be the name of a topic."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from education.importer.sorting.asking import Asked, stem_of
from education.importer.sorting.known import own_list
from education.importer.sorting.other_names import stems_of
from education.importer.sorting.phrases import Phrase, phrases_of, placed
from education.importer.sorting.subjects import Subjects

#: A question that wants one of these may name anything in passing.
_PASSING = frozenset(
    {"", "whether", "which", "how", "when", "who", "where", "how many", "difference"}
    | {"can it cause", "does it help", "emergency", "when to worry", "what happens"}
    | {"food and drink", "how to know", "danger", "same", "deadly", "which is best"}
)
#: What an illness or a medicine does elsewhere is not felt there by itself.
_NOT_FELT = frozenset({"can it cause", "causes", "does it help", "side effects"})
#: Words that make no other topic of the name of an illness beside them.
_ON_AN_ILLNESS = """
    pain itching rash symptoms medicine treatment surgery risk party relief prevention
    cause test disease syndrome doctor problem food water
"""
_OF_AN_ILLNESS = frozenset(stem_of(word) for word in _ON_AN_ILLNESS.split())


@dataclass
class Candidate:
    """A topic in the making: `abouts` are the stems of its names, `forms` the names.

    `region` is the part of the body where a topic is felt that is about one place.
    """

    abouts: list[frozenset[str]]
    region: str = ""
    forms: Counter[str] = field(default_factory=Counter)
    wants: set[str] = field(default_factory=set)

    def rank(self, form: str) -> tuple[bool, int, bool, int, str]:
        """The fullest, most usual and plural way to write it comes first."""
        own = self.abouts and stems_of(form) == self.abouts[0]
        in_place = self.region and not form.startswith(self.region)
        return (
            not own if not self.region else bool(in_place),
            -min(2, len(form.split())),
            not form.endswith("s"),
            -self.forms[form],
            form,
        )

    def is_called(self, name: str, subjects: Subjects) -> bool:
        """Whether this is a name of it, but for words that go without saying."""
        stems = stems_of(name)
        unsaid = set(subjects.longer.values())
        return any(about <= stems and stems - about <= unsaid for about in self.abouts)

    def fits(self, asked: Asked) -> bool:
        """Whether a question can be about this."""
        if self.region and (
            placed(asked.about)[0] != self.region or asked.want in _NOT_FELT
        ):
            return False
        return bool(self.best_for(asked))

    def best_for(self, asked: Asked) -> frozenset[str]:
        """That of its names of which the question says every word; the longest."""
        said = set(asked.about)
        return max(
            (one for one in self.abouts if one <= said), key=len, default=frozenset()
        )


def candidates_of(asked: list[Asked], subjects: Subjects) -> list[Candidate]:
    """Each phrase that has a question to itself, and what is felt in one place."""
    main = frozenset(subjects.main)
    classes = own_list().class_names
    found: dict[frozenset[str], Candidate] = {}
    read = [(one, _whole_phrases(one, subjects)) for one in asked]
    for one, phrases in read:
        is_alone = len(phrases) == 1 and one.want not in _PASSING
        for about, phrase in phrases.items():
            is_class = len(phrases) == 1 and " ".join(phrase.words) in classes
            if (
                about == main or is_alone or is_class or one.want == "same"
            ) and not _is_none(about, main):
                found.setdefault(about, Candidate([about])).wants.add(one.want)
    for about in list(found):
        region, felt = placed(about)
        if region and felt in found:
            del found[about]
    for _, phrases in read:
        for about, phrase in phrases.items():
            if about in found:
                found[about].forms[" ".join(phrase.words)] += 1
    places = _places(asked, list(found.values()))
    return [one for one in found.values() if one.forms] + places


def _whole_phrases(asked: Asked, subjects: Subjects) -> dict[frozenset[str], Phrase]:
    return {
        frozenset(subjects.whole(phrase.stems)): phrase for phrase in phrases_of(asked)
    }


def _is_none(about: frozenset[str], main: frozenset[str]) -> bool:
    """Whether a phrase is no topic: a medicine, or only more words on the illness."""
    if about == main:
        return False
    generics = own_list().by_generic
    return (
        any(stem in generics or stem.isdigit() for stem in about)
        or (main < about and bool((about - main) & _OF_AN_ILLNESS))
        or about <= _OF_AN_ILLNESS
    )


def _places(asked: list[Asked], felt: list[Candidate]) -> list[Candidate]:
    """What is felt in one place, whatever it is called: "leg cramps"."""
    places: dict[str, Candidate] = {}
    for one in asked:
        region, left = placed(one.about)
        heads = [about for each in felt for about in each.abouts if about <= left]
        heads = [one for one in heads if not any(one < other for other in heads)]
        if not region or not heads or one.want in _NOT_FELT:
            continue
        topic = places.setdefault(region, Candidate([], region=region))
        topic.forms[_placed_form(one, frozenset().union(*heads))] += 1
        topic.wants.add(one.want)
        topic.abouts += [head for head in heads if head not in topic.abouts]
    return list(places.values())


def _placed_form(asked: Asked, heads: frozenset[str]) -> str:
    pairs = list(zip(asked.words, asked.about, strict=False))
    place = next(word for word, stem in pairs if placed({stem, ""})[0])
    felt = [word for word, stem in pairs if stem in heads][-1].removesuffix("ing")
    return f"{place.removesuffix('s')} {felt if felt.endswith('s') else f'{felt}s'}"
