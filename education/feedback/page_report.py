"""How helpful readers found each version of a page, and week after week."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import TruncWeek
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import PageLogEntry

from education.feedback.comparison import RULE, Fall, Tally, fall_of
from education.feedback.report import READING
from education.models import ClinicalPage, Feedback
from education.models.feedback import UNREAD
from education.models.gate import WENT_LIVE

WEEKS = 12


@dataclass(frozen=True)
class Version:
    """How helpful one version was found; `live_on` is None where it is not known."""

    tally: Tally
    is_live: bool
    live_on: date | None
    says: str


@require_safe
def of_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Three statements beside those of the CMS, however many answers there are."""
    if not request.user.has_perm(READING):
        raise PermissionDenied
    # Asked by `id`, which takes numbers that are too large for the database.
    pages = ClinicalPage.objects.filter(id=page_id)
    page = pages.only("title", "live", "live_revision").first()
    if page is None:
        raise Http404
    counted = _counted(page)
    tallies = _added(counted, "revision")
    context = {
        "header_title": f"Feedback on “{page.title}”",
        "header_icon": "comment",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("feedback:report"), "label": "Feedback"},
            {"url": reverse("feedback:pages"), "label": "By page"},
            {"url": "", "label": page.title},
        ],
        "page": page,
        "tally": sum(tallies.values(), Tally()),
        "versions": _versions(page, tallies),
        "weeks": _weeks(_added(counted, "week"), timezone.localdate()),
        "unread": sum(group["unread"] for group in counted),
        "fall": _fall(page, tallies),
        "rule": RULE,
    }
    return TemplateResponse(request, "education/admin/feedback/page.html", context)


def _counted(page: ClinicalPage) -> list[dict[str, Any]]:
    answers = Feedback.objects.filter(page=page.pk).annotate(week=TruncWeek("given_on"))
    groups = answers.counted("revision", "week")
    return list(groups.annotate(unread=Count("pk", filter=UNREAD)))


def _added(counted: list[dict[str, Any]], by: str) -> dict[Any, Tally]:
    tallies: dict[Any, Tally] = defaultdict(Tally)
    for group in counted:
        tallies[group[by]] += Tally(group["yes"], group["no"])
    return tallies


def _fall(page: ClinicalPage, tallies: dict[int | None, Tally]) -> Fall | None:
    live = page.live_revision_id
    if not page.live or live is None:
        return None
    versions = {key: tally for key, tally in tallies.items() if key and key <= live}
    return fall_of(page.pk, page.title, live, versions)


def _versions(page: ClinicalPage, tallies: dict[int | None, Tally]) -> list[Version]:
    """The versions that readers spoke of, the newest first; one statement."""
    published = _published(page)
    return [
        Version(
            tally=tallies[key],
            is_live=page.live and key is not None and key == page.live_revision_id,
            live_on=timezone.localdate(published[key][0]) if key in published else None,
            says=published[key][1] if key in published else "Not known which",
        )
        for key in sorted(tallies, key=lambda key: key or 0, reverse=True)
    ]


def _published(page: ClinicalPage) -> dict[int | None, tuple[datetime, str]]:
    """When each version first went live, and what its author says is new in it."""
    entries = (
        PageLogEntry.objects.filter(
            page=page.pk, action__in=WENT_LIVE, revision__isnull=False
        )
        .annotate(note=KeyTextTransform("change_note", "revision__content"))
        .order_by("timestamp", "pk")
    )
    found: dict[int | None, tuple[datetime, str]] = {}
    for key, at, note in entries.values_list("revision_id", "timestamp", "note"):
        usual = "Reviewed; nothing had to change" if found else "First published"
        found.setdefault(key, (at, note or usual))
    return found


def _weeks(tallies: dict[date, Tally], today: date) -> list[tuple[date, Tally]]:
    """The last weeks, from their Mondays, those without an answer too; newest first."""
    this_week = today - timedelta(days=today.weekday())
    mondays = [this_week - timedelta(weeks=ago) for ago in range(WEEKS)]
    return [(monday, tallies.get(monday, Tally())) for monday in mondays]
