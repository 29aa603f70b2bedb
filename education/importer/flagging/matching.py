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


class Matcher:
    """Many wordings of one language, ready to be found.

    `lists` are the word lists to which wordings refer, by name: each entry is a
    wording of words that follow each other.
    """

    def __init__(
        self,
        language: str,
        wordings: Iterable[Wording],
        lists: Mapping[str, tuple[Wording, ...]],
    ) -> None:
        self.wordings = tuple(dict.fromkeys(wordings))
        self._lists = {
            Atom("list", name): _by_first_atom(entries)
            for name, entries in lists.items()
        }
        entries = (entry for rows in lists.values() for entry in rows)
        atoms = {atom for one in (*self.wordings, *entries) for atom in atoms_of(one)}
        self.vocabulary = Vocabulary(language, (a for a in atoms if a.how != "list"))
        #: For each atom that may begin a place: the wordings and their places as bits.
        self._places: dict[Atom, list[tuple[int, int]]] = defaultdict(list)
        self._complete: list[int] = []
        for number, one in enumerate(self.wordings):
            places = list(one.places)
            self._complete.append((1 << len(places)) - 1)
            for bit, place in enumerate(places):
                for first in {choice[0] for choice in place.choices}:
                    self._places[first].append((number, 1 << bit))

    def read(self, written: str) -> Text:
        """A text, ready for `found`."""
        text = Text(written, self.vocabulary)
        for name, by_first in self._lists.items():
            spans = [
                span
                for first in by_first.keys() & text.spans.keys()
                for choice in by_first[first]
                for span in _spans_of_choice(choice, text)
            ]
            if spans:
                text.spans[name] = sorted(set(spans))
        return text

    def found(self, text: Text) -> dict[Wording, list[Span]]:
        """The wordings that the text holds, and where."""
        filled: dict[int, int] = defaultdict(int)
        for atom in text.spans:
            for number, bit in self._places.get(atom, ()):
                filled[number] |= bit
        held = {}
        for number, bits in filled.items():
            if bits == self._complete[number]:
                one = self.wordings[number]
                if spans := sorted(set(_spans_of_wording(one, text))):
                    held[one] = spans
        return held


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


def _spans_of_wording(wording: Wording, text: Text) -> Iterator[Span]:
    """Spans of one sentence each, from the first to the last of the words found."""
    by_sentence: list[dict[int, list[Span]]] = []
    for part in wording.parts:
        spans: dict[int, list[Span]] = defaultdict(list)
        for span in _spans_of_part(part, text):
            spans[text.tokens[span[0]].sentence].append(span)
        by_sentence.append(spans)
    first, *others = by_sentence
    for sentence in first:
        rows = [spans.get(sentence, [])[:MOST_TIMES] for spans in others]
        if not all(rows):
            continue
        for span in first[sentence][:MOST_TIMES]:
            nearest = [_nearest(span, row) for row in rows]
            found = [span, *(one for one in nearest if one)]
            if len(found) == len(by_sentence):
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
