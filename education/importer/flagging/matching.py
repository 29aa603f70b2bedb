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
        self._reaching = _Index(one for one in reaching if len(one.parts) > 1)
        self._plain, self._loose = {}, {}
        for name, entries in lists.items():
            plain = [entry for entry in entries if entry.is_plain]
            self._plain[Atom("list", name)] = _by_first_atom(plain)
            for entry in set(entries) - set(plain):
                self._loose.setdefault(entry, []).append(Atom("list", name))
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
        for name, by_first in self._plain.items():
            for first in by_first.keys() & text.spans.keys():
                for choice in by_first[first]:
                    listed[name].update(_spans_of_choice(choice, text))
        for entry in self._entries.complete_in(text):
            for span in _spans_of_wording(entry, text):
                for name in self._loose[entry]:
                    listed[name].add(span)
        for name, spans in listed.items():
            if spans:
                text.spans[name] = sorted(spans)
        return text

    def found(self, text: Text) -> Found:
        """The wordings that the text holds, and where."""
        return _held(self._wordings.complete_in(text), text)

    def reached(self, text: Text, asked: Text) -> Found:
        """The wordings of which the text holds a part, and the question the others."""
        return _held(self._reaching.complete_in(text, asked), text, asked)


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

    def complete_in(self, text: Text, asked: Text | None = None) -> Iterator[Wording]:
        """The wordings for each place of which a word is there."""
        filled = self._filled(text)
        besides = self._filled(asked) if asked else {}
        for number, bits in filled.items():
            wanted = self._complete[number]
            if bits == wanted:
                yield self.all[number]
            elif len(self._parts[number]) > 1 and number in besides:
                there = besides[number]
                if all(
                    bits & part == part or there & part == part
                    for part in self._parts[number]
                ):
                    yield self.all[number]

    def _filled(self, text: Text) -> dict[int, int]:
        filled: dict[int, int] = defaultdict(int)
        for atom in text.spans:
            for number, bit in self._places.get(atom, ()):
                filled[number] |= bit
        return filled


def _by_first_atom(entries: tuple[Wording, ...]) -> dict[Atom, list[Choice]]:
    """The entries of a list as choices, each a row of atoms, by their first atom."""
    by_first: dict[Atom, list[Choice]] = defaultdict(list)
    for entry in entries:
        rows: list[Choice] = [()]
        for place in entry.places:
            rows = [(*row, *choice) for row in rows for choice in place.choices]
        for row in rows:
            by_first[row[0]].append(row)
    return by_first


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
    """The nearest of the others that shares no word with the span."""
    apart = [one for one in others if one[1] <= span[0] or one[0] >= span[1]]
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
    return [span for choice in place.choices for span in _spans_of_choice(choice, text)]


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
