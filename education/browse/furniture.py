"""What stands around every public page: name and look of the site, ways on, banner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from education.models import surroundings
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
    """Context processor: nothing here asks the database until a template uses it.

    Then it is one statement for all of `appearance`, `site_name`, `contact` and
    `holds_demonstration`.
    """
    appearance = SimpleLazyObject(lambda: surroundings(request))
    return {
        "appearance": appearance,
        "site_name": lambda: appearance.site_name,
        "contact": lambda: appearance.contact_sentence,
        "holds_demonstration": lambda: appearance.holds_demonstration,
        "navigation": [
            Way(label, address, _current(address, request.path))
            for label, address in WAYS
        ],
        "printed_address": _whole(request, request.path),
        "picture_address": _picture_address(request),
    }


def _whole(request: HttpRequest, path: str) -> str:
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        # The page that says so has an address, too, and must not fail over it.
        return path


def _picture_address(request: HttpRequest) -> str:
    """Where the picture of this page is, or "" where there is none."""
    match = request.resolver_match
    # Whole name: the CMS has addresses that are called "page" in their own space.
    if match is None or match.view_name != "page":
        return ""
    return _whole(request, reverse("picture", kwargs=match.kwargs))


def _current(address: str, path: str) -> str:
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""
