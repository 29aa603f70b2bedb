"""Where readers say whether a page was helpful, in two steps.

The first is yes or no, which counts at once. The second adds words to it. Both work
without scripts: each form leads to a page, and `feedback.js` shows that page's middle
in place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from education.feedback.adding import add_answer, add_words, page_by_key, page_to_answer
from education.feedback.sent import (
    Refused,
    Ticket,
    fields_of,
    is_helpful,
    legible,
    number,
    refuse_the_trapped,
    short_enough,
)
from education.models.feedback import MOST_CHARACTERS
from education.rate_limit import address_of, seconds_to_wait
from education.reading import METHODS, read_only

logger = logging.getLogger(__name__)

#: Of one address, within a minute.
MOST_ANSWERS = 5
MOST_WORDS = 10

#: Never kept by anybody, never found by a search engine.
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}

View = Callable[[HttpRequest], HttpResponse]


def for_everybody(view: View) -> View:
    """A view that reads and takes a form: no token, no cookie, no transaction."""

    @csrf_exempt
    @transaction.non_atomic_requests
    @wraps(view)
    def open_to_all(request: HttpRequest) -> HttpResponse:
        allowed = (*METHODS, "POST")
        if request.method in allowed:
            return view(request)
        said = "This address can only be read, or be sent a form."
        return HttpResponseNotAllowed(
            allowed, said, content_type="text/plain; charset=utf-8"
        )

    return open_to_all


@for_everybody
def answer(request: HttpRequest) -> HttpResponse:
    """Yes or no. Who only reads is told where that can be said."""
    if request.method != "POST":
        return _page(request, "start")
    now, page, fields = timezone.now(), None, QueryDict()
    try:
        fields = fields_of(request)
        page = page_to_answer(number(fields.get("page", "")), now)
        refuse_the_trapped(fields)
        helpful = is_helpful(fields)
        _refuse_too_many(request, "answers", MOST_ANSWERS)
        row = add_answer(page, number(fields.get("revision", "")), helpful, now)
    except (Refused, DatabaseError) as error:
        return _refusal(
            request,
            "answer",
            error,
            page=page,
            page_id=number(fields.get("page", "")),
            revision_id=number(fields.get("revision", "")),
        )
    ticket = Ticket(row.pk, int(now.timestamp()))
    return _lead_on("feedback_words", ticket=str(ticket))


@for_everybody
def words(request: HttpRequest) -> HttpResponse:
    """What was missing."""
    now, page = timezone.now(), None
    is_sent = request.method == "POST"
    fields = QueryDict() if is_sent else request.GET
    try:
        if is_sent:
            fields = fields_of(request)
        ticket = Ticket.read(fields.get("ticket", ""))
        page = page_by_key(ticket, now)
        ticket.check_time(now, is_writing=is_sent)
        if not is_sent:
            return _page(request, "words", page=page, ticket=str(ticket))
        refuse_the_trapped(fields)
        _refuse_too_many(request, "words", MOST_WORDS)
        add_words(ticket, short_enough(legible(fields.get("words", ""))))
    except (Refused, DatabaseError) as error:
        return _refusal(
            request,
            "words",
            error,
            page=page,
            ticket=fields.get("ticket", ""),
            words=legible(fields.get("words", "")),
        )
    return _lead_on("feedback_thanks", page=page.pk if page else "")


@read_only
def thanks(request: HttpRequest) -> HttpResponse:
    page = page_by_key(number(request.GET.get("page", "")), timezone.now())
    return _page(request, "thanks", page=page)


def _refuse_too_many(request: HttpRequest, what: str, most: int) -> None:
    wait = seconds_to_wait(what, most, address_of(request), timezone.now())
    if wait:
        raise Refused(
            "Many answers came from your connection just now. Please wait a minute, "
            "then send yours again.",
            429,
            wait,
        )


def _refusal(
    request: HttpRequest, step: str, error: Exception, **known: Any
) -> HttpResponse:
    if not isinstance(error, Refused):
        # Its name only: the message may hold what was written.
        logger.error("Feedback could not be kept: %s", type(error).__name__)
        error = Refused("We could not keep it just now. Please send it again.", 503, 5)
    response = _page(
        request, step, problem=error.sentence, status=error.status, **known
    )
    if error.wait:
        response.headers["Retry-After"] = str(error.wait)
    return response


def _page(
    request: HttpRequest, step: str, status: int = 200, **known: Any
) -> TemplateResponse:
    context = known | {"step": step, "most": MOST_CHARACTERS}
    return TemplateResponse(
        request, "education/feedback.html", context, status=status, headers=HEADERS
    )


def _lead_on(name: str, **query: Any) -> HttpResponse:
    address = f"{reverse(name)}?{urlencode(query)}"
    return HttpResponse(status=303, headers=HEADERS | {"Location": address})
