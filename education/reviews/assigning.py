"""Whose task the next review of a page is. Clinical leads decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

from education.models import ClinicalApprovalTask, ReviewSchedule
from education.models.gate import WRITING

#: Holders of it keep the reviews: they assign them, and hear of those without anybody.
KEEPING_REVIEWS = "education.change_reviewschedule"

NOBODY = "nobody"

#: Digits of the largest number that every database takes for an id.
LONGEST_ID = 18


def reviewers() -> QuerySet[User]:
    """Whoever may sign for pages that they did not write."""
    tasks = ClinicalApprovalTask.objects.filter(active=True)
    groups = Group.objects.filter(pk__in=tasks.values("groups"))
    people = User.objects.filter(is_active=True, groups__in=groups).distinct()
    return people.order_by("first_name", "last_name", "pk")


def named(person: User) -> str:
    return person.get_full_name() or person.get_username()


def written_by(person: User, page_ids: Sequence[int]) -> set[int]:
    """Those of the pages on which this person ever wrote, so cannot sign as a whole.

    `GatedPage.all_author_ids` asked the other way round, of many pages at once.
    """
    revisions = Revision.objects.filter(
        user=person,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page_id) for page_id in page_ids],
    )
    entries = PageLogEntry.objects.filter(
        user=person, page__in=page_ids, action__in=WRITING
    )
    saved = revisions.values_list("object_id", flat=True)
    return {*map(int, saved), *entries.values_list("page_id", flat=True)}


class _Ticks(forms.ModelMultipleChoiceField):
    """Schedules by the ids of their pages; a number no database holds is refused."""

    def clean(self, value: Any) -> QuerySet:
        if any(not tick.isdecimal() or len(tick) > LONGEST_ID for tick in value or []):
            raise forms.ValidationError(self.error_messages["invalid_choice"])
        return super().clean(value)


class AssignForm(forms.Form):
    """The ticked pages, and who is to review them."""

    pages = _Ticks(
        queryset=ReviewSchedule.objects.none(),
        to_field_name="page_id",
        error_messages={
            "required": "Tick the pages that you want to assign.",
            "invalid_choice": "One of the ticked pages is not on the site any more.",
        },
    )
    assign_to = forms.ChoiceField(
        label="Assign the ticked pages to",
        error_messages={
            "required": "Choose who is to review the ticked pages.",
            "invalid_choice": "Choose somebody of the list: only members of the "
            "reviewers' groups can sign.",
        },
    )

    def __init__(self, *args: Any, schedules: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pages"].queryset = schedules
        self.fields["assign_to"].choices = [
            ("", "Choose a reviewer"),
            *((str(person.pk), named(person)) for person in reviewers()),
            (NOBODY, "Nobody"),
        ]

    def person(self) -> User | None:
        """Whoever was chosen; None for nobody. Of a valid form."""
        chosen = self.cleaned_data["assign_to"]
        return None if chosen == NOBODY else User.objects.get(pk=chosen)


def assign(
    schedules: Sequence[ReviewSchedule], person: User | None, by: User
) -> tuple[list[Page], list[Page]]:
    """Make the reviews this person's task; nobody's for None.

    Answers with the pages that were assigned, and with those on which the person wrote:
    these stay as they were, because somebody else has to sign for them.
    """
    page_ids = [schedule.page_id for schedule in schedules]
    own = written_by(person, page_ids) if person else set()
    given = [schedule for schedule in schedules if schedule.page_id not in own]
    ReviewSchedule.objects.filter(pk__in=[schedule.pk for schedule in given]).update(
        assigned_to=person
    )
    for schedule in given:
        log(
            schedule.page,
            "education.assign_review",
            user=by,
            data={"to": named(person) if person else ""},
        )
    left = [schedule.page for schedule in schedules if schedule.page_id in own]
    return [schedule.page for schedule in given], left
