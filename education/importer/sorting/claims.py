"""What a sentence of an answer claims on matters on which answers contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator

from education.importer.sorting.asking import spoken, stem_of
from education.importer.sorting.durations import duration_in

_GONE = re.compile(
    r"\b(?:last|lasts|go away|goes away|subside|resolve|resolves|pass|stop|over|heal|"
    r"disappear|clear|take|takes|gone|better)\b",
    re.IGNORECASE,
)
_NO_TREATMENT = re.compile(
    r"\b(?:not|never|rarely|seldom|n[o']t)\b[^.]{0,20}\b(?:need|require)s?\b[^.]{0,15}"
    r"\b(?:treat\w*|medicine)|\bwithout (?:any )?treatment\b|\bno treatment\b|"
    r"\b(?:on (?:its|their) own|by (?:itself|themselves))\b",
    re.IGNORECASE,
)
_TREATMENT = re.compile(
    r"\b(?:must|need to|needs to|has to|have to|should)(?: always)? be treated\b|"
    r"\b(?:resolved?|go(?:es)? away|improves?) (?:only )?with treatment\b|"
    r"\balways (?:needs?|requires?)\b[^.]{0,20}\btreat\w*|"
    r"\b(?:not|never) (?:go away|goes away|resolve|heal|pass|clear up)\b[^.]{0,20}"
    r"\b(?:own|itself|themselves|treatment)\b",
    re.IGNORECASE,
)
_ON_TREATMENT = re.compile(r"treat|medicine|own\b|itself|themselves", re.IGNORECASE)
_STAYS = re.compile(
    r"\b(?:not (?:improve|get better|go away|respond)|persists?|continues?|recurs?|"
    r"keeps? coming back|gets? worse)\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\b(?:immediate(?:ly)?|right away|at once|emergency|911|urgent(?:ly)?)\b",
    re.IGNORECASE,
)
_SOME_TIME = re.compile(
    r"\b(?:may|might|can|could|consider)\b[^.]{0,40}\b(?:consult\w*|see|seeing|talk\w*|"
    r"ask\w*|visit\w*)\b|\bno need to (?:see|call)\b|\bmake an appointment\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?P<before>[^.]*?) (?:is|are) (?:by far )?(?:the|a) "
    r"(?:most common|main|leading|number one|usual|primary) (?:causes?|reasons?)\b|"
    r"(?:most common|main|leading|number one|usual|primary) (?:causes?|reasons?)\b"
    r"[^.]*? (?:is|are) (?P<after>[^.]*)|"
    r"(?:mostly|usually|most often|often) (?:caused by|occurs? as a result of|"
    r"(?:happens?|occurs?) because of|due to|the result of) (?P<by>[^.]*)",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"^(?P<yes>yes)\b|^(?P<no>no)\b(?! matter|t )", re.IGNORECASE)
_COUNT = re.compile(
    r"\b(?:there are|has|have|comes? in|divided into)\b[^.]{0,20}?"
    r"\b(?P<count>two|three|four|five|six|seven|2|3|4|5|6|7) (?:\w+ ){0,2}?"
    r"(?:types?|kinds?|forms|classes|stages|phases|groups)\b",
    re.IGNORECASE,
)
_SAYING_HOW_LONG = frozenset({"goes away by itself", "outlook", "what it is like"})
_COUNTED = frozenset({"types", "classes", "stages"})
_SAYING_WHY = frozenset({"causes", "meaning", "risk"})
_DIGITS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7"}
_SHARE = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|percent)")
_NOTHING = """
    muscle other cause causes reason common most main often some many one the and or of
    in as a an too much little not
"""
_CAUSING_NOTHING = frozenset(stem_of(word) for word in _NOTHING.split())


def matters_of(
    sentence: str, want: str, is_first: bool
) -> Iterator[tuple[str, object]]:
    """The matters on which a sentence takes a side, and which."""
    if want == "how long" or (want in _SAYING_HOW_LONG and _GONE.search(sentence)):
        span = duration_in(sentence)
        if span:
            yield "How long", span
    treated = untreated = None
    if _ON_TREATMENT.search(sentence):
        treated, untreated = _TREATMENT.search(sentence), _NO_TREATMENT.search(sentence)
    if bool(treated) != bool(untreated):
        yield "Whether treatment is needed", "yes" if treated else "no"
    elif treated and untreated:
        yield "Whether treatment is needed", "yes"
    if _STAYS.search(sentence):
        at_once, some_time = _AT_ONCE.search(sentence), _SOME_TIME.search(sentence)
        if bool(at_once) != bool(some_time):
            yield "When to see a doctor", "at once" if at_once else "some time"
    leading = _LEADING.search(sentence) if want in _SAYING_WHY else None
    if leading:
        named = leading["before"] or leading["after"] or leading["by"] or ""
        things = frozenset(map(stem_of, spoken(named).split())) - _CAUSING_NOTHING
        if things:
            yield "The leading cause", things
    answered = _YES_OR_NO.match(sentence)
    if answered and is_first:
        yield "Yes or no", "yes" if answered["yes"] else "no"
    counted = _COUNT.search(sentence) if want in _COUNTED else None
    if counted:
        count = counted["count"].casefold()
        yield "How many there are", _DIGITS.get(count, count)
    shares = _SHARE.findall(sentence)
    if len(shares) == 1 and want in ("how common", "cure", "life expectancy"):
        yield "How many", float(shares[0])
