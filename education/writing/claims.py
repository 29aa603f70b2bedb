"""What no text may state without a source that readers can check."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from education.writing.sentences import pieces

_NUMBER = r"(?:\d+|one|two|three|four|half|una?|dos|tres|cuatro|media)"
_FORM = (
    r"(?:mg|mcg|µg|g|ml|mL|grams?|milligrams?|micrograms?|tablets?|capsules?|caplets?"
    r"|pills?|drops?|puffs?|units?|doses?|gramos?|miligramos?|microgramos?|tabletas?"
    r"|pastillas?|c[aá]psulas?|comprimidos?|gotas|inhalaciones|unidades|dosis)"
)
_PATTERNS = {
    "a dose": (
        rf"\b{_NUMBER}\s*{_FORM}\b",
        r"\b(?:\d+|two|three|four) times (?:a|per|each) day\b",
        r"\btake\b.{0,40}\b(?:once|twice) (?:a|per) day\b",
        r"\b(?:dos|tres|cuatro|\d+) veces al d[ií]a\b",
    ),
    "who should not take something": (
        r"\bcontraindicat|\bcontraindicad",
        r"\b(?:do not|don['’]t|should not|shouldn['’]t|must not|never|cannot|can['’]t)"
        r" (?:take|use|give|have) (?:it|this|them|these|any|aspirin|ibuprofen|\w+)"
        r"\b.{0,60}\b(?:if you|if your|if they|when you|under \d|younger than)\b",
        r"\b(?:not|never|isn['’]t|aren['’]t) (?:be )?(?:safe|suitable) (?:for|if|to)\b",
        r"\bno (?:debe|deben|puede|pueden|tome|use|d[eé])\b.{0,60}\bsi\b",
    ),
    "taking one thing with another": (
        r"\binteract(?:s|ed|ing|ions?)?\b|\binteracci[oó]n|\binteract[uú]a",
        r"\b(?:mix|mixed|mixing|combine|combined|combining)\b.{0,40}\bwith\b",
        r"\b(?:medicines?|medications?|drugs?|pills?|it|them) with "
        r"(?:alcohol|grapefruit|other (?:medicines|medications|drugs))\b",
        r"\b(?:con alcohol|con otros medicamentos|mezcl\w+ .{0,40}\bcon)\b",
    ),
    "pregnancy or breastfeeding": (
        r"\bpregnan(?:t|cy|cies)\b|\bbreast[- ]?(?:feed|fed|milk)|\btrimester",
        r"\bembaraz|\blactancia\b|\bamamant|\bdar? el pecho\b",
    ),
    "when to get help": (
        r"\b(?:call|dial|ring|phone) (?:911|999|112|an ambulance|emergency)\b",
        r"\bemergency (?:room|department|care|services|number)\b",
        r"\b(?:call|see|contact|tell|ask|talk to) (?:your|a|the) "
        r"(?:doctor|nurse|pharmacist|midwife|clinic)\b.{0,40}"
        r"\b(?:today|now|at once|right away|straight away|immediately|if)\b",
        r"\bget (?:medical |urgent |emergency )?(?:help|care)\b.{0,20}"
        r"\b(?:today|now|at once|right away|straight away|immediately|if)\b",
        r"\bllame (?:al 911|al 112|a una ambulancia|a su m[eé]dico)\b|\burgencias\b",
    ),
}
_CLAIMS = {
    about: re.compile("|".join(patterns), re.IGNORECASE)
    for about, patterns in _PATTERNS.items()
}


class Claim(NamedTuple):
    """Words that state something which a reader may act upon."""

    about: str
    words: str


def claims(text: str) -> Iterator[Claim]:
    """What the text states of doses, dangers and help; the gravest kind first."""
    said = pieces(text)
    for about, pattern in _CLAIMS.items():
        yield from (Claim(about, piece) for piece in said if pattern.search(piece))
