"""Whether a form was sent by a page of this portal.

It stands in place of a token: the page with the form is the same for everybody, and may
come out of any cache. See decision 26.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

#: By what a browser says of where a request comes from. "none": from no page at all.
OUR_SITE = frozenset({"same-origin", "none"})


def comes_from_here(request: HttpRequest) -> bool:
    """Whether no header says that another site sent this.

    Browsers too old to send any of the three headers are let in.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site.strip().lower() in OUR_SITE
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return not origin or _is_ours(origin, request.get_host())


def _is_ours(address: str, host: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    origin = f"{parts.scheme}://{parts.netloc}"
    return parts.netloc.lower() == host or origin in settings.CSRF_TRUSTED_ORIGINS
