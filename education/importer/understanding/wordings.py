"""The words by which kinds of lines are told apart, in each language.

Every pattern is short and starts at a word or at the beginning of a line, so that one
line of many megabytes is read once.
"""

from __future__ import annotations

import re
import unicodedata

#: Words that a question begins with.
_QUESTION_WORDS = {
    "en": r"what|what'?s|which|who|whom|whose|when|where|why|how|is|are|am|was|were|"
    r"do|does|did|can|could|should|will|would|has|have|may|might|must",
    "es": r"que|cual|cuales|quien|quienes|cuando|donde|por que|como|cuanto|cuanta|"
    r"cuantos|cuantas|es|son|hay|puede|puedo|pueden|debo|se puede|en que|a que|de que|"
    r"para que",
}
#: Beginnings that ask even where the question mark is missing.
_ASKING = {
    "en": r"(?:what|which|who|when|where|why|how)(?:'s| (?:is|are|was|do|does|did|can|"
    r"could|should|will|would|causes?|happens?|helps?|long|often|many|much|common|"
    r"soon|if|to|about|type|types|kinds?|medicines?|medications?|foods?|tests?|"
    r"treatments?|doctor|triggers?|makes?|has|have))|"
    r"(?:is|are|can|does|do|should|will|could) (?:i|you|it|there|my|a|an|the|people|"
    r"someone|we|children|adults|\w+ing)",
    "es": r"(?:que|cual|cuales|quien|cuando|donde|por que|como|cuanto|cuanta|cuantos) "
    r"(?:es|son|se|causa|causan|debo|debe|puede|puedo|hay|hacer|tiempo|dura|pasa|"
    r"tipos?|sintomas|medicamentos?|significa|me|tan)",
}
#: What a line that is left over from a web page says, from its beginning to its end.
_RESIDUE = {
    "en": r"advertisements?|ad|sponsored(?: content)?|trusted source|"
    r"was this (?:\w+ )?helpful|yes no|read (?:more|next|full article)|"
    r"(?:see|show|view|learn|load|more) (?:more|all|less|info|information|details)|"
    r"more items|share(?: (?:this|on|via)(?: \w+){0,3})?|print(?: this)?(?: page)?|"
    r"(?:tweet|pin|email|facebook|twitter|pinterest|whatsapp|linkedin|instagram)"
    r"(?: (?:this|tweet|pin|email|facebook|twitter|pinterest|whatsapp|linkedin)){0,5}|"
    r"(?:accept|reject|manage)(?: all)?(?: (?:cookies|preferences))?|cookie \w+|"
    r"we use cookies.{0,200}|this (?:web)?site uses cookies.{0,200}|"
    r"privacy policy|terms (?:of (?:use|service)|and conditions)|"
    r"(?:skip|back) to (?:\w+ ){0,2}\w+|sign (?:up|in)(?: \w+){0,5}|log in|subscribe"
    r"(?: \w+){0,4}|(?:get|join) (?:our|the) (?:\w+ ){0,2}newsletter|menu|search|home|"
    r"(?:medically|clinically|fact) (?:reviewed|checked) (?:by|on)\b.{0,100}|"
    r"(?:last |up)?(?:updated|reviewed)(?: (?:on|by))?:?\b.{0,60}|"
    r"(?:all rights reserved|copyright|©).{0,80}|people also ask|related searches|"
    r"feedback|"
    r"about (?:this result|featured snippets)|(?:image|photo) (?:credit|source)"
    r".{0,80}|sources?|references|next|previous|jump to(?: \w+){0,4}|"
    r"seeing a doctor|table of contents|click here(?: \w+){0,6}|"
    r"continue reading(?: \w+){0,5}|scroll (?:down|to)(?: \w+){0,5}|"
    r"(?:follow|like) us(?: \w+){0,3}|https?://\S+|www\.\S+|"
    r"on this page|in this article|"
    r"(?:find|book|make|request) an? (?:\w+ )?(?:appointment|doctor)(?: \w+){0,4}",
    "es": r"publicidad|anuncio|fuente confiable|fuente de confianza|"
    r"(?:te|le|les)? ?(?:fue|resulto|ha sido|ha resultado)? ?util.{0,40}|si no|"
    r"(?:leer|ver|mostrar|saber|conocer) (?:mas|todo|menos)|mas elementos|"
    r"compartir(?: \w+){0,4}|imprimir|(?:facebook|twitter|whatsapp|correo)"
    r"(?: (?:facebook|twitter|whatsapp|correo)){0,3}|"
    r"(?:aceptar|rechazar)(?: todas)?(?: las)? ?(?:cookies)?|"
    r"(?:usamos|utilizamos|este sitio).{0,20}cookies.{0,200}|politica de \w+|"
    r"iniciar sesion|suscrib\w+(?: \w+){0,4}|menu|buscar|inicio|"
    r"(?:revisado|actualizado)\b.{0,60}|otras preguntas de los usuarios|"
    r"busquedas relacionadas|fuentes?|referencias|https?://\S+|www\.\S+|"
    r"volver arriba|siguiente|anterior",
}
#: Headings that say nothing of what stands under them.
_EMPTY_HEADING = {
    "en": r"overview|introduction|summary|at a glance|conclusion|(?:the )?takeaway|"
    r"(?:the )?bottom line|general information|background",
    "es": r"resumen|introduccion|generalidades|conclusion|informacion general",
}
#: Small words that headings do not write with a capital.
_SMALL = {
    "en": "a an and as at by for from in into of on or per the to vs with your",
    "es": "a al con de del e el en la las lo los o para por sin su sus un una y",
}
#: Words that lead in to a list: what stands before the colon is no heading.
_LEADING_IN = {
    "en": r"\b(?:include[sd]?|including|are|is|following|these|such as|may|can|try|"
    r"if|involve|have|has|like|there|goes?|falls?|comes?|helps?|causes|depends?|"
    r"needs?|through|into|must|should|do|does|two|three|four|five|six|seven|\d+)\b",
    "es": r"\b(?:incluyen?|son|es|siguientes?|estos|estas|como|pueden?|si|hay|tienen?|"
    r"dividen|"
    r"pasa|ayudan?|causan?|dos|tres|cuatro|cinco|seis|\d+)\b",
}


#: Letters with accents, and the letter below.
_PLAIN = {
    code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x250)
} | {ord("’"): "'"}


def folded(text: str) -> str:
    """Lower case, without accents: letter for letter, so that offsets stay."""
    plain = text.lower() if text.isascii() else text.translate(_PLAIN).lower()
    return plain if len(plain) == len(text) else text


def _each(patterns: dict[str, str], around: str) -> dict[str, re.Pattern[str]]:
    return {
        language: re.compile(around.replace("@", pattern))
        for language, pattern in patterns.items()
    }


YES_OR_NO = re.compile(r"\W*(?:yes|no|si)\W*\Z")
QUESTION_WORDS = _each(_QUESTION_WORDS, r"(?:@)\b")
ASKING = _each(_ASKING, r"(?:@)\b")
RESIDUE = _each(_RESIDUE, r"\W*(?:@)\W*\Z")
EMPTY_HEADING = _each(_EMPTY_HEADING, r"\W*(?:@)\W*\Z")
LEADING_IN = _each(_LEADING_IN, r"(?:@)")
SMALL = {language: frozenset(words.split()) for language, words in _SMALL.items()}


def known_language(language: str) -> str:
    """The language whose words are used: English where we have none of its own."""
    return language if language in _QUESTION_WORDS else "en"
