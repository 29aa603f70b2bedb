"""Control characters are refused at the door: no reader types them, databases fail."""

import re
from collections.abc import Callable
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template import loader

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Pasted text holds tabs and line ends; the search box takes them for spaces.
CONTROL_BUT_WHITESPACE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# A NUL, or half of a pair that stands for one character: as it is, or written out in
# the JSON of the editor's rich text and blocks. PostgreSQL can store neither.
ESCAPED = r"(?<!\\)(?:\\\\)*\\u"
UNSTORABLE = re.compile(
    rf"\x00|[\ud800-\udfff]|{ESCAPED}0000"
    rf"|{ESCAPED}d[89ab][0-9a-f]{{2}}(?!\\ud[c-f])"
    rf"|(?<!\\ud[89ab][0-9a-f]{{2}})\\ud[c-f][0-9a-f]{{2}}",
    re.IGNORECASE,
)

View = Callable[..., HttpResponse]


class RefuseControlCharacters:
    """Answers 400 to an address, cookie or CMS form that holds control characters."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_control_characters(request):
            return refusal(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """Public forms answer for themselves; the editor's fields do not."""
        if request.path_info.startswith(
            settings.CMS_PATH
        ) and posts_what_cannot_be_stored(request):
            return refusal(request)
        return None


def has_control_characters(request: HttpRequest) -> bool:
    """Say whether the path, the query or a cookie holds a control character."""
    query = unquote_plus(request.META.get("QUERY_STRING", ""))
    cookies = [request.META.get("HTTP_COOKIE", ""), *request.COOKIES.values()]
    return bool(
        CONTROL.search(request.path_info)
        or CONTROL_BUT_WHITESPACE.search(query)
        or any(CONTROL_BUT_WHITESPACE.search(unquote_plus(text)) for text in cookies)
    )


def posts_what_cannot_be_stored(request: HttpRequest) -> bool:
    """Say whether a posted field holds what PostgreSQL cannot store."""
    if request.method != "POST":
        return False
    return any(
        UNSTORABLE.search(value)
        for values in request.POST.lists()
        for value in values[1]
    )


def refusal(request: HttpRequest) -> HttpResponseBadRequest:
    """Return the plain page that says what was wrong and where to go instead."""
    return HttpResponseBadRequest(loader.render_to_string("400.html"))
