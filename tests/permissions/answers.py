"""What an answer means: let in, sent to sign in, or refused."""

from __future__ import annotations

from django.contrib.messages import get_messages
from django.http import HttpResponse

OK, DONE, LOGIN, DENIED, NOTHING, BAD, METHOD, ERROR = (
    "ok",
    "done",
    "login",
    "denied",
    "none",
    "bad",
    "method",
    "ERROR",
)
#: Answers after which nothing may have changed.
REFUSALS = frozenset({LOGIN, DENIED, NOTHING, METHOD, ERROR})


def kind_of(response: HttpResponse) -> str:
    """One word for the answer; a redirect that says why not is a refusal."""
    status = response.status_code
    if status >= 500:
        return ERROR
    if status in (301, 302, 303, 307, 308):
        return _kind_of_redirect(response)
    return {403: DENIED, 401: DENIED, 404: NOTHING, 410: NOTHING, 405: METHOD}.get(
        status, BAD if status >= 400 else OK
    )


def _kind_of_redirect(response: HttpResponse) -> str:
    if response["Location"].split("?")[0].endswith("/cms/login/"):
        return LOGIN
    told = getattr(response, "wsgi_request", None)
    levels = [one.level_tag for one in get_messages(told)] if told else []
    return DENIED if levels and set(levels) == {"error"} else OK
