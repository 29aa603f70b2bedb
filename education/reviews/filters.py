"""Which pages the report shows."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

from education.models import ClinicalPage, ReviewSchedule, Tag
from education.reviews.assigning import NOBODY, named
from education.vocabulary import Kind, ReviewState


class _ReviewerField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return named(person)


class _ReviewerFilter(django_filters.ModelChoiceFilter):
    field_class = _ReviewerField


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _assigned(request: HttpRequest) -> QuerySet[User]:
    rows = ReviewSchedule.objects.of_live_pages().values("assigned_to")
    return User.objects.filter(pk__in=rows).order_by("first_name", "last_name", "pk")


class ReviewFilters(WagtailFilterSet):
    """Filters on ReviewSchedule; `today` decides on which day a state is asked for."""

    state = django_filters.ChoiceFilter(
        label="State",
        choices=ReviewState.choices,
        empty_label="Any state",
        method="in_state",
    )
    kind = django_filters.ChoiceFilter(
        label="Kind",
        choices=Kind.choices,
        empty_label="Any kind",
        field_name="page__clinicalpage__kind",
    )
    tag = django_filters.ModelChoiceFilter(
        label="Tag",
        queryset=Tag.objects.order_by("name"),
        to_field_name="slug",
        empty_label="Any tag",
        method="tagged",
    )
    reviewer = _ReviewerFilter(
        label="Assigned to",
        queryset=_assigned,
        field_name="assigned_to",
        empty_label="Anyone",
        null_label="Nobody",
        null_value=NOBODY,
    )
    language = django_filters.ModelChoiceFilter(
        label="Language",
        queryset=Locale.objects.order_by("language_code"),
        to_field_name="language_code",
        empty_label="Any language",
        field_name="page__locale",
    )
    due_from = django_filters.DateFilter(
        label="Due from", field_name="due_on", lookup_expr="gte", widget=_day()
    )
    due_to = django_filters.DateFilter(
        label="Due until", field_name="due_on", lookup_expr="lte", widget=_day()
    )

    class Meta:
        model = ReviewSchedule
        fields: list[str] = []

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def in_state(self, schedules: QuerySet, name: str, state: str) -> QuerySet:
        return schedules.in_state(ReviewState(state), self.today)

    def tagged(self, schedules: QuerySet, name: str, tag: Tag) -> QuerySet:
        pages = ClinicalPage.objects.tagged(tag.slug).values("pk")
        return schedules.filter(page__in=pages)
