"""Words that may say who somebody is: addresses, phone and other numbers, dates.

Names, and what a sentence tells between its words, no pattern can find.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile

#: What stands where something was taken out.
REMOVED = "[removed]"

_FULL_MONTHS = (
    "january|february|march|april|june|july|august|september|october|november|december"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre"
    "|noviembre|diciembre"
)
_SHORT_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    "|ene|abr|ago|dic|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    "|septiembre|setiembre|octubre|noviembre|diciembre"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NUMERIC_DATE = r"\b\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}\b"
_YEAR = r"(?:19|20)\d{2}"
#: Not a dose or an amount, such as "2000 mg".
_NO_AMOUNT = (
    r"(?!\d|[.,]\d|\s?(?:mc?g|g|ml|iu|ui|units?|calories|k?cal|steps|people|men|women"
    r"|children|patients)\b)"
)
_DATE_WITH_YEAR = "|".join(
    (
        rf"\b\d{{1,2}}[\s./-]{{1,3}}\d{{1,2}}[\s./-]{{1,3}}{_YEAR}{_NO_AMOUNT}\b",
        # Months and years. "1/2000" is rather how many people have something.
        rf"\b(?:0[1-9]|1[0-2])\s?[/.-]\s?{_YEAR}{_NO_AMOUNT}\b",
        rf"\b[1-9]\s?[/.-]\s?19\d{{2}}{_NO_AMOUNT}\b",
        rf"\b{_YEAR}[/-](?:0[1-9]|1[0-2])\b{_NO_AMOUNT}",
        rf"\b(?:{_FULL_MONTHS}|(?:{_SHORT_MONTHS}|sept)\b\.?)[\s,./-]{{1,3}}(?:de\s+|of\s+)?"
        rf"(?:{_YEAR}|'\d{{2}}){_NO_AMOUNT}\b",
        rf"\b{_DAY}[./-]\s?(?:{_FULL_MONTHS}|{_SHORT_MONTHS}|sept)[./-]\s?\d{{2,4}}\b",
    )
)
#: Endings of web addresses. Not here are those that are words or units as well, such
#: as "it" or "ml": they may follow a full stop that has no space behind it.
_ENDING = (
    "(?:com|org|net|edu|gov|info|biz|io|app|dev|xyz|uk|co|eu|ca|mx|de|fr|es|nl|ch|pl|se"
    "|dk|fi|cz|hu|ru|ua|jp|cn|kr|br|cl|ar|nz|au|gr|tr|za|tv)"
)
#: With something behind them, the others too: "t.me/john".
_ADDRESS = rf"\b[\w-]+(?:\.[\w-]+)*\.(?:{_ENDING}\b(?:/\S*)?|[a-z]{{2}}/[\w@+-]\S*)"
#: A digit of a longer number, and what may stand before the next. The colon of a time
#: of day, such as 8:30, ends the number, and so does a semicolon.
_NEXT_DIGIT = r"\d(?!:[0-5]\d(?!\d))(?:[^\w;]|_){0,4}"
_INSURANCE_NUMBER = r"\b[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-z]\b"

_PRIVATE = re.compile(
    "|".join(
        (
            # E-mail and web addresses
            r"@",
            r"\bwww\.",
            r"://",
            _ADDRESS,
            r"\b(?:gmail|hotmail|outlook|yahoo|icloud|proton ?mail)\b",
            # Numbers of records and accounts
            r"\d{5}",
            # Phone, social security, health service and card numbers
            r"(?:\d[\W_]*){7}",
            r"\b\d{3}[\s.-]\d{2}[\s.-]\d{4}\b",
            _INSURANCE_NUMBER,
            # Dates, such as those of birth
            _NUMERIC_DATE,
            _DATE_WITH_YEAR,
            rf"\b(?:{_SHORT_MONTHS})[a-z]*\.?\s+(?:{_DAY},?\s+)?\d{{4}}\b",
            rf"\b{_DAY}\s+(?:de\s+|of\s+)?(?:{_SHORT_MONTHS})[a-z]*\b",
            r"\b(?:dob|born|nacido|nacida)\b.*\d",
        )
    )
)

_MONTH = rf"(?:{_FULL_MONTHS}|(?:{_SHORT_MONTHS}|sept)\b\.?)"
_DIGIT_WORD = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_NAME = r"[\w.+%'-]+"
_AT = r"(?:\s?@\s?|\s?[(\[]\s?at\s?[)\]]\s?)"
_DOT = r"(?:\.|\s?[(\[]\s?dot\s?[)\]]\s?|\sdot\s)"

#: Unlike `_PRIVATE`, each takes in the whole of what it finds, and nothing more.
_MASKED = re.compile(
    "|".join(
        (
            # Web addresses, then those of e-mail, also spelled out
            r"[a-z][a-z0-9+.-]*://\S+",
            r"\bwww\.\S+",
            rf"{_NAME}{_AT}[\w-]+(?:{_DOT}[\w-]+)*",
            rf"{_NAME}\sat\s[\w-]+(?:{_DOT}[\w-]+)+",
            r"@[\w.-]+",
            _ADDRESS,
            r"\b(?:gmail|hotmail|icloud|proton ?mail)\b",
            # When somebody was born, as far as the number
            r"\b(?:dob|d\.o\.b\.?|date of birth|birthday|born|nacid[oa])\b"
            r"[^\n!?]{0,25}?\d[\w/.,-]*(?:[\s/.-]+\d[\w/.-]*)*",
            # Dates
            rf"\b{_DAY}\s+(?:(?:of|de)\s+)?{_MONTH},?\s+(?:de\s+)?\d{{2,4}}\b",
            rf"\b{_DAY}\s+(?:(?:of|de)\s+)?(?:{_FULL_MONTHS})\b",
            r"\b\d{1,2}(?:st|nd|rd|th)\s+(?:of\s+)?may\b",
            rf"\b{_MONTH}\s+{_DAY},?\s+\d{{4}}\b",
            rf"\b(?:{_FULL_MONTHS}|may)\s+(?:\d{{4}}|{_DAY})\b",
            _DATE_WITH_YEAR,
            # Numbers of phones, cards, records and insurance
            rf"[+(]*(?:{_NEXT_DIGIT}){{6,}}\d(?:\s?(?:ext|x)\.?\s?\d+)?",
            r"\b\w*\d{5,}\w*",
            rf"(?:\b{_DIGIT_WORD}\b[\s,.-]*){{6,}}\b{_DIGIT_WORD}\b",
            _INSURANCE_NUMBER,
            _NUMERIC_DATE,
        )
    )
)


def is_private(text: str) -> bool:
    """Whether the text holds what looks like an address, a phone or other number of a
    person, or a date.
    """
    return _PRIVATE.search(_plain(text)[0]) is not None


def masked(text: str) -> str:
    """The text with `REMOVED` in place of each such thing; all else stays as it is."""
    plain, places = _plain(text)
    kept, end = [], 0
    for found in _MASKED.finditer(plain):
        start = places[found.start()]
        if kept and not text[end:start].strip():
            start = end  # two of them side by side are one
        else:
            kept += [text[end:start], REMOVED]
        end = max(end, start, places[found.end() - 1] + 1)
        # Marks upon what is taken out go with it.
        end += sum(1 for _ in takewhile(_is_unseen, text[end:]))
    return "".join([*kept, text[end:]])


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with every digit, dash and letter in its plainest form, without marks
    that do not show; and for each of its characters the place that it came from.
    """
    plain, places = [], []
    for place, mark in enumerate(text):
        for part in unicodedata.normalize("NFKC", mark).casefold():
            if _is_unseen(part):
                continue
            if part.isdecimal():
                part = str(unicodedata.decimal(part))
            elif part in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212":
                part = "-"
            plain.append(part)
            places.append(place)
    return "".join(plain), places


def _is_unseen(mark: str) -> bool:
    """Whether it does not show, or only upon the mark before it."""
    return unicodedata.category(mark) in ("Cf", "Mn", "Me")
