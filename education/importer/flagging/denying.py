"""Whether a text says something, or says not to: "never double the dose"."""

from __future__ import annotations

from education.importer.flagging.texts import Span, Text, Token
from education.wordings import Wording

#: So many words after a "not" it still denies what follows in its clause.
DENIES_WITHIN = 6
#: "Do not" tells somebody; it denies the whole list that follows it.
TELLS_WITHIN = 14

_ENGLISH = """
not never no dont doesnt didnt avoid cannot cant shouldnt wont isnt arent nor wouldnt
mustnt neither nobody nothing myth dangerous unsafe without
"""
_SPANISH = """
no nunca jamas evite evitar evita tampoco ni mito peligroso peligrosa nadie sin
"""
_DENIALS = frozenset(f"{_ENGLISH} {_SPANISH}".split())
_TELL = "dont never avoid mustnt shouldnt nunca jamas evite evita"
#: These tell somebody not to, by themselves or with what stands before "not".
_TELLING = frozenset(_TELL.split())
_BEFORE_NOT = frozenset(("do", "must", "should"))
_LITTLE = (
    "hesitate worry panic forget delay mind fear need only just dude olvide preocupe"
)
#: "Do not worry" denies nothing of what follows.
_EMPTY = frozenset(_LITTLE.split())
_TURNS = frozenset(("but", "instead", "rather", "however", "pero", "sino"))
_NEED = """
need needs needed necessary reason point use bother have cause necesidad necesario hace
falta razon necesita
"""
_NEEDS = frozenset(_NEED.split())
#: So many words make a warning above a list.
_WARNING = 4
#: So many words may stand between "no" and "need".
_APART = 3

#: After these words first in an answer, no "not" denies what was asked.
_YES = frozenset(("yes", "sure", "certainly", "absolutely", "yeah", "si", "claro"))
_FOR_IT = """
safe fine ok okay harmless helps works effective excellent great problem recommended
good best seguro segura bien ayuda funciona inofensivo inofensiva eficaz puede
"""
_APPROVES = frozenset(_FOR_IT.split())
_AGAINST = """
but only unless danger dangerous harm risk bleeding doctor prescriber pharmacist pero
solo salvo peligro peligroso riesgo medico
"""
_HEDGES = frozenset(_AGAINST.split())
_ASKING = """
why what how when who where which whose por que como cuando quien donde cual cuanto
cuanta
"""
_OPEN = frozenset(_ASKING.split())
#: In so many words at its beginning an answer says no.
_BEGINNING = 4
#: A denial among so many words at the beginning denies what was asked.
_DENIES_ALL = 6


def proposes(text: Text) -> bool:
    """Whether a question asks whether to do something, not why, how or what."""
    return bool(text.tokens) and text.tokens[0].word not in _OPEN


def agrees(text: Text) -> bool:
    """Whether the first sentence lets be what is asked, with no "but" and no "not"."""
    first = [token.word for token in text.tokens if token.sentence == 0]
    if _HEDGES & set(first):
        return False
    if first[:1] and first[0] in _YES:
        return True
    if refuses(text):
        return False
    for place, word in enumerate(first):
        after = set(first[place + 1 : place + 1 + _APART])
        if word in _DENIALS and (place < _DENIES_ALL or after & _APPROVES):
            return "problem" in after
    return True


def refuses(text: Text) -> bool:
    """Whether the answer begins with a no that is none to worries or doctors."""
    words = [token.word for token in text.tokens[: 2 * _BEGINNING]]
    for place, word in enumerate(words[:_BEGINNING]):
        if word in _DENIALS:
            after = set(words[place + 1 : place + 1 + _APART])
            return not after & (_NEEDS | _EMPTY | {"problem"})
    return False


def warns(text: Text) -> bool:
    """Whether the last words of a text tell not to do what follows: "Do not:"."""
    words = [token.word for token in text.tokens[-_WARNING:]]
    return bool(_TELLING & set(words)) or "not" in words


def is_needless(text: Text, span: Span) -> bool:
    """Whether the words before the span say that there is no need of it."""
    first = text.tokens[span[0]]
    before = [
        token
        for token in text.tokens[max(0, span[0] - DENIES_WITHIN) : span[0]]
        if token.sentence == first.sentence
    ]
    return any(
        token.word in _DENIALS
        and any(near.word in _NEEDS for near in before[place + 1 : place + 1 + _APART])
        for place, token in enumerate(before)
    )


def is_denied(text: Text, span: Span, wording: Wording) -> bool:
    """Whether the words before the span, or between its words, deny them.

    A "not" that the wording itself asks for, or an entry of its lists, denies nothing.
    """
    own = {atom for place in wording.places for row in place.choices for atom in row}
    words = {atom.what for atom in own}
    listed = [entry for atom in own if atom.how == "list" for entry in text.spans[atom]]
    tokens = text.tokens
    return any(
        _reaches(tokens, place, span)
        for place in range(max(0, span[0] - TELLS_WITHIN), span[1])
        if tokens[place].word in _DENIALS
        and tokens[place].word not in words
        and not any(entry[0] <= place < entry[1] for entry in listed)
    )


def _reaches(tokens: list[Token], place: int, span: Span) -> bool:
    """Whether the denial at a place reaches as far as the span."""
    first = tokens[span[0]]
    denial = tokens[place]
    if denial.sentence != first.sentence:
        return False
    if place + 1 < len(tokens) and tokens[place + 1].word in _EMPTY:
        return False
    if any(token.word in _TURNS for token in tokens[place : span[0]]):
        return False
    if place >= span[0] or denial.clause == first.clause:
        return span[0] - place <= DENIES_WITHIN
    said_before = tokens[place - 1].word if place else ""
    return denial.word in _TELLING or (
        denial.word == "not" and said_before in _BEFORE_NOT
    )
