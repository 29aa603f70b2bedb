"""The report of searches: what people look for, and do not find or do not open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet, Sum, TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import ModelPermissionPolicy

from education.models import SearchCount, SearchTerm
from education.search.report_rows import Actions, all_rows_of, rows_of
from education.spreadsheets import harmless

READING = "education.view_searchterm"
USUAL_DAYS = 30


class Shown(TextChoices):
    MOST_ASKED = "asked", "Most asked"
    NO_RESULTS = "no_results", "No results"
    NEVER_OPENED = "never_opened", "Asked, but no result was opened"


class SearchesForm(forms.Form):
    """What the report shows. What is left out of the address is the usual."""

    show = forms.ChoiceField(label="Show", choices=Shown.choices, required=False)
    days = forms.TypedChoiceField(
        label="Time",
        choices=[
            (7, "Last 7 days"),
            (30, "Last 30 days"),
            (90, "Last 90 days"),
            (365, "Last 365 days"),
        ],
        coerce=int,
        empty_value=USUAL_DAYS,
        required=False,
    )
    language = forms.ChoiceField(
        label="Language",
        choices=[("", "Any language"), *settings.LANGUAGES],
        required=False,
    )

    def said(self) -> dict[str, Any]:
        """What was asked for; the usual where it makes no sense."""
        usual = {"show": Shown.MOST_ASKED, "days": USUAL_DAYS, "language": ""}
        given = self.cleaned_data if self.is_valid() else {}
        return usual | {name: value for name, value in given.items() if value}


class SearchesMenuItem(MenuItem):
    """In the menu of reports, for everybody with a role."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(READING)


class TermsPaginator(WagtailPaginator):
    """Says "searches" below the list."""

    verbose_name = "search"
    verbose_name_plural = "searches"


class SearchesReport(ReportView):
    """Only terms that were asked on several days are shown; the others as a number."""

    permission_policy = ModelPermissionPolicy(SearchTerm)
    permission_required = "view"
    model = SearchTerm
    template_name = "education/admin/searches/report.html"
    index_url_name = "searches:report"
    page_title = "Searches"
    paginator_class = TermsPaginator
    header_icon = "search"
    export_filename = "searches"
    show_export_buttons = False  # they stand on the page, for those without scripts
    export_headings = {
        "text": "Search",
        "language": "Language",
        "asked": "Times asked",
        "results": "Pages found when last asked",
        "opened": "Results opened",
    }
    list_export = list(export_headings)
    custom_field_preprocess = {"text": {"csv": harmless}}

    @cached_property
    def form(self) -> SearchesForm:
        usual = {"show": Shown.MOST_ASKED, "days": USUAL_DAYS}
        given = {name: value for name, value in self.request.GET.items() if value}
        return SearchesForm(usual | given)

    @cached_property
    def said(self) -> dict[str, Any]:
        return self.form.said()

    @cached_property
    def first_day(self) -> date:
        return timezone.localdate() - timedelta(days=self.said["days"] - 1)

    @cached_property
    def actions(self) -> Actions:
        return Actions(self.request.user)

    def get_queryset(self) -> QuerySet[SearchTerm]:
        terms = SearchTerm.objects.in_clear().asked_since(self.first_day)
        if self.said["language"]:
            terms = terms.filter(language=self.said["language"])
        if self.said["show"] == Shown.NO_RESULTS:
            terms = terms.filter(results=0)
        elif self.said["show"] == Shown.NEVER_OPENED:
            terms = terms.filter(opened=0, results__gt=0)
        return terms.order_by("-asked", "text", "pk")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            self.is_export = False
        if self.is_export:
            return self.as_spreadsheet(
                all_rows_of(self.get_queryset()), request.GET["export"]
            )
        return super().get(request, *args, **kwargs)

    def decorate_paginated_queryset(self, object_list: QuerySet) -> Any:
        return list(rows_of(object_list, self.actions))

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {
            "filter_form": self.form,
            "rare": self._rare(),
            "may_act": bool(self.actions),
        }

    def _rare(self) -> int:
        """How many searches of the time are not shown, because few people made them."""
        counts = SearchCount.objects.filter(term__text="", day__gte=self.first_day)
        if self.said["language"]:
            counts = counts.filter(term__language=self.said["language"])
        return counts.aggregate(all=Sum("asked"))["all"] or 0

    def render_to_response(
        self, context: dict[str, Any], **response_kwargs: Any
    ) -> HttpResponse:
        status = 200 if self.form.is_valid() else 400
        return super().render_to_response(
            context, **{"status": status, **response_kwargs}
        )
