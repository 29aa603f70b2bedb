"""Where the sentences of a line begin and end, by their offsets in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LOWER = "a-zàâçéèêëíïñóôúü"
UPPER = "A-ZÀÂÇÉÈÊËÍÏÑÓÔÚÜ"
#: How an item begins that ran into the one before: "Stress", "A fall".
ITEM = rf"[{UPPER}](?:[{LOWER}]|\s[{LOWER}])"

_STOP = re.compile(
    rf"(?:[.!?…][\"'”’)\]]{{0,3}}(?=\s))|(?:(?<=[{LOWER})%\]])[.!?](?={ITEM}))"
)
_NEXT = re.compile(r"\S")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Drs?|Dra|Mr|Mrs|Ms|Prof|Sr|Sra|St|vs|e\.\s?g|i\.\s?e|p\.\s?ej|approx|"
    r"No|Fig|cf|al|Ud|Uds|aprox|núm)|\b[A-Z]|\b\d{1,2})\Z",
)
_SPACES = re.compile(r"\s+")
_ENDS = ".!?"


@dataclass(frozen=True)
class Span:
    """A stretch of a line. `is_weak`: what comes before it ended, yet it starts small.

    That is how flattened lists look.
    """

    start: int
    end: int
    is_weak: bool = False

    def of(self, text: str) -> str:
        """Its words, with single spaces."""
        return tidy(text[self.start : self.end])


def tidy(text: str) -> str:
    """Single spaces, none at the ends and none before a comma or stop."""
    plain = _SPACES.sub(" ", text).strip()
    return plain.replace(" ,", ",").replace(" .", ".")


def blanked(text: str, *stretches: tuple[int, int]) -> str:
    """The text with spaces in place of stretches, in order, so that offsets stay."""
    kept, at = [], 0
    for start, end in stretches:
        kept += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*kept, text[at:]])


#: Where one word ran into the next: "WorkIron", "(Motrin)Naproxen".
WORDS_GLUED = re.compile(
    rf"(?<=[{UPPER}{LOWER}][{LOWER}]{{3}})(?={ITEM})|(?<=\))(?={ITEM})"
)
#: Names that have a capital inside.
_NAMES = re.compile(
    r"MedlinePlus|LinkedIn|YouTube|HealthLine|NovoLog|HumaLog|NovoFine|SingleCare|"
    r"MyChart|PubMed|FreeStyle|OneTouch|AccuChek|SmartPhone"
)


def glued_at(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """Where words without a space between them meet, names apart."""
    found = (
        match.start() for match in WORDS_GLUED.finditer(text, start, end or len(text))
    )
    return [at for at in found if not _NAMES.search(text[max(0, at - 12) : at + 12])]


@lru_cache(maxsize=128)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text and what stands for them; spaces belong to none."""
    found: list[Span] = []
    first = _NEXT.search(text)
    begins, weak = (first.start() if first else len(text)), False
    for stop in _STOP.finditer(text):
        if stop.end() <= begins or _is_abbreviation(text, stop.start()):
            continue
        after = _NEXT.search(text, stop.end())
        if not after:
            break
        found.append(Span(begins, stop.end(), weak))
        begins, weak = after.start(), after.group().islower()
    if begins < len(text) and text[begins:].strip():
        found.append(Span(begins, begins + len(text[begins:].rstrip()), weak))
    return tuple(found)


def _is_abbreviation(text: str, at: int) -> bool:
    """Whether the stop belongs to a word such as "Dr." or to the number of an item."""
    if text[at] != ".":
        return False
    return bool(_ABBREVIATED.search(text[max(0, at - 12) : at]))


def ends_whole(text: str) -> bool:
    """Whether a sentence ends as sentences do."""
    bare = text.rstrip().rstrip("\"'”’)]*»")
    return bare.endswith(tuple(_ENDS)) and not bare.endswith("..")
