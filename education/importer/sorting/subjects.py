"""What the questions of one document are about, seen together.

A document on kidney stones soon says "the stones", and "the symptoms" of nothing at
all. Only all its questions together tell what such a short form stands for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from education.importer.sorting.asking import Asked, spoken, stem_of, what_is_asked
from education.importer.sorting.names import names_in
from education.importer.sorting.one_name import OneName, one_names, under_one_name
from education.importer.sorting.phrases import NO_THING, is_verb_in
from education.importer.sorting.short_forms import short_forms_in, written_out
from education.importer.sources import SourceDocument

#: A short form stands for the long one that most of its uses are part of.
MOST_USES = 0.6
#: So many times more often alone than with a word before it, it stands for itself.
MOST_ALONE = 3
#: The subject of so many of the questions is that of a question that names none.
MAIN_SUBJECT = 0.3
SHORTEST_MISTYPED = 5
USES_OF_A_RIGHT_WORD = 3

#: Words that tell one illness from another, and never go without saying.
_TELLING = re.compile(
    r".*(?:al|ic|ive|ous|ary|ular|ed|ing|less|\d)|high|low|acute|severe|mild|type|"
    r"stage|early|late|left|right|upper|lower|lone|rare|old|older|young|adult|child|"
    r"children|baby|women|men|night|first|second|good|bad|best|fast|without"
)
#: Words that add nothing to the name of an illness in front of them.
_KIND_OF_NAME = frozenset(stem_of(word) for word in ("disease", "syndrome"))
_PARTS_OF_THE_BODY = """
    heart kidney liver lung brain eye skin bone blood gum thyroid muscle joint artery
    vein nerve gallbladder bladder stomach bowel colon gut back chest spine valve
    valvular vascular prostate mental sleep
"""
_ORGANS = frozenset(stem_of(word) for word in _PARTS_OF_THE_BODY.split())
_IT = frozenset({stem_of("disease"), stem_of("problem"), stem_of("this")})
_BROUGHT = frozenset(stem_of(word) for word in ("pain", "ache", "discomfort", "rash"))
_OF_WHAT_IT_BRINGS = frozenset(
    {"what it is like", "relief", "treatment", "where", "home remedies", "medicine"}
    | {"what it looks like", "how long", "over-the-counter medicine", "what to take"}
)
#: Wants in which it matters which word came first.
_DIRECTED = frozenset({"can it cause"})
_TURNS_ROUND = re.compile(
    r"\b(?:causes?|leads? to|triggers?|before|after|(?:symptom|sign|cause) of|"
    r"affects?|(?:turns?|develops?) into|becomes?|(?:worse|better) than|makes?)\b"
)


@dataclass(frozen=True)
class Subjects:
    """How the questions of a document are to be read, each in the light of all.

    `mistyped` leads from a slip of the pen to the word, `longer` from a short form to
    the word that goes without saying, `short_forms` from "IBS" to what it stands for.
    `main` is what the document is mostly about, `main_name` how that is written.
    `names` are words that it always writes with a capital, `one_names` other names of
    what it asks about.
    """

    language: str
    short_forms: dict[str, str]
    mistyped: dict[str, str]
    longer: dict[str, str]
    main: tuple[str, ...]
    main_name: str = ""
    names: frozenset[str] = frozenset()
    one_names: OneName = ()

    def asked(self, question: str, section: str = "") -> Asked:
        """What a question of this document asks."""
        asked = self._read(question)
        if self._names_nothing(asked):
            about = self._read(section).about if section else ()
            return replace(asked, about=about or self.main)
        return asked

    def whole(self, about: Iterable[str]) -> tuple[str, ...]:
        """These stems, and those that go without saying beside them."""
        return _completed(about, self.longer)

    def _read(self, question: str) -> Asked:
        whole = written_out(question, self.short_forms)
        asked = what_is_asked(under_one_name(whole, self.one_names), self.language)
        about = [self.mistyped.get(stem, stem) for stem in asked.about]
        asked = replace(asked, about=_completed(about, self.longer))
        return self._without_what_it_brings(asked)

    def _without_what_it_brings(self, asked: Asked) -> Asked:
        """Of an illness, its pain and its attacks are asked about as the illness is."""
        left = [n for n, stem in enumerate(asked.about) if stem not in _BROUGHT]
        stems = tuple(asked.about[n] for n in left)
        if (
            asked.want not in _OF_WHAT_IT_BRINGS
            or not stems
            or set(stems) != set(self.main)
        ):
            return asked
        words = tuple(asked.words[n] for n in left if n < len(asked.words))
        return replace(asked, words=words, about=stems)

    def _names_nothing(self, asked: Asked) -> bool:
        named = set(asked.about) - _IT
        return not named and (asked.want != "causes" or not asked.about)


def key_of(asked: Asked) -> str:
    """What is asked, in a line that is the same for every wording of it."""
    about = dict.fromkeys(asked.about)
    is_directed = asked.want in _DIRECTED or _TURNS_ROUND.search(asked.text)
    ordered = _in_order(asked) if is_directed else sorted(about)
    return f"{asked.want}: {' '.join(ordered)}"


def _in_order(asked: Asked) -> list[str]:
    """What comes before the cause or the "after", and what behind, each sorted."""
    turn = _TURNS_ROUND.search(asked.text)
    if not turn:
        return list(dict.fromkeys(asked.about))
    before = {stem_of(word) for word in asked.text[: turn.start()].split()}
    stems = dict.fromkeys(asked.about)
    first = sorted(stem for stem in stems if stem in before)
    then = sorted(stem for stem in stems if stem not in before)
    return [*first, ">", *then] if first and then else sorted(stems)


def subjects_of(document: SourceDocument, questions: Iterable[str]) -> Subjects:
    """How to read these questions of a document."""
    short_forms = short_forms_in(document)
    written = [written_out(each, short_forms) for each in dict.fromkeys(questions)]
    asked = [what_is_asked(each, document.language) for each in written]
    names = one_names(document, asked)
    if names:
        written = [under_one_name(each, names) for each in written]
        asked = [what_is_asked(each, document.language) for each in written]
    mistyped = _mistyped(asked, document)
    for_sure = [
        replace(one, about=tuple(mistyped.get(stem, stem) for stem in one.about))
        for one in asked
    ]
    longer = _longer(for_sure) if document.language == "en" else {}
    abouts = Counter(
        tuple(sorted(set(_completed(one.about, longer)))) for one in for_sure
    )
    abouts.pop((), None)
    most = min(abouts, key=lambda about: (-abouts[about], about), default=())
    named = sum(count for about, count in abouts.items() if set(most) <= set(about))
    is_main = abouts[most] > 1 and named >= MAIN_SUBJECT * len(for_sure)
    return Subjects(
        language=document.language,
        short_forms=short_forms,
        mistyped=mistyped,
        longer=longer,
        main=most if is_main else (),
        main_name=_written(most, for_sure) if is_main else "",
        names=names_in(document),
        one_names=names,
    )


def _written(about: tuple[str, ...], asked: list[Asked]) -> str:
    """How the questions write what they are about, to name it in another question."""
    forms = Counter(
        " ".join(one.words) for one in asked if set(one.about) == set(about)
    )
    # Where there is a plural, a question without an article needs it.
    return min(
        forms,
        key=lambda form: (not form.endswith("s"), -forms[form], form),
        default="",
    )


def _completed(about: Iterable[str], longer: dict[str, str]) -> tuple[str, ...]:
    whole = list(about)
    # What is added may have more that goes without saying: it is looked at, too.
    for stem in whole:
        if stem in longer and longer[stem] not in whole:
            whole.append(longer[stem])
    return tuple(whole)


def _mistyped(asked: list[Asked], document: SourceDocument) -> dict[str, str]:
    """Words of one question alone that are one slip away from a word of many."""
    uses = Counter(stem for one in asked for stem in set(one.about))
    often = sorted(
        stem
        for stem, count in uses.items()
        if count >= USES_OF_A_RIGHT_WORD and len(stem) >= SHORTEST_MISTYPED - 1
    )
    rare = [
        stem
        for stem, count in uses.items()
        if count == 1 and len(stem) >= SHORTEST_MISTYPED - 1 and stem.isalpha()
    ]
    slips = {}
    for stem in rare:
        near = [word for word in often if word[0] == stem[0]]
        near = [word for word in near if OSA.distance(stem, word, score_cutoff=1) <= 1]
        if len(near) == 1:
            slips[stem] = near[0]
    if not slips:
        return {}
    text = Counter(
        stem_of(word) for line in document.lines for word in spoken(line.text).split()
    )
    # A word that the answers use, too, was meant.
    return {slip: word for slip, word in slips.items() if text[slip] <= 1}


def _longer(asked: list[Asked]) -> dict[str, str]:
    before: dict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    without: Counter[str] = Counter()
    for one in asked:
        pairs = tuple(_side_by_side(one))
        for left, right in pairs:
            before[right][left] += 1
            after[left][right] += 1
        without.update(set(one.about) - {right for _, right in pairs})
    longer = {}
    for head, modifiers in before.items():
        (best, count), *others = modifiers.most_common(2)
        next_best = others[0][1] if others else 0
        if (
            head not in _KIND_OF_NAME
            and count >= 2
            and count * MOST_ALONE >= without[head]
            and count >= MOST_USES * modifiers.total()
            and next_best * 3 <= count
            and not _TELLING.fullmatch(best)
            and not _TELLING.fullmatch(head)
            and not _are_told_apart(best, head, asked)
        ):
            longer[head] = best
    _add_kinds(longer, after, asked)
    # What goes without saying is never itself a short form.
    return {
        short: word
        for short, word in longer.items()
        if longer.get(word) != short and short not in _KIND_OF_NAME
    }


def _add_kinds(
    longer: dict[str, str], after: dict[str, Counter[str]], asked: list[Asked]
) -> None:
    """A syndrome that is left out as often as not goes without saying."""
    alone = Counter(stem for one in asked for stem in _at_an_end(one))
    for name, heads in after.items():
        for head in _KIND_OF_NAME:
            is_most = heads.most_common(1)[0][0] == head
            if (
                heads[head] >= 2
                and name not in _ORGANS
                and (is_most or alone[name] >= 2)
            ):
                # "Tunnel" stands for "carpal tunnel", and that for the syndrome.
                longer.setdefault(longer.get(name, name), head)


def _side_by_side(asked: Asked) -> Iterable[tuple[str, str]]:
    text = f" {asked.text} "
    for number, (left, right) in enumerate(
        zip(asked.words, asked.words[1:], strict=False)
    ):
        if (
            number + 1 < len(asked.about)
            and f" {left} {right} " in text
            and not is_verb_in(left, text)
            and NO_THING.isdisjoint(asked.about[number : number + 2])
        ):
            yield asked.about[number], asked.about[number + 1]


def _at_an_end(asked: Asked) -> Iterable[str]:
    """The last stems of what stands together: nothing of the name comes after them."""
    going_on = {left for left, _ in _side_by_side(asked)}
    return (stem for stem in asked.about if stem not in going_on)


def _are_told_apart(modifier: str, head: str, asked: list[Asked]) -> bool:
    """Whether a question sets the long form against the short one."""
    return any(
        one.want == "difference"
        and one.about.count(head) > 1
        and one.about.count(modifier) < one.about.count(head)
        for one in asked
    )
