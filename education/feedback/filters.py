"""Which feedback, and of which pages, the reports show."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet

from education.models import Feedback
from education.vocabulary import FeedbackState, Kind


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _KeyFilter(django_filters.Filter):
    field_class = forms.IntegerField


class PageFilters(WagtailFilterSet):
    """What can be asked of pages and of single answers."""

    kind = django_filters.ChoiceFilter(
        label="Kind",
        choices=Kind.choices,
        empty_label="Any kind",
        field_name="page__kind",
    )
    title = django_filters.CharFilter(
        label="Title has", field_name="page__title", lookup_expr="icontains"
    )
    given_from = django_filters.DateFilter(
        label="From", field_name="given_on", lookup_expr="gte", widget=_day()
    )
    given_to = django_filters.DateFilter(
        label="Until", field_name="given_on", lookup_expr="lte", widget=_day()
    )

    class Meta:
        model = Feedback
        fields: list[str] = []


class AnswerFilters(PageFilters):
    """Only with words, unless all answers are asked for."""

    state = django_filters.ChoiceFilter(
        label="State", choices=FeedbackState.choices, empty_label="Any state"
    )
    helpful = django_filters.ChoiceFilter(
        label="Helpful",
        choices=[("yes", "Yes"), ("no", "No")],
        empty_label="Yes or no",
        method="was_helpful",
    )
    show = django_filters.ChoiceFilter(
        label="Show",
        choices=[("all", "All answers")],
        empty_label="Only with words",
        method="whatever",
    )
    page = _KeyFilter(
        field_name="page",
        widget=forms.HiddenInput(),
        min_value=1,
        max_value=10**17,
    )

    def was_helpful(self, answers: QuerySet, name: str, said: str) -> QuerySet:
        return answers.filter(is_helpful=said == "yes")

    def whatever(self, answers: QuerySet, name: str, asked: str) -> QuerySet:
        """All answers: what is left out without it, `filter_queryset` leaves out."""
        return answers

    def filter_queryset(self, queryset: QuerySet) -> Any:
        answers = super().filter_queryset(queryset)
        return answers if self.form.cleaned_data["show"] else answers.with_words()
