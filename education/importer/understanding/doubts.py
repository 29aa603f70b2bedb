"""Doubts about an answer that is whole: no source, no substance, another matter.

Whether an answer is about something else is said only where its own words show it:
an answer need not repeat the words of its question.
"""

from __future__ import annotations

import re

from education.import_vocabulary import Damage
from education.importer.passages import Mark
from education.importer.understanding import signs, wordings
from education.importer.understanding.intents import wanted
from education.importer.understanding.spans import sentences

MOST_WORDS_OF_AN_EVASION = 45

_URGENT = re.compile(
    r"\b(?:emergency|worr(?:y|ied)|concerned?|serious|dangerous|hospital|911|"
    r"emergency room|see a doctor|call (?:a|the|your) doctor|medical (?:help|attention)"
    r"|urgencia|emergencia|preocupar\w*|grave|peligros\w+|ir al medico|hospital)\b"
)
_WHEN = re.compile(r"\A\W*(?:when|cuando)\b")
#: An answer says what to do ...
_HELP = re.compile(
    r"\b(?:doctors?|call(?:s|ing)?|hospital|urgent\w*|immediate\w*|seek|"
    r"(?:emergency|medical) (?:room|department|help|care|services|attention)|clinicians?|providers?|911|ambulance|professional|pharmacist|nurse|medico|"
    r"medica|urgencias?|emergencias?|llam\w+|acud\w+|consult\w+|ambulancia)\b"
    r"(?! (?:says|said|ondo))"
)
#: ... or at least when.
_CONDITION = re.compile(
    r"\b(?:if|when|unless|until|longer than|more than|worse|signs?|fever|severe|"
    r"sudden\w*|bleeding|cannot|can't|trouble|si|cuando|mas de|fiebre|grave|sangrado)\b"
)
_WHERE = re.compile(r"\A\W*(?:where|donde)\b")
#: "has been used" tells of no place; a list or a short answer may do without these.
_PLACE = re.compile(
    r"\b(?:in|on|at|near|around|behind|under|over|inside|between|from|along|above|"
    r"below|through|en|sobre|bajo|entre|detras|cerca|alrededor|desde)\b|\A(?:\S+\s*){1,6}\Z"
)
_TIMES = re.compile(
    r"\d|\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|long\w*|forever|"
    r"chronic|permanent\w*|lifelong|life|soon|quick\w*|temporary|gone|over|resolve\w*|"
    r"short\w*|brief\w*|night|morning|until|last\w*|clears?|heals?|dia|dias|semanas?|"
    r"mes|meses|anos?|horas?|minutos?|segundos|vida|cronic\w+|dura\w*|siempre|pronto)\b"
)
_CAUSING = re.compile(
    r"\b(?:causes? (?:of|for|include|are|is)|(?:main|common|leading|usual) causes?|"
    r"caused|due to|because|results? (?:from|of|in)|triggers?|triggered|leads? to|"
    r"led to|lack of|comes? from|factors?|develops?|occurs?|happens?|stems?|brought|"
    r"brings?|produces?|infect\w+|irritat\w+|runs? in|genetic|inherited|blocks?|when|"
    r"if|reasons?|linked|damages?|makes?|(?:can|may|to) cause|causa\w*|causad\w+|debe|"
    r"deben|debido|porque|desencadena\w*|falta de|factores|provoc\w+|cuando)\b"
)
#: The condition is what causes, not what is caused.
_CAUSING_ITSELF = re.compile(
    r"\b(?:can|may|could|might|will) (?:also |sometimes |often )?cause\b|"
    r"\bcauses (?:pain|swelling|symptoms)\b"
)
_OTHER_MATTERS = re.compile(
    r"\b(?:is (?:a|an) (?:\w+ )?(?:disease|condition|disorder|form|type|kind)|"
    r"es una? (?:\w+ )?(?:enfermedad|afeccion|trastorno)|symptoms?|signs? of|types? of|kinds? of|treatments?|treated|prevent\w*|"
    r"diagnos\w+|sintomas?|tipos? de|tratamientos?|preven\w+|diagnostic\w+)\b"
)
_TREATING = re.compile(
    r"\b(?:treat\w*|medic\w+|therap\w+|surgery|exercis\w+|rest\w*|drugs?|antibiotic\w*|"
    r"inject\w+|relie\w+|pills?|creams?|tak(?:e|ing|en)|manag\w+|appl(?:y|ies|ying)|"
    r"us(?:e|ed|ing)|drink\w*|eat\w*|help\w*|doctors?|cure\w*|go(?:es)? away|remov\w+|"
    r"care|avoid\w*|prescri\w+|cold|ice|heat|wash\w*|lotion\w*|diet|trat\w+|cirugia|"
    r"terapia\w*|descans\w+|reposo|ejercici\w+|pastill\w+|tom\w+|alivi\w+|ayud\w+|us\w+)"
    r"\b"
)
_FOR = re.compile(r"\A(?P<what>[\w' -]{4,60}?) (?:for|para) (?P<whom>[\w' -]{3,60})\?")
_CAUSE_OF = re.compile(
    r"\A(?:can|do|does|could|may) (?P<what>[\w' -]{3,60}) cause (?P<effect>[\w' -]{3,60})"
    r"\?|\A¿?pueden? (?P<what_es>[\w' -]{3,60}) causar (?P<effect_es>[\w' -]{3,60})\?"
)
_CAUSES_AT_ALL = re.compile(
    r"\b(?:caus\w+|lead\w*|mak\w+|trigger\w*|bring\w*|due|result\w*|rais\w+|effects?|"
    r"provoc\w+|produc\w+|efectos?)\b"
)
_RELIEVING = (
    r"(?:relie\w+|treat\w*|eas\w+|help\w*|reduc\w+|alivi\w+|trat\w+)"
    r"(?: [\w'-]+){0,4} "
)
_POINTS_BACK = re.compile(
    r"\A\W*(?:yes|no|it|they|this|these|that|those|he|she|si|esto?s?|esta)\b"
)
_WORD = re.compile(r"\w{4,}")


def unsourced(text: str, line: int, language: str) -> list[Mark]:
    """Marks for claims of studies, experts and reviews that nobody can look up."""
    plain = wordings.folded(text)
    return [
        Mark(
            Damage.UNSOURCED,
            line,
            found.start(),
            found.end(),
            f"“{text[found.start() : found.end()]}” names a source that "
            "cannot be looked up.",
        )
        for found in signs.ATTRIBUTIONS[language].finditer(plain)
    ]


def is_evasive(answer: str, language: str) -> bool:
    """Whether every sentence only says that it depends."""
    plain = wordings.folded(answer)
    if len(plain.split()) > MOST_WORDS_OF_AN_EVASION or re.search(r"\d", plain):
        return False
    said = [span.of(answer) for span in sentences(answer)]
    return bool(said) and all(
        signs.DEPENDS[language].search(wordings.folded(sentence)) for sentence in said
    )


def is_off_question(question: str, answer: str, language: str, trimmed: bool) -> bool:
    """Whether an answer shows by its words that it is about something else.

    `trimmed` where something was cut off: what is left must then say by itself what
    is asked.
    """
    asked, said = wordings.folded(question), wordings.folded(answer)
    want = wanted(question, language)
    if _names_nothing(asked, said) or _relieves_instead(asked, said):
        return True
    if _WHEN.match(asked) and (want == "when to get help" or _URGENT.search(asked)):
        return not _HELP.search(said) and (trimmed or not _CONDITION.search(said))
    if _WHERE.match(asked):
        return not _PLACE.search(said)
    if want == "how long":
        return not _TIMES.search(said)
    if want == "causes":
        about_others = _OTHER_MATTERS.search(_CAUSING.sub(" ", said))
        causing = _CAUSING.search(_CAUSING_ITSELF.sub(" ", said))
        return bool(about_others) and not causing
    if want in ("treatment", "relief"):
        other = re.search(r"\b(?:causes?|symptoms?|types?)\b", said)
        return bool(other) and not _TREATING.search(said)
    return False


def _names_nothing(asked: str, said: str) -> bool:
    """Whether a "this for that?" is answered without a word of the "this"."""
    found = _FOR.match(asked)
    if not found or _POINTS_BACK.match(said):
        return False
    if wordings.QUESTION_WORDS["en"].match(asked):
        return False
    words = _WORD.findall(found["what"])
    return bool(words) and not any(word[:5] in said for word in words)


def _relieves_instead(asked: str, said: str) -> bool:
    """Whether "can this cause that?" is answered by what this does against that."""
    found = _CAUSE_OF.match(asked)
    if not found or _POINTS_BACK.match(said):
        return False
    effect = (found["effect"] or found["effect_es"]).strip()
    places = said.count(effect)
    if not places and not _CAUSES_AT_ALL.search(said):
        return not any(word[:5] in said for word in _WORD.findall(effect))
    relieved = len(re.findall(_RELIEVING + re.escape(effect), said))
    return places > 0 and places == relieved
