"""Suggestions for the search box, as JSON. What was typed is kept nowhere."""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import asdict
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone

from education.language import current_language
from education.reading import read_only
from education.search.emergencies import Card, card_for
from education.search.suggesting import Item, Suggestions, is_enough, suggest

LONGEST_TEXT = 200
#: A page that was withdrawn may still be named by a browser for so many seconds.
SECONDS_KEPT = 60
#: What a decoder writes where it could not read a byte.
UNREADABLE = "\ufffd"

logger = logging.getLogger(__name__)


class NotUnderstood(ValueError):
    """Says in a sentence for people why there is nothing to complete."""


@read_only
def suggestions(request: HttpRequest) -> JsonResponse:
    """What `q` may become; two statements at most, once the words are known."""
    try:
        text, notice = _text(request.GET)
    except NotUnderstood as problem:
        return _answer({"query": "", "notice": str(problem)}, status=400)
    now, language = timezone.now(), current_language()
    try:
        found, status = suggest(text, language, now), 200
    except DatabaseError as error:
        # Its name only: the message may hold what was typed.
        logger.error("Suggestions cannot be read: %s", type(error).__name__)
        found, status = Suggestions(), 503
        notice = "Suggestions are out of order. You can search all the same."
    card = _emergency(text, language, found)
    if card and card.stands_alone:
        found = Suggestions()
    said = {
        "query": text,
        "suggestions": [_as_json(item) for item in found.items],
        "corrected": found.corrected,
        "emergency": card.as_json() if card else None,
        "notice": notice,
    }
    return _answer(said, status)


def _text(parameters: QueryDict) -> tuple[str, str | None]:
    """What was typed, on one line, and a notice where it was cut."""
    given = parameters.getlist("q")
    if len(given) != 1:
        raise NotUnderstood("Say once, as q, what to complete: ?q=cramp")
    text = " ".join(given[0].split())
    if UNREADABLE in text:
        raise NotUnderstood("This text is not UTF-8.")
    if any(unicodedata.category(mark) in ("Cc", "Cs") for mark in text):
        raise NotUnderstood("This text holds control characters.")
    if len(text) <= LONGEST_TEXT:
        return text, None
    return (
        text[:LONGEST_TEXT],
        f"Your text was long: we read its first {LONGEST_TEXT} characters.",
    )


def _emergency(text: str, language: str, found: Suggestions) -> Card | None:
    """The care card that belongs to what was typed, also while the index is broken."""
    if not is_enough(text):
        return None
    try:
        return card_for(text, language, found.edition)
    except DatabaseError:
        return None


def _as_json(item: Item) -> dict[str, Any]:
    return asdict(item) | {"kind": item.kind.value, "kind_label": item.kind.label}


def _answer(said: dict[str, Any], status: int) -> JsonResponse:
    """The same keys whatever happened; nothing in it depends on who asks."""
    nothing = {"suggestions": [], "corrected": None, "emergency": None, "notice": None}
    response = JsonResponse(nothing | said, status=status)
    keep = f"public, max-age={SECONDS_KEPT}" if status == 200 else "no-store"
    response.headers["Cache-Control"] = keep
    response.headers["X-Robots-Tag"] = "noindex"
    return response
