"""The report of all reviews: what is due when, and whose task it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy

from education.models import ReviewSchedule
from education.reviews.assigning import KEEPING_REVIEWS, AssignForm, assign, named
from education.reviews.filters import ReviewFilters
from education.reviews.rows import all_rows_of, rows_of
from education.spreadsheets import harmless

EDITING = ("add", "change")


def schedules_for(request: HttpRequest) -> QuerySet[ReviewSchedule]:
    """The published pages that this user may edit, the next due first."""
    schedules = ReviewSchedule.objects.of_live_pages().as_listed()
    if request.user.is_superuser:
        return schedules
    pages = page_permission_policy.instances_user_has_any_permission_for(
        request.user, EDITING
    )
    return schedules.filter(page__in=pages.values("pk"))


class PagesPaginator(WagtailPaginator):
    """Counts "pages" below the list, not "review schedules"."""

    verbose_name = "page"
    verbose_name_plural = "pages"


class ReviewsReport(ReportView):
    """Everybody who edits reads it; clinical leads assign reviews on it.

    What cannot be done as it was asked comes back with the reason, status 400, and
    the ticks.
    """

    permission_policy = page_permission_policy
    any_permission_required = EDITING
    model = ReviewSchedule
    filterset_class = ReviewFilters
    template_name = "education/admin/reviews_report.html"
    index_url_name = "reviews:report"
    page_title = "Reviews"
    paginator_class = PagesPaginator
    header_icon = "calendar-check"
    export_filename = "reviews"
    show_export_buttons = False  # they stand on the page, for those without scripts
    export_headings = {
        "title": "Page",
        "kind": "Kind",
        "language": "Language",
        "state_label": "State",
        "due_on": "Due on",
        "last_reviewed_on": "Last reviewed on",
        "reviewed_by": "Last reviewed by",
        "changed_since": "Changed since its last review",
        "assigned_to": "Assigned to",
    }
    list_export = list(export_headings)
    custom_field_preprocess = {
        name: {"csv": harmless} for name in ("title", "reviewed_by", "assigned_to")
    }

    assign_form: AssignForm | None = None
    status = 200

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def may_assign(self) -> bool:
        return self.request.user.has_perm(KEEPING_REVIEWS)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                "Calendar", url=reverse("reviews:calendar"), icon_name="calendar-alt"
            )
        ]

    def get_queryset(self) -> QuerySet[ReviewSchedule]:
        return schedules_for(self.request)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return super().get_filterset_kwargs() | {"today": self.today}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.filters.is_valid():
            self.is_export, self.status = False, 400
        if self.is_export:
            rows = all_rows_of(self.get_filtered_queryset(), self.today)
            return self.as_spreadsheet(rows, request.GET["export"])
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_assign:
            raise PermissionDenied
        form = AssignForm(request.POST, schedules=self.get_queryset())
        if form.is_valid():
            person = form.person()
            given, left = assign(form.cleaned_data["pages"], person, request.user)
            self._say(given, left, named(person) if person else "")
            return redirect(request.get_full_path())
        for problems in form.errors.values():
            messages.error(request, problems[0])
        self.assign_form, self.is_export, self.status = form, False, 400
        return self.get(request, *args, **kwargs)

    def _say(self, given: list[Page], left: list[Page], name: str) -> None:
        if given:
            pages = "1 page is" if len(given) == 1 else f"{len(given)} pages are"
            to = f"assigned to {name}" if name else "assigned to nobody"
            messages.success(self.request, f"{pages} now {to}.")
        if left:
            titles = ", ".join(page.title for page in left)
            messages.warning(
                self.request,
                f"Not assigned: {titles}. {name} wrote on it, so somebody else has to "
                "sign the review. Choose another reviewer.",
            )

    def decorate_paginated_queryset(self, object_list: QuerySet) -> Any:
        return rows_of(object_list, self.today)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        form = self.assign_form or AssignForm(schedules=ReviewSchedule.objects.none())
        return context | {
            # Wagtail's own drawer of filters needs scripts; ours is a plain form.
            "filters": None,
            "filter_form": self.filters.form,
            "show_language": Locale.objects.count() > 1,
            "may_assign": self.may_assign,
            "assign_form": form,
            "ticked": set(form.data.getlist("pages")) if form.is_bound else set(),
        }

    def render_to_response(
        self, context: dict[str, Any], **response_kwargs: Any
    ) -> HttpResponse:
        return super().render_to_response(
            context, **{"status": self.status, **response_kwargs}
        )
