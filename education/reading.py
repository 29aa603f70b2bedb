"""Views that only read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
)
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
METHODS = ("GET", "HEAD")


def read_only(view: View) -> View:
    """Answer 405 and a sentence to whatever is not GET or HEAD.

    No token is asked for: nothing is carried out, so the answer is 405 and not 403.
    """

    @csrf_exempt
    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in METHODS:
            return view(request, *args, **kwargs)
        return HttpResponseNotAllowed(
            METHODS,
            "This address can only be read.",
            content_type="text/plain; charset=utf-8",
        )

    return reading


def moved(request: HttpRequest, address: str) -> HttpResponse:
    """Send the reader on for good, with the query that was asked."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
