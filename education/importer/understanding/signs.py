"""The words by which damage shows, in each language.

As in `wordings`, every pattern starts at a word and looks a few words ahead at most.
"""

from __future__ import annotations

import re

_NUMBERS = {
    "en": "two three four five six seven eight nine ten",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez",
}
_COUNTED = {
    "en": r"types?|kinds?|forms?|classes|stages|categories|groups|phases|ways|reasons|"
    r"causes|symptoms|signs|steps|things|factors|tips|methods|treatments|options|"
    r"parts|layers|degrees|grades|levels|varieties|triggers|sorts|measures|rules",
    "es": r"tipos|clases|formas|etapas|categorias|grupos|fases|maneras|razones|causas|"
    r"sintomas|senales|pasos|cosas|factores|consejos|metodos|tratamientos|opciones|"
    r"partes|capas|grados|niveles|medidas",
}
_MORE_ITEMS = {
    "en": r"(?:more items|(?:show|see|view) (?:more|all)(?: items)?(?=\W*\Z))",
    "es": r"(?:m[aá]s elementos|(?:ver|mostrar) m[aá]s(?=\W*\Z))",
}
#: Always dead: what they point to is never copied along.
_POINTERS = {
    "en": r"(?:see|refer to) (?:the )?(?:below|above|table|figure|chart|box|image|"
    r"diagram|next section|section|list below|list above)|"
    r"(?:listed|shown|described|discussed|given|seen|outlined|found|summarized|"
    r"explained|pictured) (?:in (?:the|this) (?:\w+ ){0,2}(?:table|chart|figure|list|"
    r"image|diagram|drawing|photo|section|video|box|graphic)|"
    r"(?:below|above)(?! the| your))|"
    r"the (?:\w+ )?(?:table|chart|figure|list|image|picture|graphic|infographic|video|"
    r"diagram|drawing|photo|sketch|links?|sections?|article) "
    r"(?:below|above|that follows|shows)|"
    r"(?:table|figure|chart) (?:\d+|below|above)|"
    r"below,? we\b|in this (?:article|section|video|guide|post)|"
    r"this (?:article|page|guide|post) (?:\w+ )?(?:describes|discusses|looks|explains|"
    r"lists|covers|outlines|explores|will)|click (?:here|on|the)|"
    r"(?:read on|keep reading|continue reading)|"
    r"(?:next|previous|following) (?:section|table|chart|figure|video|article|page)",
    "es": r"(?:ver|vea|vease|consulte) (?:mas )?(?:abajo|arriba|la tabla|el cuadro|"
    r"la figura|la lista|la seccion|a continuacion)|"
    r"(?:en|de) (?:la|el|este|esta) (?:siguiente )?(?:tabla|cuadro|figura|grafico|"
    r"lista|seccion|imagen|video|articulo)(?: (?:siguiente|anterior|de abajo))?|"
    r"a continuacion,? (?:se )?(?:describ\w+|explic\w+|present\w+|mostr\w+|"
    r"muestr\w+|detall\w+|enumer\w+|encontr\w+|hablam\w+)|haga clic|siga leyendo|"
    r"en este articulo",
}
#: Dead where no list comes after them.
_ANNOUNCING = {
    "en": r"the following(?: \w+){0,2}\s?[:.]?\Z|as follows\s?[:.]?\Z|"
    r"(?:^|, )below (?:is|are|you|we)\b|\bbelow\s?[:.]\Z|^here (?:are|is)\b[^:]*:?\Z|"
    r"^these (?:include|are)\s?[:.]?\Z",
    "es": r"(?:l[oa]s?|el) siguientes?(?: \w+){0,2}\s?[:.]?\Z|"
    r"a continuacion\s?[:.]?\Z|^(?:estos|estas) (?:incluyen|son)\s?[:.]?\Z",
}
#: What a pointer goes on with in its next sentence.
_GOING_ON = {
    "en": r"we (?:also |will |then )*(?:describe|discuss|look|explain|list|cover|"
    r"outline|explore|review|give|share)\b|read on|learn (?:more|about)",
    "es": r"(?:tambien )?(?:explicamos|describimos|hablamos|veremos)\b",
}
#: Words after which nothing ends, neither a sentence nor an item.
_UNFINISHED = {
    "en": r"(?:a|an|the|and|or|but|of|your|their|its|our|my|such as|that|which|"
    r"because|including|than|if|very|says|said)",
    "es": r"(?:el|la|los|las|un|una|unos|unas|de|del|y|o|e|pero|al|en|con|por|para|"
    r"que|como|porque|su|sus|si|sin|muy|incluyendo|dice|dijo)",
}
#: The same of a sentence only: an item may be "things to look for".
_UNFINISHED_SENTENCE = {
    "en": r"(?:is|are|was|were|be|been|may|can|might|will|should|could|has|have|to|"
    r"into|by|from|with|as|at|for|in|on|when|while|not|also|usually|often|about|"
    r"between|through|during)",
    "es": r"(?:es|son|puede|pueden|debe|deben|ha|han|ser|estar|cuando|no|tambien|sobre|"
    r"entre|durante|se|a)",
}
_ATTRIBUTIONS = {
    "en": r"(?:stud(?:y|ies)|research|researchers|scientists|evidence|experts?|"
    r"doctors|specialists|data|surveys?|reviews?|trials?|reports?|guidelines) "
    r"(?:has |have |also |often |generally )?(?:shows?|shown|suggests?|suggested|"
    r"finds?|found|says?|said|believe|agree|indicates?|reports?|reported|recommends?|"
    r"estimates?|links?|linked|points?)\b|"
    r"according to (?:a|an|one|some|many|several|recent|the|experts?|research\w*|"
    r"doctors|stud\w+|dr\.?)\b|"
    r"(?:dr\.?|prof\.?|professor) [a-z]\w+|(?:says|said|explains) (?:dr|prof)\b\.?|"
    r"(?:19|20)\d\d (?:[\w-]+ ){0,3}(?:study|review|survey|report|trial|article|"
    r"analysis|paper)|"
    r"(?:a|an|one|another|some|many|several) (?:small |recent |large |new |older |"
    r"clinical |observational |published )+(?:study|studies|trials?|reviews?|surveys?)|"
    r"(?:one|another) (?:study|trial|survey|review)\b|"
    r"(?:a|the) (?:study|trial|survey|review) (?:of|in|from|on|published|by)\b|"
    r"trusted source",
    "es": r"(?:estudios?|investigaci\w+|investigadores|cientificos|expertos|medicos|"
    r"especialistas|datos|encuestas?|ensayos) (?:ha |han |tambien )?(?:muestra\w*|"
    r"sugier\w+|encontr\w+|demostr\w+|demuestr\w+|indic\w+|dice\w?|afirm\w+|"
    r"recomiend\w+|senal\w+|cre\w+)|"
    r"segun (?:un|una|los|las|el|la|algunos|expertos|estudios?|dra?\b)|"
    r"(?:un|una) (?:pequeno |reciente |nuevo )?(?:estudio|ensayo|encuesta|revision)"
    r"(?: (?:pequeno|reciente|de|en|publicad\w))|(?:dr|dra|prof)\. ?[a-z]\w+|"
    r"fuente (?:confiable|de confianza)",
}
_DEPENDS = {
    "en": r"depend(?:s|ing|ent)?\b|var(?:y|ies)\b|differs?\b|variety of|"
    r"different for every|(?:every|each) (?:person|body|case|one) is|hard to say|"
    r"many (?:possible |different )?(?:reasons|causes|factors|things)|"
    r"no (?:simple|single|one) answer",
    "es": r"depend\w+|varia[n]?\b|distint\w+ para cada|variedad de",
}
#: Left over between the words of an answer.
_TOKENS = {
    "en": r"(?<=[.…!?\s])(?:read|learn|continue) (?:more|reading)\W*\Z|"
    r"trusted source|was this (?:\w+ )?helpful\??(?: yes ?(?:/|\|)? ?no)?|"
    r"(?:read|learn|see) more(?: about [\w ]{1,40})?\s?[»>→›]|advertisement|"
    r"\[\d{1,3}\]|\[edit\]|\[citation needed\]|share (?:on|via) (?:facebook|twitter|"
    r"pinterest|email)|opens in (?:a )?new (?:tab|window)",
    "es": r"(?<=[.…!?\s])(?:leer|seguir) (?:m[aá]s|leyendo)\W*\Z|"
    r"fuente (?:confiable|de confianza)|publicidad|\[\d{1,3}\]|"
    r"[¿]?te (?:fue|resulto|resultó) [uú]til\??|(?:leer|ver|saber) m[aá]s\s?[»>→›]",
}
#: Headings of a page that a copy flattened into sentences of their own.
_FLATTENED = {
    "en": r"overview|summary|symptoms?|causes?|treatments?|diagnosis|prevention|"
    r"outlook|prognosis|risk factors|complications|(?:the )?takeaway|"
    r"(?:the )?bottom line|conclusion|introduction|home remedies|"
    r"(?:seeing|contacting|calling) (?:a|your|the) doctor|"
    r"when to (?:see|call|contact) (?:a|your|the) doctor|(?:faqs?|q&a)|"
    r"frequently asked questions|definition|types|(?:key|fast|quick) facts|"
    r"at a glance|related (?:articles|reading|topics|conditions)|advertisement|"
    r"read (?:more|next)|learn more|see more|share|print|trusted source|"
    r"was this (?:\w+ )?helpful|sources?|references|back to top|skip to content|"
    r"what to know|things to know|next|previous|on this page|"
    r"(?:medically|clinically|fact) (?:reviewed|checked)"
    r"(?: (?:by|on) [\w .,'-]{1,60})?",
    "es": r"resumen|sintomas|causas|tratamientos?|diagnostico|prevencion|pronostico|"
    r"factores de riesgo|complicaciones|conclusion|introduccion|remedios caseros|"
    r"cuando (?:ver|consultar|acudir)(?: al| a un)? medico|preguntas frecuentes|"
    r"definicion|tipos|datos clave|publicidad|leer mas|ver mas|compartir|"
    r"fuente (?:confiable|de confianza)|fuentes?|referencias",
}


def _all(patterns: dict[str, str], around: str) -> dict[str, re.Pattern[str]]:
    return {
        language: re.compile(around.replace("@", pattern), re.IGNORECASE)
        for language, pattern in patterns.items()
    }


MORE_ITEMS = _all(_MORE_ITEMS, r"\b@\s{0,3}(?:\.{2,3}|…)?\s{0,3}[•·]?")
POINTERS = _all(_POINTERS, r"\b(?:@)")
ANNOUNCING = _all(_ANNOUNCING, r"(?:@)")
UNFINISHED = _all(_UNFINISHED, r"\b@\Z")
GOING_ON = _all(_GOING_ON, r"\A(?:@)")
UNFINISHED_SENTENCE = _all(_UNFINISHED_SENTENCE, r"\b@\Z")
ATTRIBUTIONS = _all(_ATTRIBUTIONS, r"\b(?:@)")
DEPENDS = _all(_DEPENDS, r"\b(?:@)")
TOKENS = _all(_TOKENS, r"(?:@)")
FLATTENED = _all(_FLATTENED, r"(?:@)[.!?:]?\Z")
NUMBERS = {
    language: {word: value for value, word in enumerate(words.split(), start=2)}
    for language, words in _NUMBERS.items()
}
COUNTS = {
    language: re.compile(
        rf"\b({'|'.join(words.split())}|[2-9]|1\d)\s(?:[\w-]+ ){{0,3}}?"
        rf"({_COUNTED[language]})\b",
        re.IGNORECASE,
    )
    for language, words in _NUMBERS.items()
}
#: What a question asks to be told apart: without the list there is no answer.
_KINDS = {
    "en": r"types?|kinds?|forms?|classes|stages|categories|groups|phases|levels|grades|"
    r"degrees|varieties|sorts|examples?",
    "es": r"tipos|clases|formas|etapas|categorias|grupos|fases|grados|niveles|ejemplos",
}
KINDS = _all(_KINDS, r"\b(?:@)\b")
