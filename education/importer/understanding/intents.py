"""What is asked, and by which words an answer shows that it speaks of that."""

from __future__ import annotations

import re

from education.importer.understanding import wordings
from education.writing.likeness import wants

#: Words of an answer that speak of what a question wants. They are wide on purpose:
#: they help to choose between answers that are near.
_CUES = {
    "en": {
        "how long": r"\d+ ?(?:to|-|–) ?\d+|seconds?|minutes?|hours?|days?|weeks?|"
        r"months?|years?|long|last(?:s|ing)?|chronic|lifelong|temporary|permanent",
        "how often": r"\d+|common|percent|rare(?:ly)?|often|frequent(?:ly)?|most|"
        r"every|times?|daily|weekly",
        "how to prevent": r"prevent\w*|avoid\w*|reduc\w+|lower\w*|regular\w*|limit\w*|"
        r"protect\w*|keep\w*|stay\w*|vaccin\w+|wear\w*",
        "how to tell": r"diagnos\w+|tests?|exam\w*|x-?rays?|blood|scans?|mri|history|"
        r"ultrasound|biopsy|doctor|imaging",
        "when to get help": r"doctor|emergency|911|call|hospital|medical|urgent|"
        r"immediately|seek|clinician|provider|healthcare",
        "signs": r"symptoms?|signs?|pain\w*|sore\w*|swell\w*|swollen|fever|redness|"
        r"numb\w*|weak\w*|tired\w*|fatigue|nausea|vomit\w*|itch\w*|dizz\w+|stiff\w*|"
        r"tender\w*|rash|cough\w*|ache\w*|burning|bleeding|discomfort",
        "what it is like": r"feel\w*|pain\w*|tight\w*|sharp|dull|burning|throbbing|"
        r"ach\w+|sore|tingl\w+|pressure",
        "causes": r"caus\w+|due to|because|trigger\w*|result\w*|leads? to|lack of|"
        r"factors?|stress|infection\w*|when|from|deficien\w+|injur\w+|occurs?",
        "relief": r"rest\w*|ice|heat|stretch\w*|massag\w+|drink\w*|tak(?:e|ing)|"
        r"apply\w*|us(?:e|ing)|try|reliev\w+|help\w*|medic\w+",
        "treatment": r"treat\w*|medic\w+|therap\w+|surgery|exercis\w+|rest\w*|drugs?|"
        r"antibiotics?|inject\w+|relie\w+|pills?|cream\w*|tak(?:e|ing)|manag\w+",
        "meaning": r"(?:is|are) (?:a|an|the|when)|means|refers to|type of|called|"
        r"condition|disease|disorder",
    },
    "es": {
        "how long": r"\d+|segundos?|minutos?|horas?|dias?|semanas?|mes(?:es)?|anos?|"
        r"dura\w*|tiempo",
        "how to prevent": r"preven\w+|evit\w+|reduc\w+|proteg\w+|mant\w+|limit\w+",
        "how to tell": r"diagnos\w+|pruebas?|exam\w+|analisis|sangre|radiograf\w+",
        "when to get help": r"medico|urgenci\w+|emergenci\w+|llam\w+|hospital|acud\w+",
        "signs": r"sintomas?|senales|dolor\w*|hincha\w+|fiebre|enrojec\w+|debil\w+|"
        r"cansancio|fatiga|nauseas?|vomit\w+|mareo\w*|picazon|tos|sarpullido",
        "what it is like": r"sient\w+|dolor\w*|ardor|presion|punzante|hormigueo",
        "causes": r"caus\w+|debe a|debido|porque|desencadena\w*|falta de|factores?|"
        r"infeccion\w*|estres|provoc\w+",
        "relief": r"descans\w+|hielo|calor|estir\w+|masaj\w+|beb\w+|tom\w+|aplic\w+|"
        r"us\w+|alivi\w+|ayud\w+",
        "treatment": r"trat\w+|medic\w+|terapia\w*|cirugia|ejercici\w+|reposo|"
        r"antibiotic\w+|inyec\w+|alivi\w+|tom\w+",
        "meaning": r"(?:es|son) (?:un|una|el|la|cuando)|significa|se refiere|"
        r"enfermedad|afeccion|trastorno",
    },
}
_COMPILED = {
    language: {name: re.compile(rf"\b(?:{said})\b") for name, said in known.items()}
    for language, known in _CUES.items()
}


def wanted(text: str, language: str) -> str:
    """What a question or heading asks for, in the words of `likeness`, or ""."""
    return wants(text, language)


def cues(body: str, language: str) -> frozenset[str]:
    """What an answer speaks of, by its words."""
    plain = wordings.folded(body)
    known = _COMPILED[wordings.known_language(language)]
    return frozenset(name for name, said in known.items() if said.search(plain))
