"""Whether what somebody types holds the words of a phrase; no database here."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from education.search.analysis import Analyser, folded_words
from education.search.emergency_phrases import Choice, Phrase
from education.search.spelling import is_real_word, is_slip, slips_allowed, sound

#: What is typed after so many words is not looked at.
MOST_WORDS = 60
LONGEST_TYPED = 400
#: So many other telling words may stand between those of a phrase, and more between
#: many: as many as the phrase has places.
FEWEST_OTHERS = 2
#: Above this it is a strength, such as "took 200 ibuprofen".
MOST_PILLS = 199

_ENGLISH = """
he she him her his hers us very really so too just right now all even barely hardly
properly suddenly also still bad badly please help think feel feels feeling keeps kept
keep get gets got getting pretty super extremely little bit kind like mom dad i
"""
_SPANISH = """
muy mucho mucha bien ahora ya se nos le les te siento creo ayuda todo
"""
#: Words between those of a phrase that do not part them, beside the little words.
_BETWEEN = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
_UNIT_NAMES = """
mg mcg g gram grams milligram milligrams ml iu percent hour hours hr hrs minute minutes
min mins day days week weeks month months year years yr yrs am pm times time
hora horas dia dias semana semanas mes meses ano anos veces
"""
_UNITS = frozenset(_UNIT_NAMES.split())

Span = tuple[int, int]
#: The choices of one place of a phrase, by their first word.
Slot = dict[str, list[Choice]]


class Typed:
    """The words that somebody typed, and where each word of the phrases occurs."""

    def __init__(self, words: list[str], free: list[bool]) -> None:
        self.words = words
        self.free = free
        self.spans: dict[str, list[Span]] = {}

    def add(self, word: str, span: Span) -> None:
        self.spans.setdefault(word, []).append(span)

    def of_slot(self, slot: Slot) -> list[Span]:
        """Where one of the choices of a place occurs, from left to right."""
        found = []
        for word in self.spans.keys() & slot.keys():
            for choice in slot[word]:
                spans = self.spans[word]
                for more in choice[1:]:
                    spans = self.followed(spans, self.spans.get(more, []))
                found += spans
        return sorted(found)

    def followed(self, spans: list[Span], nexts: list[Span]) -> list[Span]:
        """The spans that go on with one of the next ones right away."""
        return [
            (begin, last)
            for begin, end in spans
            for first, last in nexts
            if end <= first and all(self.free[end:first])
        ]


class Phrases:
    """All phrases of one language, ready to be looked for. Shared by threads."""

    def __init__(self, language: str, phrases: Iterable[Phrase]) -> None:
        self.language = language
        self.phrases = list(phrases)
        self._slots: list[list[Slot]] = []
        #: For each first word of a choice: the phrases and their places (as bits).
        self._places: dict[str, list[tuple[int, int]]] = {}
        words: set[str] = set()
        for number, phrase in enumerate(self.phrases):
            self._slots.append([_by_first_word(slot) for slot in phrase.slots])
            for place, slot in enumerate(self._slots[-1]):
                for word in slot:
                    self._places.setdefault(word, []).append((number, 1 << place))
            words.update(
                word for slot in phrase.slots for choice in slot for word in choice
            )
        self._words = words
        self._numbers = [word for word in words if word.endswith("+")]
        stemmed = sorted(word for word in words if not word.endswith("!"))
        self._real: dict[str, list[str]] = {}
        self._long: dict[int, list[str]] = {}
        self._by_stem: dict[str, list[str]] = {}
        self._by_sound: dict[str, list[str]] = {}
        analyser = Analyser(language)
        for word in stemmed:
            if slips_allowed(len(word)):
                self._long.setdefault(len(word), []).append(word)
            self._by_stem.setdefault(analyser.stems([word])[0], []).append(word)
            self._by_sound.setdefault(sound(word, language), []).append(word)

    def find(self, text: str, slips: bool = True) -> list[Phrase]:
        """The phrases of emergency that a text holds, in their order.

        Without `slips` only words that are typed exactly as they are kept count.
        """
        typed = self._read(text[:LONGEST_TYPED], slips)
        masks: dict[str, set[int]] = {}
        found = []
        # The harmless ones first: what they cover, the others of their card miss.
        for number in sorted(
            self._touched(typed), key=lambda n: not self.phrases[n].is_harmless
        ):
            phrase, slots = self.phrases[number], self._slots[number]
            masked = masks.setdefault(phrase.card, set())
            if phrase.is_harmless:
                for span in _in_order(slots, typed):
                    masked.update(range(*span))
            elif _occurs(slots, typed, masked, phrase.is_alone):
                found.append(number)
        return [self.phrases[number] for number in sorted(found)]

    def _touched(self, typed: Typed) -> list[int]:
        """The phrases of which each place may be filled."""
        filled: dict[int, int] = {}
        for word in typed.spans:
            for number, bit in self._places.get(word, ()):
                filled[number] = filled.get(number, 0) | bit
        return [
            number
            for number, bits in filled.items()
            if bits == (1 << len(self._slots[number])) - 1
        ]

    def _read(self, text: str, slips: bool) -> Typed:
        analyser = Analyser(self.language)
        parted = [
            part
            for word in islice(folded_words(text), MOST_WORDS)
            for part in self._parted(word)
        ]
        between = _BETWEEN.get(self.language, frozenset())
        free = [word in between or analyser.is_little(word) for word in parted]
        meant = {word: self._meant(word, analyser, slips) for word in set(parted)}
        typed = Typed(parted, free)
        for place, word in enumerate(parted):
            for known in meant[word]:
                typed.add(known, (place, place + 1))
            self._add_number(typed, place)
            joined = "".join(parted[place : place + 2])
            if joined != word and joined in self._words:
                typed.add(joined, (place, place + 2))
        return typed

    def _add_number(self, typed: Typed, place: int) -> None:
        word = typed.words[place]
        if not self._numbers or not word.isdecimal() or len(word) > 3:
            return
        if typed.words[place + 1 : place + 2] and typed.words[place + 1] in _UNITS:
            return
        for known in self._numbers:
            if int(known[:-1]) <= int(word) <= MOST_PILLS:
                typed.add(known, (place, place + 1))

    def _meant(self, word: str, analyser: Analyser, slips: bool) -> list[str]:
        """The words of phrases that somebody meant who typed this."""
        if not slips or word.isdecimal() or analyser.is_little(word):
            return [word] if word in self._words else []
        if word in self._real:
            return self._real[word]
        exact = list(self._by_stem.get(analyser.stems([word])[0], []))
        exact += {f"{word}!"} & self._words
        if is_real_word(word, self.language):
            # Only words of the dictionary, nothing that tells of anybody.
            self._real[word] = exact
        elif not exact:
            return self._slips_of(word)
        return exact

    def _slips_of(self, word: str) -> list[str]:
        allowed = slips_allowed(len(word))
        if not allowed:
            return []
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        near = process.extract(
            word,
            [known for length in lengths for known in self._long.get(length, ())],
            processor=None,
            scorer=OSA.distance,
            score_cutoff=allowed,
            limit=None,
        )
        candidates = {known for known, _, _ in near}
        candidates.update(self._by_sound.get(sound(word, self.language), []))
        return [known for known in candidates if is_slip(word, known, self.language)]

    def _parted(self, word: str) -> list[str]:
        """A word, or the two that somebody typed as one: "chestpain"."""
        if len(word) < 6 or word in self._words or is_real_word(word, self.language):
            return [word]
        for cut in range(3, len(word) - 2):
            if word[:cut] in self._words and word[cut:] in self._words:
                return [word[:cut], word[cut:]]
        return [word]


def _by_first_word(slot: tuple[Choice, ...]) -> Slot:
    choices: Slot = {}
    for choice in slot:
        choices.setdefault(choice[0], []).append(choice)
    return choices


def _in_order(slots: list[Slot], typed: Typed) -> list[Span]:
    """Where the places of a phrase are filled one right after the other."""
    found = typed.of_slot(slots[0])
    for slot in slots[1:]:
        found = typed.followed(found, typed.of_slot(slot))
    return found


def _occurs(slots: list[Slot], typed: Typed, masked: set[int], alone: bool) -> bool:
    """Whether all places of a phrase are filled near each other, in any order."""
    filled: list[list[Span]] = []
    for slot in slots:
        spans = [s for s in typed.of_slot(slot) if masked.isdisjoint(range(*s))]
        if not spans:
            return False
        filled.append(spans)
    # Who has fewest words to choose from chooses first.
    filled.sort(key=len)
    begins = {span[0] for spans in filled for span in spans}
    return any(_fits(filled, begin, typed, alone) for begin in begins)


def _fits(filled: list[list[Span]], begin: int, typed: Typed, alone: bool) -> bool:
    """Whether each place is filled from here on by words of its own, near by."""
    used: set[int] = set()
    for spans in filled:
        fitting = (s for s in spans if s[0] >= begin and used.isdisjoint(range(*s)))
        chosen = next(fitting, None)
        if chosen is None:
            return False
        used.update(range(*chosen))
    first, last = (0, len(typed.words)) if alone else (min(used), max(used) + 1)
    places = range(first, last)
    others = sum(not typed.free[place] and place not in used for place in places)
    return others <= (0 if alone else max(FEWEST_OTHERS, len(filled)))
