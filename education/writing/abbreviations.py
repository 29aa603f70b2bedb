"""Short forms that a page uses without saying what they stand for."""

import re
from collections.abc import Collection, Iterator

_KNOWN = """
AM CD DNA DVD EE EU FAQ GPS HIV ID OK PIN PM SMS SPF TV UK US USA UU UV
"""
_LOUD = """
ALL AND ANY ARE ASK AT CALL DO DONT FOR IF IN IS IT MUST NEVER NI NO NOT NOW NUNCA OF ON
ONLY OR SEE SI STOP THE TO WARN YES YOU
"""
#: Short forms that nobody spells out, in English and Spanish.
KNOWN = frozenset(_KNOWN.split())
#: Words that are written large for their weight, and stand for nothing.
LOUD = frozenset(_LOUD.split())

#: So many short forms of one text are looked at.
MOST = 30

_SHORT_FORM = re.compile(r"(?<![\w.])[A-Z]{2,6}(?=s?(?![\w]))")
_ROMAN = re.compile(r"(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})$")


def unexplained(text: str, explained: Collection[str] = ()) -> list[str]:
    """Short forms in the text that are never spelled out, each once, in order.

    Spelled out is "magnetic resonance imaging (MRI)" or "MRI (magnetic resonance
    imaging)", anywhere in the text; `explained` are others that readers are told.
    """
    forms = [
        form
        for form in dict.fromkeys(_SHORT_FORM.findall(text))
        if form not in KNOWN
        and form not in LOUD
        and form not in explained
        and not _ROMAN.match(form)
    ]
    # A text that is all short forms is not worth more of anybody's time.
    return [form for form in forms[:MOST] if not _is_spelled_out(form, text)]


def _is_spelled_out(form: str, text: str) -> bool:
    name = re.escape(form)
    # "imaging (MRI)", "vein (thrombosis, or DVT)", "kinase (also called CK or CPK)"
    before = (
        rf"[^\W\d_]{{3,}} ?\((?:[^()\n]{{0,60}}, )?"
        rf"(?:(?:also|called|known|as|or|and|the|an?|[A-Z]{{2,6}}s?) ){{0,5}}{name}s?\b"
    )
    # "MRI (imaging)", "MAO inhibitor (a medicine for depression)"
    after = rf"\b{name}s?(?:[ ,]{{1,2}}\w+){{0,2}} ?\([^()\n]{{0,80}}\b[a-z]{{3,}}"
    called = rf"\bcalled (?:the |an? )?{name}s?\b"
    return any(re.search(pattern, text) for pattern in (before, after, called))


def explained_terms(text: str) -> Iterator[str]:
    """Words that a bracket explains or that explain one: "dyspnea (short breath)"."""
    for before, inside in re.findall(r"([^\W\d_]+) \(([^()\n]{1,80})\)", text):
        yield before.lower()
        held = inside.lower().split()
        if len(held) <= 3:
            yield from held
