"""What stands around a page, read at most once while a request is answered."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest

from education.models.appearance import SiteAppearance
from education.models.demonstration import DemonstrationItem

KEPT = "_surroundings"
_last_read: list[SiteAppearance] = []


def surroundings(request: HttpRequest) -> SiteAppearance:
    """The appearance, and whether the demonstration is here; one statement a request.

    Where the database does not answer, what was read last.
    """
    kept = getattr(request, KEPT, None)
    if kept is None:
        try:
            kept = SiteAppearance.objects.with_demonstration().first() or _usual()
        except DatabaseError:
            return last_surroundings()
        keep_surroundings(request, kept)
    return kept


def keep_surroundings(request: HttpRequest, appearance: SiteAppearance) -> None:
    """Let whoever read more in the same statement spare the request another one."""
    setattr(request, KEPT, appearance)
    _last_read[:] = [appearance]


def last_surroundings() -> SiteAppearance:
    """As this process read it last, for pages that may not ask the database.

    A process that has read nothing yet says what an unchanged site says.
    """
    return _last_read[0] if _last_read else SiteAppearance()


def forget_surroundings() -> None:
    _last_read.clear()


def _usual() -> SiteAppearance:
    """For a portal whose row is missing."""
    appearance = SiteAppearance()
    appearance.holds_demonstration = DemonstrationItem.objects.pages().exists()
    return appearance
