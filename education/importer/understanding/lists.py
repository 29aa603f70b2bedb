"""Finds the lists in an answer that a copy ran together, and splits them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from education.import_vocabulary import Damage
from education.importer.understanding.spans import (
    ITEM,
    LOWER,
    UPPER,
    Span,
    glued_at,
    sentences,
    tidy,
)

#: Items of a list are short; longer ones are sentences without a space between them.
MOST_WORDS_OF_AN_ITEM = 22
#: Without words that lead in to it, a list is known by items as short as this.
MOST_WORDS_OF_A_BARE_ITEM = 6
LONGEST_LABEL = 45

_GLUE = re.compile(rf"(?<=[{LOWER}0-9)%\]])[.](?={ITEM})|\s{{0,3}}[•·▪●‣]\s{{0,3}}")
_NUMBER = re.compile(r"(?<![\w.,])\(?(\d{1,2})[.)]\s{1,3}(?=[^\W\d_])")
_LABEL = re.compile(
    rf"(?:[{UPPER}][\w'’/()-]*)(?: [\w'’/()-]+){{0,5}}\s?(?::|\s[–—-])\s"
)
_LEAD = re.compile(
    r"\b(?:includ(?:es?|ed|ing)|such as|are|is|incluyen?|incluyendo|son|como)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """A paragraph of an answer, or the items of a list in it.

    `damage` says how the list was damaged, if it was.
    """

    start: int
    end: int
    paragraph: str = ""
    items: tuple[str, ...] = ()
    damage: Damage | None = None
    is_numbered: bool = False


def parts(text: str) -> list[Part]:
    """An answer as paragraphs and lists, in order. `text` may begin with spaces."""
    for split in (_run_together, _numbered, _fragments, _labelled, _semicolons):
        if found := split(text):
            return [part for part in found if part.paragraph or part.items]
    said = tidy(text)
    return [Part(0, len(text), said)] if said else []


def _pieces(text: str, cuts: list[tuple[int, int]]) -> list[Span]:
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [
        Span(start, end)
        for start, end in zip(starts, ends, strict=True)
        if text[start:end].strip(" .•")
    ]


def _run_together(text: str) -> list[Part] | None:
    cuts = [match.span() for match in _GLUE.finditer(text)]
    cuts = sorted(cuts + [(at, at) for at in glued_at(text)])
    if not cuts:
        return None
    found = _pieces(text, cuts)
    if len(found) < 2 or (len(found) == 2 and len(sentences(found[-1].of(text))) > 1):
        return None
    long = sum(len(span.of(text).split()) > MOST_WORDS_OF_AN_ITEM for span in found)
    if long * 2 > len(found) or (len(found) == 2 and long):
        return None
    before, first = _last_sentence(text, found[0])
    item, after = _first_sentence(text, found[-1])
    spans = [first, *found[1:-1], item]
    items = tuple(made for span in spans if (made := _item(span.of(text))))
    damage = Damage.GARBLED if _is_garbled(items) else Damage.RUN_TOGETHER
    return [
        Part(before.start, before.end, before.of(text)),
        Part(first.start, item.end, "", items, damage),
        *_rest(text, after),
    ]


def _last_sentence(text: str, span: Span) -> tuple[Span, Span]:
    """What stands before a list, and its first item."""
    said = text[span.start : span.end]
    colon = said.rfind(": ") + 1
    inside = sentences(said)
    at = inside[-1].start if len(inside) > 1 else 0
    cut = span.start + max(at, colon)
    return Span(span.start, cut), Span(cut, span.end)


def _first_sentence(text: str, span: Span) -> tuple[Span, Span]:
    """The last item of a list, and what stands after the list."""
    inside = sentences(text[span.start : span.end])
    if len(inside) < 2:
        return span, Span(span.end, span.end)
    cut = span.start + inside[0].end
    return Span(span.start, cut), Span(cut, span.end)


def _rest(text: str, span: Span) -> list[Part]:
    said = span.of(text)
    return [Part(span.start, span.end, said)] if said else []


def _item(text: str) -> str:
    bare = text.strip(" •·▪●‣;,")
    return bare[:-1].rstrip() if bare.endswith(".") and bare[-3:] != "etc" else bare


def _is_garbled(items: tuple[str, ...]) -> bool:
    """Whether most items end in the same words: two columns were read as one."""
    if len(items) < 3:
        return False
    ends = Counter(" ".join(item.lower().split()[-2:]) for item in items)
    (end, times) = ends.most_common(1)[0]
    return " " in end and times * 3 >= len(items) * 2


def _numbered(text: str) -> list[Part] | None:
    """ "1. Rest 2. Ice": numbers that count from one."""
    marks: list[re.Match[str]] = []
    for match in _NUMBER.finditer(text):
        begins = marks or text[: match.start()].rstrip()[-1:] in ("", *":.!?;")
        if begins and int(match.group(1)) == len(marks) + 1:
            marks.append(match)
    if len(marks) < 2:
        return None
    found = _pieces(text, [match.span() for match in marks])
    lead = found.pop(0) if found[0].end <= marks[0].start() else None
    items = tuple(_item(span.of(text)) for span in found)
    made = [Part(found[0].start, found[-1].end, "", items, is_numbered=True)]
    return [*_rest(text, lead), *made] if lead else made


def _fragments(text: str) -> list[Part] | None:
    """ "hands. arms. thighs.": a list whose items became sentences that start small."""
    spans = sentences(text)
    weak = [index for index, span in enumerate(spans) if span.is_weak]
    starts_small = bool(spans) and text[spans[0].start].islower()
    if len(weak) < (1 if starts_small else 2):
        return None
    first, last = max(weak[0] - 1, 0), weak[-1]
    lead, start = None, spans[first]
    colon = text.find(":", start.start, start.end)
    if colon >= 0:
        lead = Span(spans[0].start, colon + 1)
        start = Span(colon + 1, start.end)
    elif first:
        lead = Span(spans[0].start, spans[first - 1].end)
    elif not starts_small and (leads := _LEAD.search(text, start.start, start.end)):
        lead, start = Span(start.start, leads.end()), Span(leads.end(), start.end)
    listed = [start, *spans[first + 1 : last + 1]]
    items = tuple(made for span in listed if (made := _item(span.of(text))))
    made = [Part(listed[0].start, listed[-1].end, "", items, Damage.FRAGMENTS)]
    after = Span(listed[-1].end, len(text))
    return [*(_rest(text, lead) if lead else []), *made, *_rest(text, after)]


def _labelled(text: str) -> list[Part] | None:
    """ "Mild: sentence. Severe: sentence.": each item begins with what it is about."""
    spans = sentences(text)
    if not spans:
        return None
    starts = [at for span in spans if (at := _label_at(text, span)) is not None]
    lead = None
    colon = text.find(": ", spans[0].start, spans[0].end)
    if colon >= 0 and _LABEL.match(text[colon + 2 : colon + 2 + LONGEST_LABEL + 10]):
        lead = Span(spans[0].start, colon + 1)
        starts = [colon + 2, *(at for at in starts if at > colon)]
    if len(starts) < 2:
        return None
    if lead is None and starts[0] > spans[0].start:
        lead = Span(spans[0].start, starts[0])
    ends = [*starts[1:], len(text)]
    listed = [Span(*pair) for pair in zip(starts, ends, strict=True)]
    items = tuple(tidy(text[span.start : span.end]) for span in listed)
    made = [Part(starts[0], len(text), "", items)]
    return [*_rest(text, lead), *made] if lead else made


def _label_at(text: str, span: Span) -> int | None:
    head = text[span.start : min(span.end, span.start + LONGEST_LABEL + 10)]
    found = _LABEL.match(head)
    return span.start if found and found.end() <= LONGEST_LABEL else None


def _semicolons(text: str) -> list[Part] | None:
    """ "Options include a; b; c.": at least three items in the first sentence."""
    spans = sentences(text)
    if not spans or text.count(";", spans[0].start, spans[0].end) < 2:
        return None
    span = spans[0]
    colon = text.find(":", span.start, text.find(";", span.start))
    leads = _LEAD.search(text, span.start, text.find(";", span.start))
    at = colon + 1 if colon >= 0 else leads.end() if leads else None
    if at is None:
        pieces = text[span.start : span.end].split(";")
        if any(len(said.split()) > MOST_WORDS_OF_A_BARE_ITEM for said in pieces):
            return None
        at = span.start
    items = tuple(
        re.sub(r"^(?:and|or|y|o) ", "", made)
        for said in text[at : span.end].split(";")
        if (made := _item(tidy(said)))
    )
    return [
        *_rest(text, Span(span.start, at)),
        Part(at, span.end, "", items),
        *_rest(text, Span(span.end, len(text))),
    ]
