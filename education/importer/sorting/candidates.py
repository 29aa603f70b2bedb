"""Phrases that may be the name of a topic."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

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
#: "Can you tell ... from" asks of a danger, "what is the difference" of two illnesses.
_SETS_APART = re.compile(r"^what (?:is|are) (?:the )?differences?\b")
_FEELINGS = """
    cramp spasm pain itch rash twitching ache numbness swelling tingling sprain injury
    fracture stiffness sore
"""
_FELT = frozenset(stem_of(word) for word in _FEELINGS.split())
_KINDS = frozenset(stem_of(word) for word in ("types", "kinds", "groups", "causes"))
#: "Type 1" is part of a name, "types" are not.
_NUMBERED = frozenset({"type", "stage", "tipo"})
_NUMBERS = frozenset({"1", "one", "two", "three", "four"})
_ASKED_AGAIN = 2
_TWO = 2
#: So many questions on the surgery or the pain of an illness make it a topic.
_A_TOPIC_BY_ITSELF = 3
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
    found: dict[frozenset[str], Candidate] = {}
    read = [(one, _whole_phrases(one, subjects)) for one in asked]
    uses = Counter(about for _, phrases in read for about in phrases)
    for one, phrases in read:
        for about, phrase in phrases.items():
            is_own = about == main or _is_own(
                one, phrase, len(phrases), uses[about], main
            )
            if is_own and not _is_none(about, phrase, main, uses):
                found.setdefault(about, Candidate([about])).wants.add(one.want)
    for about in list(found):
        region, felt = placed(about)
        if region and felt in found:
            del found[about]
    for _, phrases in read:
        for about, phrase in phrases.items():
            if about in found:
                found[about].forms[" ".join(phrase.words)] += 1
    return [*found.values(), *_places(asked, list(found.values()))]


def _is_own(
    asked: Asked, phrase: Phrase, phrases: int, uses: int, main: frozenset[str]
) -> bool:
    """Whether a question is about this phrase, and names nothing else.

    What a question only sets beside something is asked about elsewhere, is kin to the
    illness ("kidney infection"), or is nothing that the document tells of.
    """
    if _is_class(phrase.about):
        return phrases == 1 or uses >= _ASKED_AGAIN
    if asked.want == "same":
        return True
    if _SETS_APART.search(asked.text):
        is_kin = uses >= _ASKED_AGAIN or not main.isdisjoint(phrase.about)
        return phrases == _TWO and is_kin
    return phrases == 1 and asked.want not in _PASSING


def _is_class(about: frozenset[str]) -> bool:
    return about in _classes()


@cache
def _classes() -> frozenset[frozenset[str]]:
    return frozenset(stems_of(name) for name in own_list().class_names)


def _whole_phrases(asked: Asked, subjects: Subjects) -> dict[frozenset[str], Phrase]:
    return {
        frozenset(subjects.whole(phrase.stems)): phrase
        for phrase in phrases_of(asked, frozenset(subjects.main))
    }


def _is_none(
    about: frozenset[str],
    phrase: Phrase,
    main: frozenset[str],
    uses: Counter[frozenset[str]],
) -> bool:
    """Whether a phrase is no topic: a medicine, or only more words on the illness."""
    is_numbered = not _NUMBERED.isdisjoint(phrase.words)
    if any(
        word in _medicine_words() or (word.isdigit() and not is_numbered)
        for word in phrase.words
    ):
        return True
    if about == main or (is_numbered and about & _NUMBERS):
        return about != main and about <= _NUMBERS | _NUMBERED
    # "Blood pressure level" says more on high blood pressure; "kidney infection" is
    # another thing than kidney stones.
    is_near = main < about or len(about & main) > 1
    more = about - main if is_near and main else frozenset()
    # "Exercise-induced asthma" is a kind of asthma; what follows a name may be
    # anything, unless it is asked about again.
    is_said_once = phrase.stems[-1] not in main and uses[about] < 2
    is_more_on_it = main < about and bool(more & _OF_AN_ILLNESS)
    is_of_it = is_more_on_it and uses[about] < _A_TOPIC_BY_ITSELF
    return (
        about < main
        or (bool(more) and (is_of_it or is_said_once))
        or about <= _OF_AN_ILLNESS
        or bool(about & _KINDS)
    )


@cache
def _medicine_words() -> frozenset[str]:
    names = {*own_list().by_generic, *own_list().by_brand, *own_list().holding}
    return frozenset(name.casefold() for name in names)


def _places(asked: list[Asked], felt: list[Candidate]) -> list[Candidate]:
    """What is felt in one place, whatever it is called: "leg cramps"."""
    places: dict[str, Candidate] = {}
    for one in asked:
        region, left = placed(one.about)
        heads = [about for each in felt for about in each.abouts if about <= left]
        heads = [one for one in heads if not any(one < other for other in heads)]
        form = _placed_form(one, frozenset().union(*heads)) if region else ""
        if not form or not heads or one.want in _NOT_FELT:
            continue
        topic = places.setdefault(region, Candidate([], region=region))
        topic.forms[form] += 1
        topic.wants.add(one.want)
        topic.abouts += [head for head in heads if head not in topic.abouts]
    return list(places.values())


def _placed_form(asked: Asked, heads: frozenset[str]) -> str:
    """ "leg cramps", from "cramps in my leg"; "" where the leg is not where it is."""
    pairs = list(zip(asked.words, asked.about, strict=False))
    place = next((word for word, stem in pairs if placed({stem, ""})[0]), "")
    felt = next((word for word, stem in pairs if stem in heads & _FELT), "")
    if (
        not felt
        or not place
        or not re.search(
            rf"{felt} {place}|{place} (?:\w+ )?{felt}|"
            rf"{felt} (?:in|on|of) (?:\w+ )?{place}",
            asked.text,
        )
    ):
        return ""
    felt = felt.removesuffix("ing")
    return f"{place.removesuffix('s')} {felt if felt.endswith('s') else f'{felt}s'}"
