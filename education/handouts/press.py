"""Makes one PDF/UA file of one HTML document: run as a program of its own.

It reads `{"html": ..., "host": ..., "styles": {path: css}}` and writes the file. It can
be stopped at any moment, and it ends by itself when it needs too much. It knows neither
the settings nor the database, and imports nothing else of the portal.
"""

from __future__ import annotations

import json
import re
import sys
from urllib.parse import urlsplit

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

try:
    import resource
except ImportError:  # where there are no such limits, that of the caller holds
    resource = None  # type: ignore[assignment]

#: Of the processor, in seconds: holds also when whoever started it is gone.
MOST_SECONDS = 20
MOST_BYTES = 2 * 1024**3

_ICON = re.compile(r'(<svg class="icon"[^>]*>)')


class OwnStyles(URLFetcher):
    """Hands out the style sheets that came with the document, and nothing else."""

    def __init__(self, styles: dict[str, str]) -> None:
        super().__init__()
        self.styles = styles

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or parts.path not in self.styles:
            raise ValueError("A handout fetches nothing but its own style sheets.")
        css = self.styles[parts.path].encode()
        return URLFetcherResponse(url, css, {"Content-Type": "text/css; charset=utf-8"})


def document(html: str, host: str, styles: dict[str, str]) -> weasyprint.HTML:
    """`styles` are the words of each style sheet by the path of its address."""
    # The standard asks for words for every drawing. Those of ours stand beside words
    # already, and WeasyPrint cannot mark a drawing as mere decoration.
    html = _ICON.sub(r"\1<title> </title>", html)
    return weasyprint.HTML(string=html, base_url=host, url_fetcher=OwnStyles(styles))


def pdf(html: str, host: str, styles: dict[str, str]) -> bytes:
    return document(html, host, styles).write_pdf(pdf_variant="pdf/ua-1")


def _limit() -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


if __name__ == "__main__":
    _limit()
    sys.stdout.buffer.write(pdf(**json.load(sys.stdin.buffer)))
