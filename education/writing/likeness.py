"""Whether two questions ask the same in other words.

Two questions are alike when they want the same (a cause, a treatment, how long ...) of
the same things. Things are compared by their stems, with room for a slip of the pen;
one thing more or less, or another, makes another question: a cramp is no spasm.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer
from rapidfuzz import fuzz

#: How much of a long word has to be the same for it to be the same word, mistyped.
SAME_SPELLING = 88
SHORTEST_MISSPELT = 5

#: What a question wants, by the words that say so; the first that fits counts. A
#: question that says none of these wants what its "where", "who", "when" or "how" says.
_WANTS = {
    "en": {
        "how long": r"how long|how soon|when will|lasts?",
        "how often": r"how (?:often|common)",
        "how to prevent": r"prevent(?:s|ed|ing|ion)?|avoid(?:s|ed|ing)?",
        "how to tell": r"diagnos\w+",
        "when to get help": r"worr(?:y|ied|ying)|concerned|"
        r"when (?:should|do|must) (?:i|you|we|one) (?:see|call|go|get)",
        "signs": r"symptoms?(?: and signs?)?|signs?(?: and symptoms?)?",
        "what it is like": r"feels? like|feel",
        "causes": r"causes?|caused|reasons? for|triggers?|bring on|brings on|"
        r"why (?:do|does|am|is|are)",
        "relief": r"stop|relie(?:f|ve|ves|ving)|ease|get rid of|calm",
        "treatment": r"treat(?:s|ed|ment|ments|ing)?|cure[sd]?|therap(?:y|ies)|"
        r"remed(?:y|ies)",
        "meaning": r"^what (?:is|are|s)|means?$|meaning of|^define",
        "where": r"^where",
        "who": r"^who",
        "when": r"^when",
        "how": r"^how",
    },
    "es": {
        "how long": r"cuanto (?:tiempo|dura\w*)|duran?",
        "how to prevent": r"preven\w+|evitar",
        "how to tell": r"diagnostic\w+",
        "when to get help": r"preocupar\w*|cuando (?:debo|tengo que) "
        r"(?:ir|llamar|ver)",
        "signs": r"sintomas?|senales",
        "what it is like": r"se sienten?",
        "causes": r"causan?|causas|por que|provocan?",
        "relief": r"parar|aliviar?|calmar?|quitar",
        "treatment": r"trata(?:n|r|miento|mientos)?|cura[rn]?|remedios?",
        "meaning": r"^que (?:es|son)|significan?",
        "where": r"^donde",
        "who": r"^quien(?:es)?",
        "when": r"^cuando",
        "how": r"^como",
    },
}
#: Words that change nothing about what is asked.
FILLING = {
    "en": """
    a about all am an and any anything are as at be been being between by can common
    could did different do does doing done ever for from get gets getting give given
    good had happen happens has have having how i if in into is it its like long me
    mean means most my need of often on one or our ours out people person really s
    should so some somebody someone something soon t that the their them there these
    they thing things this those to us was way ways we were what when where which
    while who why will with would you your yours
    """,
    "es": """
    a al algo algun alguna como con cual cuales cuando cuanto de debo del desde donde el
    ella en era eres es esa ese eso esta estan este esto hay la las le les lo los me mi
    mis muy o para pero por porque puede puedo que quien se ser si son su sus tengo
    tiempo tiene tu tus un una unas uno unos y
    """,
}
#: Words for one and the same thing.
SAME = {
    "medication": "medicine",
    "medications": "medicine",
    "drug": "medicine",
    "drugs": "medicine",
    "physician": "doctor",
    "kids": "children",
    "kid": "children",
    "physicians": "doctor",
    "illness": "disease",
    "illnesses": "disease",
    "condition": "disease",
    "conditions": "disease",
    "kind": "type",
    "kinds": "type",
    "sort": "type",
    "sorts": "type",
    "prognosis": "outlook",
    "2": "two",
    "3": "three",
    "4": "four",
    "nighttime": "night",
    "nocturnal": "night",
}
STEMMED_IN = {"en": "english", "es": "spanish"}
_WORD = re.compile(r"[^\W_]+")


def alike(one: str, other: str, language: str) -> bool:
    """Whether two questions of a language ask the same, in the same or other words."""
    wants, things = _asked(one, language)
    wants_too, things_too = _asked(other, language)
    if wants != wants_too or len(things) != len(things_too) or not things:
        return False
    here, there = set(things - things_too), set(things_too - things)
    return all(_same_word(*pair) for pair in _closest(here, there))


def wants(question: str, language: str) -> str:
    """What a question or a heading asks for: "signs", "how long" ...; "" if unsaid."""
    return _asked(question, language)[0]


def _closest(here: set[str], there: set[str]) -> list[tuple[str, str]]:
    pairs = []
    for word in sorted(here):
        nearest = max(sorted(there), key=lambda candidate: fuzz.ratio(word, candidate))
        there.discard(nearest)
        pairs.append((word, nearest))
    return pairs


def _same_word(one: str, other: str) -> bool:
    """Whether one is the other with a slip of the pen; a number never is."""
    return (
        min(len(one), len(other)) >= SHORTEST_MISSPELT
        and one.isalpha()
        and other.isalpha()
        and fuzz.ratio(one, other) >= SAME_SPELLING
    )


@lru_cache(maxsize=20_000)
def _asked(question: str, language: str) -> tuple[str, frozenset[str]]:
    """What a question wants, and the stems of the things that it is about."""
    language = language if language in _WANTS else "en"
    asked = " ".join(_WORD.findall(folded(question)))
    wants = ""
    for name, pattern in _WANTS[language].items():
        asked_for = re.compile(rf"\b(?:{pattern})\b")
        if asked_for.search(asked):
            wants, asked = name, asked_for.sub(" ", asked)
            break
    filling = FILLING[language].split()
    stem = snowballstemmer.stemmer(STEMMED_IN[language]).stemWord
    things = {
        stem(SAME.get(word, word)) for word in asked.split() if word not in filling
    }
    return wants, frozenset(things)


def folded(text: str) -> str:
    """Lower case, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]", "", text.casefold()))
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def want_and_things(question: str, language: str) -> tuple[str, frozenset[str]]:
    """What a question wants ("" if unsaid), and the stems of what it is about."""
    return _asked(question, language)
