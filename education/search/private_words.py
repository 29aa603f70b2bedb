"""Searches that may say who somebody is; they are not counted in any form."""

from __future__ import annotations

import re
import unicodedata

_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    "|ene|abr|ago|dic|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    "|septiembre|setiembre|octubre|noviembre|diciembre"
)

_PRIVATE = re.compile(
    "|".join(
        (
            # E-mail and web addresses
            r"@",
            r"\bwww\.",
            r"://",
            r"\w\.(?:com|org|net|edu|gov)\b",
            r"\b(?:gmail|hotmail|outlook|yahoo|icloud|proton ?mail)\b",
            # Numbers of records and accounts
            r"\d{5}",
            # Phone, social security, health service and card numbers
            r"(?:\d[\s().,/+_-]*){7}",
            r"\b\d{3}[\s.-]\d{2}[\s.-]\d{4}\b",
            r"\b[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-z]\b",
            # Dates, such as those of birth
            r"\b\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}\b",
            rf"\b(?:{_MONTHS})[a-z]*\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?\d{{4}}\b",
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:de\s+|of\s+)?(?:{_MONTHS})[a-z]*\b",
            r"\b(?:dob|born|nacido|nacida)\b.*\d",
        )
    )
)


def is_private(text: str) -> bool:
    """Whether the text holds what looks like an address, a phone or other number of a
    person, or a date.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    digits = "".join(
        str(unicodedata.decimal(mark, mark)) if mark.isdecimal() else mark
        for mark in plain
        if unicodedata.category(mark) != "Cf"
    )
    dashes = re.sub(r"[\u2010-\u2015\u2212]", "-", digits)
    return _PRIVATE.search(dashes) is not None
