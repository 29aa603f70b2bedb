"""How long something takes, as a text says it: in minutes, from and to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {
    "second": 1 / 60,
    "minute": 1,
    "hour": 60,
    "day": 24 * 60,
    "week": 7 * 24 * 60,
    "month": 30 * 24 * 60,
    "year": 365 * 24 * 60,
}
_NUMBERS = {
    "a": (1, 1), "an": (1, 1), "one": (1, 1), "two": (2, 2), "three": (3, 3),
    "four": (4, 4), "five": (5, 5), "six": (6, 6), "seven": (7, 7), "eight": (8, 8),
    "nine": (9, 9), "ten": (10, 10), "twelve": (12, 12), "a few": (2, 5),
    "few": (2, 5), "a couple of": (2, 3), "several": (3, 9), "many": (3, 12),
    "": (1, 9),
}  # fmt: skip
_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
_HOW_MANY = (
    r"(?:\d+(?:\.\d+)?|a few|few|a couple of|several|many|an?|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|twelve)"
)
_LASTS = re.compile(
    rf"(?:(?P<low>{_HOW_MANY})?[ -]?(?P<low_unit>{_UNIT})?"
    rf"(?: to | or up to | and | or even | or |[-–]| up to )(?:up to |even )?)?"
    rf"(?P<high>{_HOW_MANY})?[ -]?(?P<unit>{_UNIT})\b(?P<more> or (?:longer|more))?",
    re.IGNORECASE,
)
#: Ends so far apart are another answer; nearer ones are two ways to round.
MUCH_LONGER = 2


@dataclass(frozen=True)
class Duration:
    """From and to, in minutes; `words` say it, `is_open` where it may be longer."""

    low: float
    high: float
    words: str
    is_open: bool = False

    def differs_from(self, other: Duration) -> bool:
        """Whether both cannot be right: apart, or one ends much sooner."""
        if self.low > other.high or other.low > self.high:
            return True
        long, short = sorted((self.high, other.high), reverse=True)
        is_vague = self.high == other.high
        return not is_vague and long >= short * MUCH_LONGER


def duration_in(sentence: str) -> Duration | None:
    """The first time span that a sentence says, or None."""
    for match in _LASTS.finditer(sentence):
        high = _minutes(match["high"] or "", match["unit"])
        low = high
        if match["low"] or match["low_unit"]:
            low = _minutes(match["low"] or "", match["low_unit"] or match["unit"])
        is_up_to = re.search(r"up to ?$", sentence[: match.start()], re.IGNORECASE)
        return Duration(
            low=0 if is_up_to else min(low[0], high[0]),
            high=max(low[1], high[1]) * (MUCH_LONGER if match["more"] else 1),
            words=match[0].strip(),
            is_open=bool(match["more"]),
        )
    return None


def _minutes(number: str, unit: str) -> tuple[float, float]:
    word = number.casefold()
    if word[:1].isdigit():
        low = high = float(word)
    else:
        low, high = _NUMBERS.get(word, _NUMBERS[""])
    short = {"sec": "second", "min": "minute", "hr": "hour"}
    name = unit.casefold().rstrip("s")
    size = _UNITS[short.get(name, name)]
    return low * size, high * size
