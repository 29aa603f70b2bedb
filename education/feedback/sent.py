"""What a reader sent, parsed once; what cannot be taken is refused with a sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.http.request import UnreadablePostError

from education.feedback.hidden_keys import scrambled, unscrambled
from education.feedback.origin import comes_from_here
from education.models.feedback import MOST_CHARACTERS

#: Of a whole form, in bytes. Browsers send 400 characters as 5 kB at the most.
LARGEST_FORM = 64 * 1024
#: A field that no reader sees. Programs that fill in every field fill in this one.
TRAP = "website"
#: Of the second step, in seconds since the first: nobody writes faster.
SHORTEST = 2
#: And so long the second step may follow.
LONGEST = 24 * 60 * 60

_NUMBER = re.compile(r"[0-9]{1,18}")
_SIGNER = Signer(salt="education.feedback.ticket")
#: They would turn round what stands beside the words where these are read.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Refused(Exception):
    """What was sent cannot be taken. The sentence says why, and what to do."""

    def __init__(self, sentence: str, status: int = 400, wait: int = 0) -> None:
        """`wait` is how many seconds to wait before it is sent again, if it may be."""
        super().__init__(sentence)
        self.sentence, self.status, self.wait = sentence, status, wait


@dataclass(frozen=True)
class Ticket:
    """Lets whoever answered yes or no add words to that answer, and says no more.

    The key of the answer is scrambled, so that nobody counts how many answers came in.
    """

    answer: int
    given_at: int

    def __str__(self) -> str:
        return _SIGNER.sign_object(
            [scrambled(self.answer), self.given_at], compress=False
        )

    @classmethod
    def read(cls, text: str) -> Ticket:
        """Raises Refused where it was not made here."""
        try:
            hidden, given_at = _SIGNER.unsign_object(text)
            answer = unscrambled(hidden)
        except (BadSignature, ValueError, TypeError) as error:
            raise Refused(
                "We do not know which page you mean. Go back to the page, and press "
                "Yes or No there."
            ) from error
        return cls(answer, given_at)

    def check_time(self, now: datetime, is_writing: bool) -> None:
        """Raises Refused where it is too late, or too early for words."""
        age = now.timestamp() - self.given_at
        if age > LONGEST:
            raise Refused(
                "You answered more than a day ago, so nothing can be added now. Go "
                "back to the page, and press Yes or No again.",
                410,
            )
        if is_writing and age < SHORTEST:
            raise Refused(
                "That was very quick. Please press Send again.", 429, SHORTEST
            )


def fields_of(request: HttpRequest) -> QueryDict:
    """The fields of a form. Raises Refused before anything is read where it may not."""
    if not comes_from_here(request):
        raise Refused(
            "This was sent from another website, so we did not take it. Open the page "
            "here, and press Yes or No.",
            403,
        )
    if _length(request) > LARGEST_FORM:
        raise Refused(
            f"That is far too long. At most {MOST_CHARACTERS} characters can be sent.",
            413,
        )
    if request.content_type != "application/x-www-form-urlencoded":
        raise Refused("We could not read that. Please use the form on the page.")
    try:
        return request.POST
    except (BadRequest, SuspiciousOperation, UnreadablePostError) as error:
        raise Refused(
            "We could not read that. Please use the form on the page."
        ) from error


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if _NUMBER.fullmatch(said) else LARGEST_FORM + 1


def refuse_the_trapped(fields: QueryDict) -> None:
    """Raises Refused where the field is filled in that people leave empty."""
    if fields.get(TRAP, ""):
        raise Refused(
            "A field was filled in that has to stay empty: some browsers do that by "
            "themselves. It is empty again, so please send your answer once more."
        )


def number(text: str) -> int | None:
    """A key of the database; None where the text is no such number."""
    return int(text) if _NUMBER.fullmatch(text) else None


def is_helpful(fields: QueryDict) -> bool:
    """Raises Refused where neither was chosen."""
    answer = fields.get("helpful", "")
    if answer not in ("yes", "no"):
        raise Refused("Nothing was chosen. Please press Yes or No.")
    return answer == "yes"


def legible(text: str) -> str:
    """The words without line ends of other systems, and without what cannot be read."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        mark
        for mark in unified
        if mark in "\n\t"
        or (unicodedata.category(mark) not in ("Cc", "Cs") and mark not in _TURNING)
    ).strip()


def short_enough(words: str) -> str:
    """The words. Raises Refused where there are too many."""
    if len(words) > MOST_CHARACTERS:
        raise Refused(
            f"You wrote {len(words):,} characters. At most {MOST_CHARACTERS} can be "
            "sent. Please make it shorter."
        )
    return words
