"""What stands around every public page: its name, ways on, and the banner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

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
        "printed_address": _printed_address(request),
        "holds_demonstration": _holds_demonstration,
    }


def _printed_address(request: HttpRequest) -> str:
    try:
        return request.build_absolute_uri(request.path)
    except DisallowedHost:
        # The page that says so has an address, too, and must not fail over it.
        return request.path


def _current(address: str, path: str) -> str:
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""


def _holds_demonstration() -> bool:
    return DemonstrationItem.objects.pages().exists()
