"""Published pages as sheets of a handout, each with the code of its version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from education.handouts.codes import code_of
from education.models import ClinicalPage

#: What the template of a sheet takes; see `OnPaper.on_paper`.
Sheet = dict[str, Any]


@dataclass(frozen=True)
class Version:
    """Which version of the page is on the sheet, and where to ask about it."""

    code: str
    published_at: datetime
    address: str

    @property
    def label(self) -> str:
        """The short address as people type it."""
        return self.address.partition("://")[2]

    @property
    def picture(self) -> str:
        """What the QR code is, for who does not see it."""
        return f"QR code for {self.label}"


def sheet_of(page: ClinicalPage, request: HttpRequest) -> Sheet:
    """The page on paper. It is published, and one of `with_parts`."""
    return page.as_its_kind().on_paper() | {
        "version": _version_of(page, request),
        "address": request.build_absolute_uri(page.address),
    }


def _version_of(page: ClinicalPage, request: HttpRequest) -> Version | None:
    """None for a page that went live past the gate, which `doctor` tells of."""
    if page.live_revision_id is None or page.last_published_at is None:
        return None
    code = code_of(page.live_revision_id)
    address = request.build_absolute_uri(reverse("version", args=[code]))
    return Version(code, page.last_published_at, address)
