"""The wording of a question that a page would have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from education.importer.sorting.asking import Asked

_ASKS = re.compile(
    r"(?:what|why|how|when|where|who|which|is|are|can|could|do|does|did|will|would|"
    r"should|may|has|have)\b",
    re.IGNORECASE,
)
#: How a turn that is no sentence is asked by a patient.
_TURNED = (
    (r"^how to\b", "How can I"),
    (r"^what to take\b", "What can I take"),
    (r"^what to do\b", "What should I do"),
    (r"^when to (see|call|go|get|seek|worry)\b", r"When should I \1"),
    (r"^what to (\w+)\b", r"What should I \1"),
)
#: What a heading asks that stands for a question, by what it wants.
_HEADINGS = {
    "symptoms": "What are the symptoms of {}?",
    "causes": "What causes {}?",
    "treatment": "What is the treatment for {}?",
    "prevention": "How can I prevent {}?",
    "diagnosis": "What is done to diagnose {}?",
    "tests": "What tests are there for {}?",
    "types": "What are the types of {}?",
    "risk": "Who is at risk of {}?",
    "outlook": "What is the outlook for {}?",
    "complications": "What are the complications of {}?",
    "home remedies": "What can I do at home for {}?",
    "when to see a doctor": "When should I see a doctor about {}?",
    "when to worry": "When should I worry about {}?",
    "meaning": "What is {}?",
    "side effects": "What are the side effects of {}?",
    "facts": "What should I know about {}?",
}
_NO_SENTENCE = re.compile(r"(?:how|what|when|where|who)(?: \w+)? to\b", re.IGNORECASE)
_WORD_OF_ITS_OWN = 6
#: A wording, what it asks, and whether it is a heading that stands for a question.
Wording = tuple[str, Asked, bool]
_SHORT_FORM = re.compile(r"[A-Z][A-Z0-9-]+s?$|[a-z]+[A-Z]\w*$|.*\d")
_MANY_CAPITALS = 0.5


def proposed(wordings: Collection[Wording], main: str, names: Collection[str]) -> str:
    """The clearest of a group's wordings, cased and ended as a question.

    `main` is what the document is about, for a heading that does not say.
    """
    times = Counter(text for text, _, _ in wordings)
    fullest = max(len(set(asked.words)) for _, asked, _ in wordings)

    words = Counter(word for text, _, _ in wordings for word in set(_words(text)))

    def rank(wording: Wording) -> tuple[bool, bool, bool, int, bool, int, int]:
        text, asked, is_heading = wording
        # Words that no other wording has make it longer to read.
        own = sum(words[word] == 1 for word in _words(text)) if len(wordings) > 2 else 0
        return (
            is_heading,
            not _ASKS.match(text),
            bool(_NO_SENTENCE.match(text)),
            fullest - len(set(asked.words)) if fullest < 4 else 0,
            _is_title(text),
            -times[text],
            len(text) + _WORD_OF_ITS_OWN * own,
        )

    text, asked, is_heading = min(wordings, key=rank)
    if is_heading and asked.want in _HEADINGS:
        about = " ".join(asked.words)
        # "Stomach Ulcer Prevention" asks of what the document calls stomach ulcers.
        if f"{about}s" == main:
            about = main
        return proper(_HEADINGS[asked.want].format(about or main), names)
    for turn, asked_so in _TURNED:
        if re.match(turn, text, flags=re.IGNORECASE):
            text = re.sub(turn, asked_so, text, flags=re.IGNORECASE)
            text = re.sub(r"\byou\b", "I", re.sub(r"\byour\b", "my", text))
            break
    plain = " ".join(text.split()).rstrip(" ?!.:…") + "?"
    return proper(plain if not _is_title(plain) else _small(plain, names), names)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def proper(text: str, names: Collection[str]) -> str:
    """The text with a capital first letter, and names with the capitals they have."""
    capitals = {name.lower(): name for name in names} | {"i": "I"}
    words = re.sub(
        r"[^\W_][\w'’-]*",
        lambda found: capitals.get(found[0], found[0]),
        text,
    )
    return words[:1].upper() + words[1:]


def _is_title(text: str) -> bool:
    """Whether most of its words have a capital that are long enough to be told by."""
    words = [word for word in text.split()[1:] if len(word) > 3]
    return bool(words) and (
        sum(word[0].isupper() for word in words) > _MANY_CAPITALS * len(words)
        or text.isupper()
    )


def _small(text: str, names: Collection[str]) -> str:
    return re.sub(
        r"[^\W_][\w'’-]*",
        lambda found: (
            found[0]
            if found[0] in names
            or (_SHORT_FORM.match(found[0]) and not text.isupper())
            or found[0] == "I"
            else found[0].lower()
        ),
        text,
    )
