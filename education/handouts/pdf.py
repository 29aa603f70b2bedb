"""Handouts as PDF/UA files, where WeasyPrint and its libraries are installed."""

from __future__ import annotations

import logging
import re
from hashlib import sha256
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache

try:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except (ImportError, OSError):  # not installed, or without Pango
    weasyprint, URLFetcher, URLFetcherResponse = None, object, None

#: Files are kept in so many places, so that no number of addresses fills the cache.
PLACES = 48
LARGEST_KEPT = 1_000_000
DAY = 24 * 60 * 60
#: How long a reader waits while another file is being made, in seconds.
PATIENCE = 2

_ICON = re.compile(r'(<svg class="icon"[^>]*>)')
_making = Lock()
logger = logging.getLogger(__name__)


class OwnStyles(URLFetcher):
    """Fetches the style sheets of this portal from its own disk, and nothing else."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        return URLFetcherResponse(
            url, style(url), {"Content-Type": "text/css; charset=utf-8"}
        )


def style(url: str) -> bytes:
    """The style sheet at this address of ours. Raises ValueError for anything else."""
    path = urlsplit(url).path
    name = path.removeprefix(urlsplit(settings.STATIC_URL).path)
    if name == path or not name.endswith(".css") or ".." in name:
        raise ValueError("A handout fetches nothing but its own style sheet.")
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    if found := finders.find(name):
        return Path(found).read_bytes()
    raise ValueError("There is no such style sheet.")


def is_offered() -> bool:
    return weasyprint is not None


def as_pdf(html: str, host: str, styles: list[str]) -> bytes | None:
    """The document as a file; None where none can be made, or not just now.

    `host` is such as "https://education.example.org/"; `styles` are the addresses of
    its style sheets. One file is made at a time, and kept under all that it is made of.
    """
    if weasyprint is None:
        return None
    try:
        return _kept_or_made(html, host, [style(address) for address in styles])
    except Exception:
        # Readers get the print view instead, so nobody has to wait for the mending.
        logger.exception("A handout could not be made into a PDF file")
        return None


def _kept_or_made(html: str, host: str, styles: list[bytes]) -> bytes | None:
    parts = [weasyprint.__version__.encode(), html.encode(), host.encode(), *styles]
    made_of = sha256(b"\0".join(parts)).hexdigest()
    place = f"handout-pdf-{int(made_of[:8], 16) % PLACES}"
    kept_as, file = cache.get(place) or ("", b"")
    if kept_as == made_of:
        return file
    if not _making.acquire(timeout=PATIENCE):
        return None
    try:
        file = _made(html, host)
    finally:
        _making.release()
    if len(file) <= LARGEST_KEPT:
        cache.set(place, (made_of, file), DAY)
    return file


def _made(html: str, host: str) -> bytes:
    # The standard asks for words for every drawing. Those of ours stand beside words
    # already, and WeasyPrint cannot mark a drawing as mere decoration.
    html = _ICON.sub(r"\1<title> </title>", html)
    document = weasyprint.HTML(string=html, base_url=host, url_fetcher=OwnStyles())
    return document.write_pdf(pdf_variant="pdf/ua-1")
