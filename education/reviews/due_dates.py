"""How many reviews come due in which month, so that a crowd of them shows early."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.views.decorators.http import require_safe
from wagtail.permissions import page_permission_policy

from education.reviews.report import EDITING, schedules_for
from education.vocabulary import Kind, ReviewState

#: So many months are shown at least, and at most; what is due later is one row.
FEWEST_MONTHS = 13
MOST_MONTHS = 48

#: A month is crowded when it has so many times the usual load, and at least so many
#: pages: three pages where one is usual are no crowd.
TIMES_THE_USUAL = 2
SMALLEST_CROWD = 4


@dataclass(frozen=True)
class Bucket:
    """The reviews of one month, or of one state; `asks` are filters of the report."""

    label: str
    counts: Counter[str]
    asks: dict[str, str]
    usual: float = 0
    is_late: bool = False

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def by_kind(self) -> list[int]:
        return [self.counts[kind] for kind in Kind]

    @property
    def url(self) -> str:
        return f"{reverse('reviews:report')}?{urlencode(self.asks)}"

    @property
    def times_the_usual(self) -> int:
        """How crowded the month is; 0 when it is not."""
        if not self.usual or self.total < SMALLEST_CROWD:
            return 0
        times = self.total / self.usual
        return round(times) if times > TIMES_THE_USUAL else 0


@dataclass(frozen=True)
class DueDates:
    """The calendar: each page stands in exactly one bucket."""

    late: list[Bucket]
    months: list[Bucket]
    usual: float

    @property
    def buckets(self) -> list[Bucket]:
        return [*self.late, *self.months]

    @property
    def most(self) -> int:
        return max(1, *(bucket.total for bucket in self.buckets))

    @property
    def is_crowded(self) -> bool:
        return any(bucket.times_the_usual for bucket in self.months)


def due_dates(schedules: QuerySet, today: date) -> DueDates:
    """The calendar of these pages as it stands on this day; four statements."""
    late = [
        Bucket(
            str(state.label),
            _by_kind(schedules.in_state(state, today)),
            {"state": str(state)},
            is_late=True,
        )
        for state in (ReviewState.OVERDUE, ReviewState.DUE)
    ]
    by_month = _by_month(schedules.filter(due_on__gt=today))
    months = _months(today, max(by_month, default=today))
    later = Counter[str]()
    for month in by_month.keys() - set(months):
        later += by_month[month]
    usual = sum(by_month[month].total() for month in months) / len(months)
    buckets = [_month(month, by_month[month], usual, today) for month in months]
    if later:
        asks = {"due_from": _next_month(months[-1]).isoformat()}
        buckets.append(Bucket("Later", later, asks))
    return DueDates(late, buckets, usual)


def _by_kind(schedules: QuerySet) -> Counter[str]:
    rows = schedules.order_by().values_list("kind").annotate(pages=Count("pk"))
    return Counter(dict(rows))


def _by_month(schedules: QuerySet) -> defaultdict[date, Counter[str]]:
    found: defaultdict[date, Counter[str]] = defaultdict(Counter)
    rows = schedules.annotate(month=TruncMonth("due_on")).order_by()
    for month, kind, pages in rows.values_list("month", "kind").annotate(
        pages=Count("pk")
    ):
        found[month][kind] = pages
    return found


def _months(today: date, last: date) -> list[date]:
    """The first days of this month and of those that follow, as far as it is due."""
    months = [today.replace(day=1)]
    while len(months) < FEWEST_MONTHS or (
        months[-1] < last.replace(day=1) and len(months) < MOST_MONTHS
    ):
        months.append(_next_month(months[-1]))
    return months


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _month(month: date, counts: Counter[str], usual: float, today: date) -> Bucket:
    last = month.replace(day=monthrange(month.year, month.month)[1])
    label = format_date(month, "F Y")
    asks = {
        "due_from": max(month, today + timedelta(days=1)).isoformat(),
        "due_to": last.isoformat(),
    }
    is_rest = month < today
    return Bucket(f"Rest of {label}" if is_rest else label, counts, asks, usual)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    if not page_permission_policy.user_has_any_permission(request.user, EDITING):
        raise PermissionDenied
    context: dict[str, Any] = {
        "header_title": "Calendar of reviews",
        "header_icon": "calendar-alt",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("reviews:report"), "label": "Reviews"},
            {"url": "", "label": "Calendar of reviews"},
        ],
        "kinds": [kind.plural for kind in Kind],
        "calendar": due_dates(schedules_for(request), timezone.localdate()),
    }
    return TemplateResponse(request, "education/admin/reviews_calendar.html", context)
