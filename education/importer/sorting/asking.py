"""What a question asks, apart from how it is worded: what is wanted, of what.

Two questions are the same when both agree. Nothing is near: one word more about what
is asked (a leg, a child, the night) makes another question.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import snowballstemmer

from education.importer.sorting.wants import wants
from education.writing.likeness import (
    FILLING,
    SAME,
    STEMMED_IN,
    folded,
    want_and_things,
)

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
_LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
_FILLING = {
    language: frozenset(FILLING[language].split()) | frozenset(more.split())
    for language, more in _LISTS["filling"].items()
}
SAME_NAMES: dict[str, str] = _LISTS["same_names"]
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(SAME_NAMES, key=len, reverse=True))})\b")
_stem = lru_cache(maxsize=50_000)(snowballstemmer.stemmer("english").stemWord)


#: Of an illness that comes in attacks, these are asked of the attack.
_OF_ONE_ATTACK = frozenset({"how long", "symptoms", "what it is like", "relief"})
#: Illnesses that are there between the attacks, too, and attacks with other names.
_ATTACK_APART = frozenset(_LISTS["attack_apart"].split())


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
    return _NAMES.sub(lambda found: SAME_NAMES[found[0]], plain)


def stem_of(word: str) -> str:
    """What is the same in the forms of a word, and in words for the same thing."""
    word = SAME.get(word, word)
    return _stem(_LISTS["same_words"].get(word, word))


@lru_cache(maxsize=20_000)
def what_is_asked(question: str, language: str) -> Asked:
    """What a question of a language asks."""
    if language != "en":
        want, things = want_and_things(question, language)
        return _in_its_words(question, want, things, language)
    text = spoken(question)
    for turn, plainer in _TURNS:
        text = " ".join(re.sub(turn, plainer, text).split())
    for want in wants():
        if want.pattern.search(text):
            return _about(want.name, text, want.drops)
    return _about("", text, frozenset())


def _in_its_words(
    question: str, want: str, things: frozenset[str], language: str
) -> Asked:
    """What is asked in a language of which only the wants and things are known."""
    stem = snowballstemmer.stemmer(STEMMED_IN.get(language, "english")).stemWord
    text = " ".join(_WORD.findall(folded(question)))
    pairs = [(word, stem(SAME.get(word, word))) for word in text.split()]
    filling = _FILLING.get(language, frozenset())
    kept = [(word, own) for word, own in pairs if own in things and own not in filling]
    words = tuple(word for word, _ in kept)
    return Asked(want, words, tuple(own for _, own in kept), text)


def _about(want: str, text: str, drops: frozenset[str]) -> Asked:
    words = [
        word
        for word in text.split()
        if word not in _FILLING["en"] and word not in drops
    ]
    if want in _OF_ONE_ATTACK and not _ATTACK_APART.intersection(words):
        words = [word for word in words if stem_of(word) != "attack"] or words
    return Asked(want, tuple(words), tuple(stem_of(word) for word in words), text)
