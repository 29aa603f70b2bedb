"""The stylesheet and the logo, at addresses that change with what is in them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response

from education.models import surroundings
from education.reading import read_only
from education.stylesheet import stylesheet

FOR_EVER = "public, max-age=31536000, immutable"
#: For an address of before: pages that are kept somewhere still name it.
FOR_NOW = "public, max-age=300"


@read_only
def style(request: HttpRequest, edition: str) -> HttpResponse:
    """The style as it is now, whatever edition is asked for."""
    current = stylesheet(surroundings(request).accent)
    zips = re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(
        current.zipped if zips else current.text,
        content_type="text/css; charset=utf-8",
        headers={
            "ETag": f'W/"{current.edition}"',
            "Cache-Control": FOR_EVER if edition == current.edition else FOR_NOW,
            "Vary": "Accept-Encoding",
        },
    )
    if zips:
        response.headers["Content-Encoding"] = "gzip"
    return _unless_known(request, response)


@read_only
def logo(request: HttpRequest, edition: str) -> HttpResponse:
    """The logo of the site, and no other picture that staff keep."""
    appearance = surroundings(request)
    if not appearance.logo_address:
        raise Http404("This site has no logo.")
    try:
        with appearance.logo.open() as file:
            drawn = file.read()
    except OSError as error:
        raise Http404("The file of the logo is missing.") from error
    is_current = edition == appearance.logo_hash
    return _unless_known(
        request,
        HttpResponse(
            drawn,
            content_type="image/png",
            headers={
                "ETag": f'"{appearance.logo_hash}"',
                "Cache-Control": FOR_EVER if is_current else FOR_NOW,
            },
        ),
    )


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 for who has these bytes already."""
    etag = response.headers["ETag"]
    return get_conditional_response(request, etag, response=response)
