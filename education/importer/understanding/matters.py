"""Whether an answer shows by its own words that it is about something else.

An answer need not repeat the words of its question: "Two weeks" is one. So each rule
says what kind of question it knows and what no answer to that can do without.
"""

from __future__ import annotations

import re

from education.importer.understanding import wordings
from education.importer.understanding.intents import cues, wanted

#: Asks when to worry: an answer says what to do ...
_URGENT = re.compile(
    r"\A\W*(?:when|cuando)\b.*\b(?:emergency|worr(?:y|ied)|concerned?|serious|"
    r"dangerous|hospital|911|er|see (?:a|the|your) \w+|call (?:a|the|your|911)|"
    r"medical (?:help|attention)|urgencias?|emergencia|preocupar\w*|grave|peligros\w+|"
    r"medico)\b",
    re.DOTALL,
)
_HELP = re.compile(
    r"\b(?:doctors?|call(?:s|ing)?|hospital|urgent\w*|immediate\w*|seek|"
    r"(?:emergency|medical) (?:room|department|help|care|services|attention)|"
    r"clinicians?|providers?|911|ambulance|professional|pharmacist|nurse|medico|"
    r"medica|urgencias?|emergencias?|llam\w+|acud\w+|consult\w+|ambulancia)\b"
)
#: ... or at least on what condition.
_CONDITION = re.compile(
    r"\b(?:if|when|unless|until|longer than|more than|worse|signs?|fever|severe|"
    r"sudden\w*|bleeding|cannot|can't|trouble|si|cuando|mas de|fiebre|grave|sangrado)\b"
)
_TIMES = (
    r"\d|\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|long\w*|forever|"
    r"chronic|permanent\w*|lifelong|life|soon|quick\w*|temporary|gone|over|resolve\w*|"
    r"short\w*|brief\w*|night|morning|until|last\w*|clears?|heals?|dias?|semanas?|mes|"
    r"meses|anos?|horas?|minutos?|segundos|vida|cronic\w+|dura\w*|siempre|pronto)\b"
)
_AMOUNTS = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|third|most|"
    r"many|few|some|several|every|each|all|none|no|any|once|twice|daily|weekly|percent|"
    r"common\w*|rare\w*|often|seldom|usual\w*|frequent\w*|more|less|enough|amount|age|"
    r"child\w*|adult\w*|young\w*|old\w*|un|una|uno|dos|tres|cuatro|cinco|mitad|"
    r"mayoria|much\w+|poc\w+|algun\w+|cada|tod\w+|comun\w*|raro|menudo|vez|veces|mas|"
    r"menos|edad|nin\w+|jovenes|mayores)\b"
)
_SUCCESS = (
    r"\d|\b(?:success\w*|effective\w*|works?|worked|better|relie\w+|most|percent|"
    r"improv\w+|help\w*|good|well|cure\w*|benefit\w*|result\w*|fail\w*|recover\w*|"
    r"exito|eficaz|funciona\w*|mejor\w*|ayud\w+|alivi\w+|mayoria)\b"
)
_PLACES = (
    r"\b(?:in|on|at|near|around|behind|under|over|inside|between|from|along|above|"
    r"below|through|en|sobre|bajo|entre|detras|cerca|alrededor|desde)\b|"
    r"\A(?:\S+\s*){1,6}\Z"
)
#: A question, and what its answer cannot do without.
_NEEDS = [
    (re.compile(asks), re.compile(needs))
    for asks, needs in (
        (r"\A\W*(?:for )?(?:how (?:long|soon)|cuanto (?:tiempo|dura))\b", _TIMES),
        (r"\A\W*(?:how (?:many|much|often|common|old)|(?:at )?what age)\b", _AMOUNTS),
        (r"\A\W*(?:cuant[oa]s?|con que frecuencia|a que edad)\b", _AMOUNTS),
        (r"\A\W*how (?:successful|effective|well)\b|tan eficaz\b", _SUCCESS),
        (r"\A\W*(?:where|donde)\b", _PLACES),
    )
]
_YES_OR_NO = re.compile(
    r"\A\W*(?:can|could|do|does|is|are|will|may|should|pueden?|es|son|hay|debo)\b"
)
_CAUSING = re.compile(
    r"\b(?:causes? (?:of|for|include|are|is)|(?:main|common|leading|usual) causes?|"
    r"caused|due to|because|results? (?:from|of|in)|triggers?|triggered|leads? to|"
    r"led to|lack of|comes? from|factors?|develops?|occurs?|happens?|stems?|brought|"
    r"brings?|produces?|infect\w+|irritat\w+|runs? in|genetic|inherited|blocks?|when|"
    r"if|reasons?|linked|damages?|makes?|causa\w*|causad\w+|debe|deben|debido|porque|"
    r"desencadena\w*|falta de|factores|provoc\w+|cuando|"
    r"(?:can|may|might|could|to|do|does|often|that) (?:also )?cause|causes)\b"
)
#: Here the condition is what causes, not what is caused.
_CAUSING_ITSELF = re.compile(
    r"\b(?:can|may|could|might|will)(?: also| sometimes| often)? cause "
    r"(?:pain|swelling|symptoms|cramping|discomfort|fever|itching|nausea)\b"
)
_TREATING = re.compile(
    r"\b(?:treat\w*|medic\w+|therap\w+|surgery|exercis\w+|rest\w*|drugs?|antibiotic\w*|"
    r"inject\w+|relie\w+|pills?|creams?|tak(?:e|ing|en)|manag\w+|appl(?:y|ies|ying)|"
    r"us(?:e|ed|ing)|drink\w*|eat\w*|help\w*|doctors?|cure\w*|go(?:es)? away|remov\w+|"
    r"care|avoid\w*|prescri\w+|cold|ice|heat|wash\w*|lotion\w*|diet|turns?|keep\w*|"
    r"put\w*|trat\w+|cirugia|terapia\w*|descans\w+|reposo|ejercici\w+|pastill\w+|"
    r"tom\w+|alivi\w+|ayud\w+|us[aeo]\w*)\b"
)
_DEFINING = (
    r"is (?:a|an) (?:\w+ ){0,2}(?:disease|condition|disorder|form|type|kind|illness|"
    r"infection)|es una? (?:\w+ )?(?:enfermedad|afeccion|trastorno|tipo|forma)"
)
_ABOUT = {
    "signs": rf"{_DEFINING}|treat\w*|medicines?|causes? of|caused by|tratamiento",
    "causes": rf"{_DEFINING}|symptoms?|signs? of|types? of|kinds? of|treatments?|"
    r"treated|prevent\w*|diagnos\w+|sintomas?|tratamientos?",
    "treatment": rf"{_DEFINING}|causes?|symptoms?|types?|affects|causas?|sintomas?",
    "how to prevent": rf"{_DEFINING}|causes? of|symptoms?|types?|affects|sintomas?",
    "how to tell": rf"{_DEFINING}|causes? of|treat\w*|prevent\w*|affects",
}
_ABOUT["relief"] = _ABOUT["treatment"]
_OTHER_MATTERS = {want: re.compile(rf"\b(?:{said})\b") for want, said in _ABOUT.items()}
_FOR = re.compile(
    r"\A\W*(?P<what>[\w' -]{4,60}?) (?:for|para) (?P<whom>[\w' -]{3,60})\?"
)
_CAUSE_OF = re.compile(
    r"\A\W*(?:can|do|does|could|may|puede|pueden) (?P<what>[\w' -]{3,60}) "
    r"(?:cause|causar|provocar) (?P<effect>[\w' -]{3,60})\?"
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


def is_off_question(question: str, answer: str, language: str, trimmed: bool) -> bool:
    """Whether an answer shows by its words that it is about something else.

    `trimmed` where something was cut off: what is left must then say by itself what
    is asked.
    """
    asked, said = wordings.folded(question), wordings.folded(answer)
    if _URGENT.match(asked):
        return not _HELP.search(said) and (trimmed or not _CONDITION.search(said))
    for asks, needs in _NEEDS:
        if asks.search(asked):
            return not needs.search(said)
    if _names_nothing(asked, said) or _relieves_instead(asked, said):
        return True
    if _YES_OR_NO.match(asked):
        return False
    return _is_about_others(wanted(question, language), said, language)


def _is_about_others(want: str, said: str, language: str) -> bool:
    """Whether an answer has words of other matters and none of what is wanted."""
    others = _OTHER_MATTERS.get(want)
    if not others or not others.search(said):
        return False
    if want == "causes":
        return not _CAUSING.search(_CAUSING_ITSELF.sub(" ", said))
    if want in ("treatment", "relief"):
        return not _TREATING.search(said)
    return want not in cues(said, language)


def _names_nothing(asked: str, said: str) -> bool:
    """Whether a "this for that?" is answered without a word of the "this"."""
    found = _FOR.match(asked)
    if not found or _POINTS_BACK.match(said):
        return False
    if any(word.match(found["what"]) for word in wordings.QUESTION_WORDS.values()):
        return False
    words = _WORD.findall(found["what"])
    return bool(words) and not any(word[:5] in said for word in words)


def _relieves_instead(asked: str, said: str) -> bool:
    """Whether "can this cause that?" is answered by what this does against that."""
    found = _CAUSE_OF.match(asked)
    if not found or _POINTS_BACK.match(said):
        return False
    effect = found["effect"].strip()
    places = said.count(effect)
    if not places:
        named = any(word[:5] in said for word in _WORD.findall(effect))
        return not named and not _CAUSES_AT_ALL.search(said)
    return places == len(re.findall(_RELIEVING + re.escape(effect), said))
