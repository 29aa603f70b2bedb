"""Counts what people search for, without keeping who, where from or at what time.

A search writes nothing: it is noted in memory, and what was noted is written together,
after an answer has gone out, at most once a minute. Until then it may be lost, which is
better than a search that waits for the database or fails with it.

What is counted is the term: its folded words in the order in which they were typed,
without little words. Every term has two keyed hashes. The first stands in the addresses
of results, so that these hold no words. The second is made of the first and is what the
database keeps, so that nobody who has both the database and the public site can try out
which words a hash stands for.
"""

from __future__ import annotations

import atexit
import logging
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.signals import request_finished
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from education.private_words import is_private
from education.search.analysis import folded_words, telling_words
from education.search.counts_written import Noted, write

logger = logging.getLogger(__name__)

#: Longer terms are never kept in clear, however often they are asked.
LONGEST_CLEAR = 80
MOST_WORDS_CLEAR = 8

WRITTEN_AFTER = timedelta(minutes=1)
#: So many terms are kept in memory at most; further ones are not counted.
MOST_NOTED = 2000
#: An opening may be written before its search was, by another process; it is tried
#: again with the next batch, and so often in all.
TRIES = 3

TOKEN = re.compile(r"[0-9a-f]{24}")

_POINT = re.compile(r"(?<=\d)point(?=\d)")


@dataclass
class Tally:
    """What this process noted since it last wrote; may be used by many threads."""

    noted: dict[tuple[str, date], Noted] = field(default_factory=dict)
    since: datetime | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, more: Noted, now: datetime | None) -> None:
        with self.lock:
            key = more.hashed, more.day
            before = self.noted.get(key)
            if before is None and len(self.noted) >= MOST_NOTED:
                return
            self.noted[key] = _together(before, more) if before else more
            self.since = self.since or now

    def take(self) -> list[Noted]:
        with self.lock:
            noted, self.noted, self.since = self.noted, {}, None
        return list(noted.values())

    def is_due(self, now: datetime) -> bool:
        return self.since is not None and now - self.since >= WRITTEN_AFTER


_tally = Tally()


def _together(before: Noted, more: Noted) -> Noted:
    last = more if more.asked else before
    return replace(
        last,
        asked=before.asked + more.asked,
        opened=before.opened + more.opened,
        tries=max(before.tries, more.tries),
    )


def term_of(text: str, language: str) -> str:
    """The words by which searches are told apart; empty where there are none."""
    telling = telling_words(folded_words(text), language)
    return _POINT.sub(".", " ".join(telling))


def token_for(text: str, language: str) -> str:
    """What stands for this search in an address; empty for what is never counted."""
    if is_private(text):
        return ""
    term = term_of(text, language)
    if not term:
        return ""
    made = salted_hmac(
        "education.search.term", f"{language}\n{term}", algorithm="sha256"
    )
    return made.hexdigest()[:24]


def hash_of(token: str) -> str:
    """What the database keeps in place of the term with this token."""
    return salted_hmac("education.search.kept", token, algorithm="sha256").hexdigest()


def is_counted(request: HttpRequest) -> bool:
    """Whether this request for the page of results is a search that somebody made.

    Not a further page of it, not the same search narrowed, and not a browser that looks
    ahead.
    """
    more = [name for name, value in request.GET.items() if value and name != "q"]
    if more == ["page"] and request.GET["page"] == "1":
        more = []
    return request.method == "GET" and not more and not looks_ahead(request)


def looks_ahead(request: HttpRequest) -> bool:
    """Whether the browser loads what nobody has asked for yet."""
    said = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return "prefetch" in said or "prerender" in said


def note_search(text: str, language: str, total: int, now: datetime) -> None:
    """Count a search that found so many pages; nothing is written yet."""
    token = token_for(text, language)
    if not token:
        return
    term = term_of(text, language)
    is_short = len(term) <= LONGEST_CLEAR and len(term.split()) <= MOST_WORDS_CLEAR
    _tally.add(
        Noted(
            hashed=hash_of(token),
            day=timezone.localdate(now),
            language=language,
            text=term if is_short else "",
            asked=1,
            results=total,
        ),
        now,
    )


def note_opening(token: str, now: datetime) -> None:
    """Count that a result of the search with this token was opened."""
    _tally.add(Noted(hash_of(token), timezone.localdate(now), opened=1), now)


def flush(now: datetime) -> None:
    """Write what was noted. A failure is logged, and all of it is tried again later."""
    noted = _tally.take()
    if not noted:
        return
    try:
        early = write(noted)
    except DatabaseError as error:
        # Its name only: the message may hold what was typed.
        logger.error("Searches could not be counted: %s", type(error).__name__)
        _put_back(noted, now)
    else:
        _put_back((replace(one, tries=one.tries + 1) for one in early), now)


def flush_if_due(now: datetime) -> None:
    if _tally.is_due(now):
        flush(now)


def forget_noted() -> None:
    """Drop what was noted and not written."""
    _tally.take()


def connect() -> None:
    """Write after answers have gone out, and before the process ends."""
    request_finished.connect(_after_an_answer, dispatch_uid="searches")
    atexit.register(lambda: flush(timezone.now()))


def _after_an_answer(**kwargs: Any) -> None:
    flush_if_due(timezone.now())


def _put_back(noted: Iterable[Noted], now: datetime) -> None:
    for one in noted:
        if one.tries < TRIES:
            _tally.add(one, now)
