"""Finds wordings in texts, in time that grows with the text alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from education.importer.flagging.texts import Span, Text, Vocabulary, atoms_of
from education.wordings import Atom, Choice, Place, Wording

#: So many other words may stand where a wording has three dots.
MOST_BETWEEN = 8
#: So many times in one sentence each part of a wording is looked at.
MOST_TIMES = 50

Found = dict[Wording, list[Span]]


class Matcher:
    """Many wordings of one language, ready to be found.

    `lists` are the word lists to which wordings refer, by name: each entry is a
    wording that names no other list. `reaching` are the wordings of which a part may
    stand in the question.
    """

    def __init__(
        self,
        language: str,
        wordings: Iterable[Wording],
        lists: Mapping[str, tuple[Wording, ...]],
        reaching: Iterable[Wording] = (),
    ) -> None:
        self._wordings = _Index(wordings)
        self._reaching = frozenset(one for one in reaching if len(one.parts) > 1)
        named = {Atom("list", name): entries for name, entries in lists.items()}
        self._plain = _by_first_atom(named)
        self._loose: dict[Wording, list[Atom]] = defaultdict(list)
        for name, entries in named.items():
            for entry in entries:
                if not entry.is_plain:
                    self._loose[entry].append(name)
        self._entries = _Index(self._loose)
        every = (entry for rows in lists.values() for entry in rows)
        atoms = {
            atom for one in (*self._wordings.all, *every) for atom in atoms_of(one)
        }
        self.vocabulary = Vocabulary(language, (a for a in atoms if a.how != "list"))

    def read(self, written: str) -> Text:
        """A text, ready for `found`."""
        text = Text(written, self.vocabulary)
        listed: dict[Atom, set[Span]] = defaultdict(set)
        there = set(text.spans)
        for first in there & self._plain.keys():
            for name, choice, atoms in self._plain[first]:
                if atoms <= there:
                    listed[name].update(_spans_of_choice(choice, text))
        for entry in self._entries.complete_in(self._entries.filled(text)):
            for span in _spans_of_wording(entry, text):
                for name in self._loose[entry]:
                    listed[name].add(span)
        for name, spans in listed.items():
            if spans:
                text.spans[name] = sorted(spans)
        text.filled = self._wordings.filled(text)
        return text

    def found(self, text: Text) -> Found:
        """The wordings that the text holds, and where."""
        return _held(self._wordings.complete_in(text.filled), text)

    def reached(self, text: Text, asked: Text) -> Found:
        """The wordings of which the text holds a part, and the question the others."""
        parted = self._wordings.parted_in(text.filled, asked.filled)
        return _held((one for one in parted if one in self._reaching), text, asked)


def _held(wordings: Iterable[Wording], text: Text, asked: Text | None = None) -> Found:
    held = {}
    for one in wordings:
        if spans := sorted(set(_spans_of_wording(one, text, asked))):
            held[one] = spans
    return held


class _Index:
    """Tells quickly which wordings a text may hold."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self.all = tuple(dict.fromkeys(wordings))
        #: For each atom that may begin a place: the wordings and their places as bits.
        self._places: dict[Atom, list[tuple[int, int]]] = defaultdict(list)
        #: For each wording the bits of all its places, and those of each part.
        self._complete: list[int] = []
        self._parts: list[tuple[int, ...]] = []
        for number, one in enumerate(self.all):
            bit, parts = 1, []
            for part in one.parts:
                bits = 0
                for place in part:
                    for first in {choice[0] for choice in place.choices}:
                        self._places[first].append((number, bit))
                    bits, bit = bits | bit, bit << 1
                parts.append(bits)
            self._complete.append(bit - 1)
            self._parts.append(tuple(parts))

    def filled(self, text: Text) -> dict[int, int]:
        """For each wording the places of which a word is there, as bits."""
        filled: dict[int, int] = defaultdict(int)
        for atom in text.spans.keys() & self._places.keys():
            for number, bit in self._places[atom]:
                filled[number] |= bit
        return filled

    def complete_in(self, filled: dict[int, int]) -> Iterator[Wording]:
        """The wordings for each place of which a word is there."""
        for number, bits in filled.items():
            if bits == self._complete[number]:
                yield self.all[number]

    def parted_in(
        self, filled: dict[int, int], besides: dict[int, int]
    ) -> Iterator[Wording]:
        """The wordings of which some parts are in one text, the others in another."""
        for number, bits in filled.items():
            there = besides.get(number, 0)
            wanted = self._complete[number]
            if there and bits != wanted and bits | there == wanted:
                parts = self._parts[number]
                if all(part in (bits & part, there & part) for part in parts):
                    yield self.all[number]


def _by_first_atom(
    lists: Mapping[Atom, Iterable[Wording]],
) -> dict[Atom, list[tuple[Atom, Choice, frozenset[Atom]]]]:
    """The plain entries as choices, each a row of atoms, by their first atom.

    The atoms as a set tell at once whether a text can hold the row.
    """
    by_first: dict[Atom, set[tuple[Atom, Choice]]] = defaultdict(set)
    for name, entries in lists.items():
        for entry in entries:
            rows: list[Choice] = [()]
            for place in entry.places if entry.is_plain else ():
                rows = [(*row, *one) for row in rows for one in place.choices]
            for row in filter(None, rows):
                by_first[row[0]].add((name, row))
    return {
        first: [(name, row, frozenset(row)) for name, row in sorted(rows)]
        for first, rows in by_first.items()
    }


def _spans_of_wording(
    wording: Wording, text: Text, asked: Text | None = None
) -> Iterator[Span]:
    """Spans of one sentence each, from the first to the last of the words found."""
    by_sentence: list[dict[int, list[Span]]] = []
    free: list[bool] = []
    for part in wording.parts:
        spans: dict[int, list[Span]] = defaultdict(list)
        for span in _spans_of_part(part, text):
            spans[text.tokens[span[0]].sentence].append(span)
        by_sentence.append(spans)
        several = len(wording.parts) > 1
        free.append(bool(asked and several and _spans_of_part(part, asked)))
    for sentence in sorted({number for spans in by_sentence for number in spans}):
        rows = [spans.get(sentence, [])[:MOST_TIMES] for spans in by_sentence]
        if all(row or beside for row, beside in zip(rows, free, strict=True)):
            yield from _joined([row for row in rows if row])


def _joined(rows: list[list[Span]]) -> Iterator[Span]:
    """Each span of the first row with the nearest one of every other row."""
    first, *others = rows
    for span in first:
        nearest = [_nearest(span, row) for row in others]
        found = [span, *(one for one in nearest if one)]
        if len(found) == len(rows):
            yield min(s[0] for s in found), max(s[1] for s in found)


def _nearest(span: Span, others: list[Span]) -> Span | None:
    """The nearest of the others that shares no word with the span.

    One may stand between the words of the other: "throw the tablets away".
    """
    apart = [
        one
        for one in others
        if one[1] <= span[0]
        or one[0] >= span[1]
        or span[0] < one[0] <= one[1] < span[1]
        or one[0] < span[0] <= span[1] < one[1]
    ]
    return min(
        apart, key=lambda one: max(one[0] - span[1], span[0] - one[1]), default=None
    )


def _spans_of_part(part: tuple[Place, ...], text: Text) -> list[Span]:
    spans = _spans_of_place(part[0], text)
    for place in part[1:]:
        nexts = _spans_of_place(place, text)
        most = MOST_BETWEEN if place.after_gap else 0
        spans = _followed(spans, nexts, text, most)
        if not spans:
            break
    return spans


def _spans_of_place(place: Place, text: Text) -> list[Span]:
    there = text.spans
    return [
        span
        for choice in place.choices
        if choice[0] in there
        for span in _spans_of_choice(choice, text)
    ]


def _spans_of_choice(choice: Choice, text: Text) -> list[Span]:
    spans = text.spans.get(choice[0], [])
    for atom in choice[1:]:
        if not spans:
            break
        spans = _followed(spans, text.spans.get(atom, []), text, 0)
    return spans


def _followed(
    spans: list[Span], nexts: list[Span], text: Text, most_between: int
) -> list[Span]:
    """The spans after which one of the next ones stands in the same sentence.

    Of spans that end at one place only the shortest is kept: their number stays
    within that of the words.
    """
    if not spans or not nexts:
        return []
    begins: dict[int, int] = {}
    for begin, end in spans:
        begins[end] = max(begin, begins.get(end, -1))
    found: dict[int, int] = {}
    by_start: dict[int, list[int]] = defaultdict(list)
    for first, last in nexts:
        by_start[first].append(last)
    for end, begin in begins.items():
        between, place = 0, end
        while place < len(text.tokens) and text.is_one_sentence(end - 1, place + 1):
            for last in by_start.get(place, ()):
                found[last] = max(begin, found.get(last, -1))
            between += not text.free[place]
            if between > most_between:
                break
            place += 1
    return sorted((begin, last) for last, begin in found.items())
