"""How helpful readers find each page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import ModelPermissionPolicy

from education.feedback.comparison import RULE, Fall, Tally, fallen_pages
from education.feedback.filters import PageFilters
from education.models import Feedback
from education.models.feedback import UNREAD
from education.spreadsheets import harmless
from education.vocabulary import Kind

#: Trends compare the last so many days with as many before.
SPAN = timedelta(days=28)


@dataclass(frozen=True)
class PageRow:
    """One page, as the report shows it."""

    page_id: int
    title: str
    kind: str
    yes: int
    no: int
    unread: int
    words: int
    lately: Tally
    before: Tally
    fall: Fall | None

    @property
    def tally(self) -> Tally:
        return Tally(self.yes, self.no)

    @property
    def share(self) -> int | None:
        return self.tally.share

    @property
    def trend(self) -> str:
        return f"{self.lately}; the 4 weeks before: {self.before}"

    @property
    def fell(self) -> str:
        return f"From {self.fall.before} to {self.fall.after}" if self.fall else ""

    @property
    def url(self) -> str:
        return reverse("feedback:page", args=[self.page_id])


class PagesPaginator(WagtailPaginator):
    """Counts "pages" below the list, not feedback."""

    verbose_name = "page"
    verbose_name_plural = "pages"


class PagesReport(ReportView):
    """Those with unread words first, then those that helped fewest."""

    permission_policy = ModelPermissionPolicy(Feedback)
    permission_required = "view"
    model = Feedback
    filterset_class = PageFilters
    template_name = "education/admin/feedback/pages.html"
    index_url_name = "feedback:pages"
    page_title = "Feedback by page"
    paginator_class = PagesPaginator
    header_icon = "comment"
    export_filename = "feedback-by-page"
    show_export_buttons = False
    export_headings = {
        "title": "Page",
        "kind": "Kind",
        "yes": "Yes",
        "no": "No",
        "share": "Helpful, in percent",
        "words": "With words",
        "unread": "Unread",
        "trend": "Last 4 weeks",
        "fell": "Less helpful since a change",
    }
    list_export = list(export_headings)
    custom_field_preprocess = {"title": {"csv": harmless}}

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("feedback:report")
        return [HeaderButton("What readers wrote", url=url, icon_name="comment")]

    @cached_property
    def falls(self) -> dict[int, Fall]:
        return {fall.page_id: fall for fall in fallen_pages()}

    def get_queryset(self) -> QuerySet[Feedback]:
        return Feedback.objects.all()

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        answers = super().filter_queryset(queryset)
        return with_trend(answers, timezone.localdate()).order_by(
            "-unread", "-no", "page"
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.filters.is_valid():
            self.is_export = False
        return super().get(request, *args, **kwargs)

    def decorate_paginated_queryset(self, object_list: Iterable[dict]) -> list[PageRow]:
        return [page_row(found, self.falls) for found in object_list]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {
            "filters": None,
            "filter_form": self.filters.form,
            "rule": RULE,
        }

    def render_to_response(
        self, context: dict[str, Any], **response_kwargs: Any
    ) -> HttpResponse:
        if not self.is_export:
            response_kwargs["status"] = 200 if self.filters.is_valid() else 400
        return super().render_to_response(context, **response_kwargs)


def with_trend(answers: QuerySet, today: date) -> QuerySet:
    """The answers counted for each page, and those of the last weeks."""
    lately = Q(given_on__gt=today - SPAN)
    before = Q(given_on__gt=today - 2 * SPAN, given_on__lte=today - SPAN)
    yes, no = Q(is_helpful=True), Q(is_helpful=False)
    return answers.counted("page").annotate(
        title=F("page__title"),
        kind=F("page__kind"),
        with_words=Count("pk", filter=~Q(words="")),
        unread=Count("pk", filter=UNREAD),
        yes_lately=Count("pk", filter=yes & lately),
        no_lately=Count("pk", filter=no & lately),
        yes_before=Count("pk", filter=yes & before),
        no_before=Count("pk", filter=no & before),
    )


def page_row(found: dict[str, Any], falls: dict[int, Fall]) -> PageRow:
    return PageRow(
        page_id=found["page"],
        title=found["title"],
        kind=str(Kind(found["kind"]).label),
        yes=found["yes"],
        no=found["no"],
        unread=found["unread"],
        words=found["with_words"],
        lately=Tally(found["yes_lately"], found["no_lately"]),
        before=Tally(found["yes_before"], found["no_before"]),
        fall=falls.get(found["page"]),
    )
