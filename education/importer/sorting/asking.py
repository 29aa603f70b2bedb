"""What a question asks, apart from how it is worded: what is wanted, of what.

Two questions are the same when both agree. Nothing is near: one word more about what
is asked (a leg, a child, the night) makes another question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from education.importer.sorting.wants import wants
from education.writing.likeness import FILLING, SAME, folded, want_and_things

_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

#: Short and spoken forms, and the words that they stand for.
_SPOKEN = (
    (r"\b(what|how|who|where|when|why|that|there|it)s\b(?! (?:own|name))", r"\1 is"),
    (r"\bwhatre\b", "what are"),
    (r"\b(do|does|did|is|are|was|should|could|would|have|has)nt\b", r"\1 not"),
    (r"\bcannot\b|\bcant\b", "can not"),
    (r"\bwont\b", "will not"),
    (r"\bim\b", "i am"),
    (r"\bive\b", "i have"),
)
_PERSON = (
    "i|you|we|one|people|someone|somebody|a person|the person|an individual|doctors?|"
    "patients?|they|it|clinicians?|healthcare providers?"
)
_MAY = "do|does|can|could|should|would|will|might|may|did|must"
_PLAIN_WORD = (
    "main|major|usual|typical|various|several|possible|potential|leading|known|"
    "primary|key|top|frequent|general|basic|specific|certain|important|different|"
    "many|other|available|two|three|four|five|six|seven|eight|nine|ten"
)
_SORTS = (
    "causes?|reasons?|symptoms?|signs?|types?|kinds?|forms?|triggers?|treatments?|"
    "risk|complications?|ways?|examples?|classes|categories|stages|medicines?|"
    "medications?|drugs?|remedies|side|facts?|tests?|options?|home"
)
#: Turns of phrase that ask the same, made one; in this order.
_TURNS = (
    (r"\b(?:some|any)(?: of)?(?: the)?\b", " "),
    (r"\b(?:the )?(?:most|more|very) (?:common|important|frequent|likely)\b", "main"),
    (r"(?<!how )\bcommon(?:ly)?\b(?! cold)(?!$)", " "),
    (r"\b(?:usually|typically|often|really|actually|exactly|generally)\b(?<!how often)",
     " "),
    (rf"\b(?:(?:{_PLAIN_WORD}|\d+) )+(?={_SORTS}\b)", ""),
    (r"\bdifferent (?!from\b|than\b|to\b)", ""),
    (r"\bfirst (?=signs?\b|symptoms?\b)", "early "),
    (r"^(?:is|are) there (?:a )?ways? to\b", "how to"),
    (r"\bwhat (?:is|are) (?:the )?(?:best |good |easiest |fastest |quickest )?ways? "
     r"(?:to|of)\b", "how to"),
    (rf"\bwhat (?:{_MAY}) (?:{_PERSON}) do to\b|\bwhat to do to\b", "how to"),
    (rf"\bhow (?:{_MAY}) (?:{_PERSON})\b(?! (?:feel|work|help|affect|start|look|happen|"
     r"last|go|develop|form|spread)\b)", "how to"),
    (r"\bhow long (?:does|do|will|would|can|may|might|did) (?:it|they) "
     r"(?:take|takes)\b", "how long for"),
)  # fmt: skip
#: Words that change nothing, beside those that change nothing in any question.
_MORE_FILLING = frozenset(
    [
        "main",
        "body",
        "human",
        "caused",
        "occur",
        "occurs",
        "happening",
        "feature",
        "am",
        "experience",
        "experiencing",
        "suffer",
        "suffering",
        "suffers",
        "develop",
        "developing",
        "gotten",
        "typical",
        "usual",
        "individual",
        "individuals",
        "patient",
        "patients",
        "able",
        "also",
        "just",
        "still",
        "ever",
        "each",
        "every",
        "only",
        "even",
        "either",
        "else",
        "called",
        "considered",
        "it",
    ]
)
#: Words for one and the same thing, beside those that are so in any question.
_SAME_TOO = {
    "infant": "baby", "infants": "baby", "babies": "baby", "newborn": "baby",
    "child": "children", "kid": "children", "toddlers": "toddler",
    "woman": "women", "female": "women", "females": "women",
    "man": "men", "male": "men", "males": "men",
    "pregnant": "pregnancy", "elderly": "older", "seniors": "older",
    "belly": "stomach", "abdominal": "stomach", "abdomen": "stomach",
    "feet": "foot", "teeth": "tooth", "nights": "night", "bedtime": "night",
    "relaxant": "relaxer", "relaxants": "relaxer", "relaxers": "relaxer",
    "twitches": "twitching", "disorder": "disease",
    "disorders": "disease", "vitamins": "vitamin", "quickly": "fast",
    "immediately": "fast", "quick": "fast", "instantly": "fast", "rapidly": "fast",
    "fastest": "fast",
}  # fmt: skip
#: Whole names for one and the same thing; only where medicine knows no difference.
_SAME_NAMES = {
    "hypertension": "high blood pressure",
    "influenza": "flu",
    "myocardial infarction": "heart attack",
    "renal calculi": "kidney stones",
    "renal stones": "kidney stones",
    "nephrolithiasis": "kidney stones",
    "herpes zoster": "shingles",
    "varicella": "chickenpox",
    "chicken pox": "chickenpox",
    "pertussis": "whooping cough",
    "urticaria": "hives",
    "conjunctivitis": "pink eye",
    "diabetes mellitus": "diabetes",
    "cerebrovascular accident": "stroke",
    "cholelithiasis": "gallstones",
    "gall stones": "gallstones",
    "migraine headaches": "migraines",
    "migraine headache": "migraine",
    "high cholesterol level": "high cholesterol",
    "uti": "urinary tract infection",
    "utis": "urinary tract infections",
    "gerd": "gastroesophageal reflux disease",
    "ibs": "irritable bowel syndrome",
    "copd": "chronic obstructive pulmonary disease",
    "hay fever": "allergic rhinitis",
    "gouty arthritis": "gout",
    "hashimotos thyroiditis": "hashimotos",
}
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(_SAME_NAMES, key=len, reverse=True))})\b")
_stem = lru_cache(maxsize=50_000)(snowballstemmer.stemmer("english").stemWord)


@dataclass(frozen=True)
class Asked:
    """What is wanted, and the words for what it is about, in their order.

    `words` are as written, in lower case; `about` are their stems. `text` is the
    question as it was read, to see which words stood together.
    """

    want: str
    words: tuple[str, ...]
    about: tuple[str, ...]
    text: str = ""


def spoken(text: str) -> str:
    """Lower case without marks and asides, short forms written out."""
    plain = " ".join(_WORD.findall(folded(_ASIDE.sub(" ", text))))
    for short, long in _SPOKEN:
        plain = re.sub(short, long, plain)
    return _NAMES.sub(lambda found: _SAME_NAMES[found[0]], plain)


def stem_of(word: str) -> str:
    """What is the same in the forms of a word, and in words for the same thing."""
    word = SAME.get(word, word)
    return _stem(_SAME_TOO.get(word, word))


@lru_cache(maxsize=20_000)
def what_is_asked(question: str, language: str) -> Asked:
    """What a question of a language asks."""
    if language != "en":
        want, things = want_and_things(question, language)
        return Asked(want, tuple(sorted(things)), tuple(sorted(things)))
    text = spoken(question)
    for turn, plainer in _TURNS:
        text = " ".join(re.sub(turn, plainer, text).split())
    for want in wants():
        if want.pattern.search(text):
            return _about(want.name, text, want.drops)
    return _about("", text, frozenset())


@lru_cache(maxsize=1)
def _filling() -> frozenset[str]:
    return frozenset(FILLING["en"].split()) | _MORE_FILLING


def _about(want: str, text: str, drops: frozenset[str]) -> Asked:
    words = tuple(
        word for word in text.split() if word not in _filling() and word not in drops
    )
    return Asked(want, words, tuple(stem_of(word) for word in words), text)
