"""Takes off what a copy left in an answer: buttons, glued headings, other questions.

What is taken off is replaced by spaces, so that offsets stay those of the line.
"""

from __future__ import annotations

import re

from education.import_vocabulary import Damage
from education.importer.passages import Mark
from education.importer.understanding import signs, wordings
from education.importer.understanding.intents import wanted
from education.importer.understanding.spans import (
    ITEM,
    LOWER,
    UPPER,
    blanked,
    glued_at,
    sentences,
)

#: A heading or question that ran into the answer ends within so many characters.
LONGEST_HEAD = 160
MOST_WORDS_OF_A_HEAD = 12
FEWEST_WORDS_OF_A_SENTENCE = 4

_QUESTION_GLUED = re.compile(rf"[?](?:(?=[{UPPER}])|\s+(?=\S))")
_STOP_GLUED = re.compile(rf"(?<=[{LOWER})])[.](?={ITEM})")
_OF = re.compile(r"\b(?:of|for|de|para|del)\b")
_HEADING_WORDS = re.compile(
    r"(?:how|what|when|why|where|which|ways|types|kinds|causes|symptoms|signs|"
    r"treatments?|tips|options|foods|medicines|medications|examples|risk|home|common|"
    r"overview|summary|como|que|cuando|tipos|causas|sintomas|senales|tratamientos?|"
    r"consejos|opciones|alimentos|medicamentos|ejemplos|factores)\b"
)


def without_leftovers(
    text: str, line: int, start: int, question: str, language: str
) -> tuple[str, list[Mark]]:
    """The text from `start` on, with spaces for what does not belong, and marks."""
    work = blanked(text, (0, start))
    marks: list[Mark] = []
    work = _without_tokens(work, line, language, marks)
    work = _without_flattened(work, line, language, marks)
    work = _without_question(work, line, question, language, marks)
    work = _without_heading(work, line, question, language, marks)
    return work, marks


def _without_tokens(text: str, line: int, language: str, marks: list[Mark]) -> str:
    found = [
        (match, Damage.MORE_ITEMS, "The page had more items than were copied.")
        for match in signs.MORE_ITEMS[language].finditer(text)
    ]
    found += [
        (match, Damage.RESIDUE, f"“{match.group().strip()}” is left over from copying.")
        for match in signs.TOKENS[language].finditer(text)
    ]
    for match, damage, detail in found:
        start, end = match.span()
        marks.append(Mark(damage, line, start, end, detail))
        if damage == Damage.RESIDUE:
            start, end = _with_stop(text, start, end)
        text = blanked(text, (start, end))
    return text


def _with_stop(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a token by its own full stop, and by one that cut a sentence in two."""
    if text[end : end + 1] == ".":
        end += 1
    rest = text[end : end + 40].lstrip()
    before = text[:start].rstrip() if len(text) < 5000 else text[:start]
    if rest[:1].islower() and before.endswith("."):
        start = len(before) - 1
    return start, end


def _without_flattened(text: str, line: int, language: str, marks: list[Mark]) -> str:
    """Without headings that stand as sentences of their own at the beginning."""
    for span in sentences(text[:LONGEST_HEAD])[:-1]:
        said = wordings.folded(span.of(text))
        if not signs.FLATTENED[language].match(said):
            break
        detail = f"“{span.of(text)}” is a heading left over from copying."
        marks.append(Mark(Damage.RESIDUE, line, span.start, span.end, detail))
        text = blanked(text, (span.start, span.end))
    return text


def _without_question(
    text: str, line: int, question: str, language: str, marks: list[Mark]
) -> str:
    """Without a question that the answer begins with, asked again by the page.

    One that is not glued to the answer is its own, unless it speaks of the same.
    """
    head = text[:LONGEST_HEAD]
    end = _QUESTION_GLUED.search(head)
    if not end:
        return text
    start = len(head) - len(head.lstrip())
    asked = head[start : end.start() + 1]
    plain = wordings.folded(asked.lstrip("¿ "))
    if ". " in asked or not wordings.QUESTION_WORDS[language].match(plain):
        return text
    is_glued = end.end() == end.start() + 1
    if not is_glued and not _shared(question, asked):
        return text
    detail = f"The answer begins with another question: “{asked}”"
    stop = end.start() + 1
    marks.append(Mark(Damage.QUESTION_INSIDE, line, start, stop, detail))
    return blanked(text, (start, stop))


def _without_heading(
    text: str, line: int, question: str, language: str, marks: list[Mark]
) -> str:
    """Without a heading whose last word ran into the first of the answer."""
    glued = glued_at(text, 0, LONGEST_HEAD)
    if not glued:
        return text
    start = len(text) - len(text.lstrip())
    said, rest = text[start : glued[0]], text[glued[0] :]
    if re.search(r"[.!?:;•]", said) or not _heads(said, rest, question, language):
        return text
    detail = f"The heading “{said}” ran into the answer."
    marks.append(Mark(Damage.RESIDUE, line, start, glued[0], detail))
    return blanked(text, (start, glued[0]))


def _heads(said: str, rest: str, question: str, language: str) -> bool:
    """Whether words are a heading over the rest, and not its first item."""
    plain = wordings.folded(said)
    words = plain.split()
    if len(words) > MOST_WORDS_OF_A_HEAD:
        return False
    if _HEADING_WORDS.match(plain) or (_OF.search(plain) and ")" not in said):
        return True
    if wanted(said, language) and len(words) <= 4:
        return True
    stops = _STOP_GLUED.search(rest)
    shared = _shared(question, said)
    if stops:
        return bool(shared)
    if ")" not in said and rest.rstrip(" .").endswith(")"):
        return True
    is_sentence = len(rest.split()) > FEWEST_WORDS_OF_A_SENTENCE
    return is_sentence and not glued_at(rest, 1) and bool(shared) and said[:1].isupper()


def _shared(one: str, other: str) -> set[str]:
    """The longer words that two texts have in common."""
    words, others = (
        set(re.findall(r"\w{4,}", wordings.folded(text))) for text in (one, other)
    )
    return words & others - {"what", "which", "when", "does", "your", "this", "that"}
