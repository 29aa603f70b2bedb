"""Periodic review: when a page is due again, whose task it is, who was told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

from education.models.approval import SignOff
from education.vocabulary import ReviewState

#: Longer than this is a slip of the finger: nobody plans reviews over five years.
MOST_DAYS = 5 * 365


@register_setting(icon="calendar-check")
class ReviewSettings(BaseGenericSetting):
    """How periodic reviews come round. Clinical leads keep it."""

    notice_days = models.PositiveSmallIntegerField(
        "days of notice",
        default=60,
        help_text="So many days before its review date a page counts as due soon.",
    )
    grace_days = models.PositiveSmallIntegerField(
        "days of grace",
        default=90,
        help_text="So many days after its review date a page counts as overdue, and "
        "a banner tells the public.",
    )

    panels = [FieldPanel("notice_days"), FieldPanel("grace_days")]

    class Meta:
        verbose_name = "periodic review"

    def __str__(self) -> str:
        return "Periodic review"

    def clean(self) -> None:
        super().clean()
        too_long = {
            name: f"Write a number of days from 0 to {MOST_DAYS}."
            for name in ("notice_days", "grace_days")
            if (getattr(self, name) or 0) > MOST_DAYS
        }
        if too_long:
            raise ValidationError(too_long)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and move the day on which each page becomes overdue."""
        super().save(*args, **kwargs)
        ReviewSchedule.objects.keep_to(self)


class ReviewScheduleQuerySet(models.QuerySet):
    def of_live_pages(self) -> Self:
        """Without pages that are not on the site: nobody has to review those."""
        return self.filter(page__live=True)

    def as_listed(self) -> Self:
        """With what a list shows of each page, and its `kind`; the next due first."""
        listed = self.select_related("page__locale", "sign_off", "assigned_to")
        kind = models.F("page__clinicalpage__kind")
        return listed.annotate(kind=kind).order_by("due_on", "page_id")

    def in_state(self, state: ReviewState, today: date) -> Self:
        """The pages that stand so on this day; every page is in exactly one state."""
        notice = today + timedelta(days=ReviewSettings.load().notice_days)
        return self.filter(
            {
                ReviewState.UP_TO_DATE: models.Q(due_on__gt=notice),
                ReviewState.DUE_SOON: models.Q(due_on__gt=today, due_on__lte=notice),
                ReviewState.DUE: models.Q(due_on__lte=today, overdue_on__gt=today),
                ReviewState.OVERDUE: models.Q(overdue_on__lte=today),
            }[state]
        )

    def needing_attention(self, today: date) -> Self:
        """Due soon, due or overdue; the longest overdue first."""
        notice = today + timedelta(days=ReviewSettings.load().notice_days)
        return self.of_live_pages().filter(due_on__lte=notice).order_by("due_on", "pk")

    def keep_to(self, chosen: ReviewSettings) -> None:
        """Move the day on which each page becomes overdue to the chosen grace."""
        grace = timedelta(days=chosen.grace_days)
        rows: Iterable[ReviewSchedule] = self.only("due_on").iterator(chunk_size=500)
        batch = []
        for row in rows:
            row.overdue_on = row.due_on + grace
            batch.append(row)
        self.bulk_update(batch, ["overdue_on"], batch_size=500)


class ReviewSchedule(models.Model):
    """When a page was last reviewed as a whole, and when it is due again.

    The dates are those of the sign-off, copied so that lists can sort by them.
    """

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, related_name="review_schedule"
    )
    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="+")
    last_reviewed_at = models.DateTimeField()
    due_on = models.DateField(db_index=True)
    overdue_on = models.DateField(db_index=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviews_to_do",
    )

    objects = ReviewScheduleQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.page}: due {self.due_on}"

    @property
    def assignee(self) -> str:
        """The name of whoever has to review the page next; empty for nobody."""
        person = self.assigned_to
        return (person.get_full_name() or person.get_username()) if person else ""

    @property
    def is_changed_since_review(self) -> bool:
        """Whether other words are live than those that were reviewed as a whole."""
        return self.page.live_revision_id != self.sign_off.revision_id

    def state(self, today: date, notice_days: int) -> ReviewState:
        """Where the page stands on this day."""
        if self.overdue_on <= today:
            return ReviewState.OVERDUE
        if self.due_on <= today:
            return ReviewState.DUE
        if self.due_on <= today + timedelta(days=notice_days):
            return ReviewState.DUE_SOON
        return ReviewState.UP_TO_DATE

    @classmethod
    def begin_anew(cls, page: Page, sign_off: SignOff) -> ReviewSchedule:
        """Note that the whole page was reviewed; the next review is then its own."""
        grace = timedelta(days=ReviewSettings.load().grace_days)
        schedule, _ = cls.objects.update_or_create(
            page_id=page.pk,
            defaults={
                "sign_off": sign_off,
                "last_reviewed_at": sign_off.signed_at,
                "due_on": sign_off.next_review_on,
                "overdue_on": sign_off.next_review_on + grace,
            },
        )
        return schedule


class ReviewReminder(models.Model):
    """One person was told once that one page has come to one state of its review."""

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="review_reminders"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="review_reminders",
    )
    state = models.CharField(max_length=12, choices=ReviewState.choices)
    due_on = models.DateField()
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "person", "state", "due_on"],
                name="one_reminder_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} was told: {self.page} is {self.get_state_display()}"
