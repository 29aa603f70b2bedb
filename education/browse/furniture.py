"""What stands around every public page: its name, ways on, and the banner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from education.models import DemonstrationItem
from education.vocabulary import Kind

WAYS = (
    *((kind.plural, kind.address) for kind in Kind),
    ("Tags", "/tags/"),
    ("A to Z", "/a-to-z/"),
)


@dataclass(frozen=True)
class Way:
    """A link of the navigation; `current` is what `aria-current` says, or ""."""

    label: str
    address: str
    current: str


def furniture(request: HttpRequest) -> dict[str, Any]:
    """Context processor: nothing here asks the database until a template uses it."""
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "navigation": [
            Way(label, address, _current(address, request.path))
            for label, address in WAYS
        ],
        "printed_address": _whole(request, request.path),
        "picture_address": _picture_address(request),
        "contact": contact(),
        "holds_demonstration": _holds_demonstration,
    }


def contact() -> str:
    """How to reach those who answer for the site, as a sentence."""
    return settings.CONTACT or "Ask the organization that runs this site."


def _whole(request: HttpRequest, path: str) -> str:
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        # The page that says so has an address, too, and must not fail over it.
        return path


def _picture_address(request: HttpRequest) -> str:
    """Where the picture of this page is, or "" where there is none."""
    match = request.resolver_match
    if match is None or match.url_name != "page":
        return ""
    try:
        return _whole(request, reverse("picture", kwargs=match.kwargs))
    except NoReverseMatch:
        return ""


def _current(address: str, path: str) -> str:
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""


def _holds_demonstration() -> bool:
    return DemonstrationItem.objects.pages().exists()
