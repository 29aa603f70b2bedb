"""Where sentences and words begin and end."""

import re

_CAPITAL = "A-ZÁÀÂÄÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜÝ"
_SENTENCE_END = re.compile(
    rf"(?<=[.!?])[\"'”’)\]]{{0,3}}\s+(?=[{_CAPITAL}0-9\"'“‘(¿¡])"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")
_CLOSING = "\"'”’)]"
_SHORT_DOTS = re.compile(
    r"\b(Dr|Dra|Mr|Mrs|Ms|Sr|Sra|St|vs|e\.g|i\.e|p\. ?ej|U\.S|EE\. ?UU)\.",
    re.IGNORECASE,
)


def pieces(text: str) -> list[str]:
    """The sentences of a text and, as they stand, the lines that are none.

    The text has one line for each paragraph, heading or list item.
    """
    found = []
    for line in text.splitlines():
        line = _SHORT_DOTS.sub(r"\1", line.strip())
        found += [piece for piece in _SENTENCE_END.split(line) if piece]
    return found


def sentences(text: str) -> list[str]:
    """The whole sentences of a text.

    A piece that does not end like a sentence is a fragment and is left out: short
    list items and headings would fake a low grade.
    """
    return [
        piece
        for piece in pieces(text)
        if piece.rstrip(_CLOSING).endswith((".", "!", "?"))
    ]


def sentence_ends(text: str) -> list[int]:
    """Where in a paragraph its sentences end; a last piece without an end has none."""
    short = {match.end() for match in _SHORT_DOTS.finditer(text)}
    ends = [
        match.start() + len(match[0].rstrip())
        for match in _SENTENCE_END.finditer(text)
        if match.start() not in short
    ]
    if text.rstrip(_CLOSING).endswith((".", "!", "?")):
        ends.append(len(text))
    return ends


def words(sentence: str) -> list[str]:
    """The words and numbers of a sentence, without punctuation."""
    return _WORD.findall(sentence)


def quote(text: str, most: int = 12) -> str:
    """The beginning of a text in quotation marks: enough to find it again."""
    said = text.split()
    more = " …" if len(said) > most else ""
    return f"“{' '.join(said[:most])}{more}”"
