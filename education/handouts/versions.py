"""What became of the version that somebody holds in their hands, by its short code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from education.handouts.codes import revision_of
from education.language import current_language
from education.models import ClinicalPage
from education.models.approval import same_words
from education.models.gate import WENT_LIVE
from education.models.gone import instead_of
from education.models.history import Event, public_history, with_notes
from education.models.old_addresses import with_last_live
from education.reading import read_only

MOST_CHANGES = 5


@dataclass(frozen=True)
class Printed:
    """A version that was public once, and what the public may know of it now.

    `state`: "current", also where the page was only reviewed since; "newer";
    "replaced", by the page; or "gone", for this `reason`.
    """

    state: str
    printed_at: datetime
    page: ClinicalPage
    reason: str = ""
    changes: tuple[Event, ...] = ()
    earlier: int = 0


@read_only
def version(request: HttpRequest, code: str = "") -> HttpResponse:
    typed = (code or request.GET.get("code", "")).strip()
    revision = revision_of(typed)
    now = timezone.now()
    found = printed(revision, current_language(), now) if revision else None
    context = {"found": found, "now": now, "was_typed": bool(typed)}
    return TemplateResponse(
        request,
        "education/handouts/version.html",
        context,
        status=404 if typed and found is None else 200,
    )


def printed(revision: int, language: str, now: datetime) -> Printed | None:
    """None for a revision that the public never read, or may not know of."""
    entry = (
        PageLogEntry.objects.filter(revision=revision, action__in=WENT_LIVE)
        .order_by("-timestamp", "-pk")
        .first()
    )
    page = _page(entry.page_id, language, now) if entry else None
    if page is None:
        return None
    if not page.is_published:
        return _not_published(page, entry.timestamp, language, now)
    if page.live_revision_id == revision:
        return Printed("current", entry.timestamp, page)
    return _older(page, revision, entry.timestamp)


def _page(pk: int, language: str, now: datetime) -> ClinicalPage | None:
    """The page unless it is private, and whether it `is_published`."""
    published = ClinicalPage.objects.published(language, now).filter(pk=OuterRef("pk"))
    known = ClinicalPage.objects.unrestricted(language).with_parts().filter(pk=pk)
    return with_last_live(known.annotate(is_published=Exists(published))).first()


def _not_published(
    page: ClinicalPage, printed_at: datetime, language: str, now: datetime
) -> Printed | None:
    instead = instead_of(page, language, now)
    if instead is None:
        return None
    state = "gone" if instead.reason else "replaced"
    return Printed(state, printed_at, instead.page, reason=instead.reason)


def _older(page: ClinicalPage, revision: int, printed_at: datetime) -> Printed:
    since = [event for event in public_history(page) if event.at > printed_at]
    changes = tuple(with_notes(since[:MOST_CHANGES]))
    contents = Revision.objects.in_bulk([revision, page.live_revision_id])
    one, other = contents.get(revision), contents.get(page.live_revision_id)
    is_same = one and other and same_words(one.content, other.content)
    return Printed(
        "current" if is_same else "newer",
        printed_at,
        page,
        changes=changes,
        earlier=len(since) - len(changes),
    )
