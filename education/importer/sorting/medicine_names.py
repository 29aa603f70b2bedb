"""The names of medicines in one line of text.

Generic names are found in any case, brands only with their capitals: ordinary words
are named like brands. Names that nobody knows are found by where they stand, such as
before a known name in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from education.importer.sorting.known import Known

#: Ends of generic names, given by class (WHO, International Nonproprietary Names).
_STEMS = re.compile(
    r"[a-z]{3,}(?:"
    r"azepam|azolam|barbital|caine|cillin|conazole|coxib|cycline|dipine|dronate|"
    r"floxacin|gepant|gliflozin|gliptin|glutide|kinra|lukast|mycin|nidazole|olol|"
    r"oxetine|parin|prazole|profen|setron|statin|terol|thiazide|triptan|triptyline|"
    r"vaptan|vastatin|xaban|zolid|[lmn]i?mab|[tv]inib|pril|sartan|semide)"
)
#: Words with such an end that are no medicine.
_NOT_ONE = re.compile(r"(?:somato|folli|cysta|cysto|angio|endo|anti?)statin|april")

_NAME = r"[A-Z][A-Za-z0-9'’-]+(?: [A-Z][A-Za-z-]+)?"
_NAMES = rf"{_NAME}(?:(?:, or |, and |, | or | and |/){_NAME})*"
_BEFORE_BRACKETS = re.compile(rf"({_NAMES})[®™]? ?\(([^()]+)\)")
_IN_BRACKETS = re.compile(r"([A-Za-z][A-Za-z0-9 -]+?)[®™]? ?\(([^()]+)\)")
_SAYING = re.compile(r"brand|sold|available|marketed", re.IGNORECASE)
_ALL_SAID = re.compile(rf"[Bb]rand names? (?:is|are):? ?({_NAMES})")
_SAID = re.compile(
    rf"[Bb]rand names? (?:is|are|include|includes|such as|like|of)?:? ?({_NAMES})|"
    r"(?:sold|available|marketed) (?:under the (?:brand |trade )?names? |as )"
    rf"({_NAMES})|({_NAMES}) (?:is|are) (?:the |a )?brand names?"
)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_GLUED_BRACKET = re.compile(r"(?<=\))(?=[A-Z][a-z])")
#: Words that stand before a name, and with a capital where they start a sentence.
_LEADING = re.compile(
    r"(?:Give|Take|Use|Try|Ask|Buy|Get|Avoid|Stop|Start|Apply|Put|The|A|An|Some|Oral|"
    r"Generic|Brand|Prescription|Medicines?|Medications?|Drugs?|Of|For|With|Like|And|"
    r"Or|Only|Never|Do|Your|When|If|While|Both|Rub|Swallow|Drink) (?=[A-Z])"
)
#: What the body makes itself, too, is a medicine where it is taken or given.
_TAKEN = re.compile(
    r"\b(?:take|takes|taking|taken|give|given|inject\w*|shots?|pens?|tablets?|pills?|"
    r"doses?|supplements?|prescri\w+|over the counter|stop|stopping|dejar?|deje|"
    r"medicinas?|inyec\w+|tom[ae]\w*|receta)\b"
)
_PARTING = re.compile(r", or |, and |, | or | and |/|; ")
_GENERICALLY = re.compile(r"generic|brand|the |form|version|prescription|tablet", re.I)


@dataclass
class Named:
    """What one line names. `said` are brands that a sentence calls brands outright.

    `brands` leads from a brand to the generic names that it stands with.
    """

    generics: list[str] = field(default_factory=list)
    brands: dict[str, list[str]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def add_generic(self, name: str) -> None:
        if name not in self.generics:
            self.generics.append(name)

    def add_brand(self, name: str, generics: list[str]) -> None:
        standing_with = self.brands.setdefault(name, [])
        standing_with += [one for one in generics if one not in standing_with]


def named_in(text: str, known: Known) -> Named:
    """The generic names and the brands of a line, each once."""
    found = Named()
    apart = _apart(text, known)
    for generic in _generics_in(apart, known):
        found.add_generic(generic)
    for brand in _known_brands_in(text, apart, known):
        found.add_brand(brand, [])
    for brands, generics in _in_brackets(apart, known) if "(" in apart else ():
        for brand in brands:
            found.add_brand(brand, generics)
    for match in _SAID.finditer(text) if _SAYING.search(text) else ():
        names = _brand_names(next(group for group in match.groups() if group), known)
        for name in names:
            found.add_brand(name, found.generics if len(found.generics) == 1 else [])
    for match in _ALL_SAID.finditer(text) if _SAYING.search(text) else ():
        found.said.update(_brand_names(match[1], known))
    return found


def _apart(text: str, known: Known) -> str:
    """Names that were run together with the word before them ("SpasmsAspirin") apart.

    A brand that has a capital inside ("EpiPen") stays whole.
    """
    text = _GLUED_BRACKET.sub(" ", text)
    if not _GLUED.search(text):
        return text
    return re.sub(
        r"[\w-]+",
        lambda word: word[0] if known.is_brand(word[0]) else _GLUED.sub(" ", word[0]),
        text,
    )


def _generics_in(text: str, known: Known) -> Iterator[str]:
    lowered = text.casefold()
    for medicine in known.generics_in(lowered):
        if not medicine.if_taken or _TAKEN.search(lowered):
            yield medicine.generic
    for word in re.findall(r"\b[a-z]+\b", lowered):
        if (
            word not in known.by_generic
            and _STEMS.fullmatch(word)
            and not _NOT_ONE.fullmatch(word)
            and word not in known.class_names
        ):
            yield word


def _known_brands_in(text: str, apart: str, known: Known) -> Iterator[str]:
    yield from known.brands_in(text)
    if apart != text:
        yield from known.brands_in(apart)


def _in_brackets(text: str, known: Known) -> Iterator[tuple[list[str], list[str]]]:
    """Brands and the generic names beside them: "A (b)", "b (A, C)", "A (b and c)"."""
    for match in _BEFORE_BRACKETS.finditer(text):
        inside = [_as_generic(part, known) for part in _PARTING.split(match[2])]
        if inside and all(inside):
            yield _brand_names(match[1], known), [one for one in inside if one]
    for match in _IN_BRACKETS.finditer(text):
        generic = _as_generic(match[1].split()[-1], known) or _as_generic(
            " ".join(match[1].split()[-2:]), known
        )
        if generic:
            yield _brand_names(match[2], known), [generic]


def _brand_names(text: str, known: Known) -> list[str]:
    """Names of a list that can be brands: capitals, and no generic name or class."""
    names = []
    for part in _PARTING.split(
        re.sub(r"\b(?:e\.g\.|such as|brand names?:?) ?", "", text)
    ):
        name = part.strip(" ®™.,:;").removeprefix("or ").removeprefix("and ")
        name = _LEADING.sub("", name)
        if not known.is_brand(name) and known.is_brand(
            name.split()[-1] if name else ""
        ):
            name = name.split()[-1]
        if (
            re.fullmatch(_NAME, name)
            and not _as_generic(name, known)
            and name.casefold() not in known.class_names
            and not _GENERICALLY.match(name)
            and not name.isupper()
        ):
            names.append(name)
    return names


def _as_generic(text: str, known: Known) -> str:
    name = text.strip(" .,").casefold()
    if name in known.by_generic:
        return known.by_generic[name].generic
    if _STEMS.fullmatch(name) and not _NOT_ONE.fullmatch(name):
        return name
    return ""
