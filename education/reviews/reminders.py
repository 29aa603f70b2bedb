"""Who is told by e-mail that reviews come round: one digest a person, once a thing.

What is told is claimed first, in a transaction of its own; so two runs at once tell
nobody twice. A run that is killed while it sends leaves its claim: rather one e-mail
too few than one twice, and the report shows the same pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from education.models import ReviewReminder, ReviewSchedule, ReviewSettings
from education.reviews.assigning import KEEPING_REVIEWS, named
from education.vocabulary import Kind, ReviewState

#: The order in which a digest tells of them.
TOLD = (ReviewState.OVERDUE, ReviewState.DUE, ReviewState.DUE_SOON)


@dataclass(frozen=True)
class Reminder:
    """One page, as a digest tells of it."""

    page_id: int
    title: str
    kind: str
    state: ReviewState
    due_on: date
    remark: str

    @property
    def url(self) -> str:
        return _absolute(reverse("wagtailadmin_pages:edit", args=[self.page_id]))


def reminders_for_each(today: date) -> dict[User | None, list[Reminder]]:
    """What each person would be told today, were it the first time.

    Whoever has the task is told; the clinical leads where nobody has it or that person
    cannot be reached. Under None stands what nobody can be told of.
    """
    notice = ReviewSettings.load().notice_days
    schedules = ReviewSchedule.objects.as_listed().needing_attention(today)
    leads = list(clinical_leads())
    told: dict[User | None, list[Reminder]] = defaultdict(list)
    for schedule in schedules:
        person = schedule.assigned_to
        can_be_told = bool(person and person.is_active and person.email)
        reminder = Reminder(
            page_id=schedule.page_id,
            title=schedule.page.title,
            kind=str(Kind(schedule.kind).label),
            state=schedule.state(today, notice),
            due_on=schedule.due_on,
            remark="" if can_be_told else _whose(schedule),
        )
        for somebody in [person] if can_be_told else leads or [None]:
            told[somebody].append(reminder)
    return told


def _whose(schedule: ReviewSchedule) -> str:
    if not schedule.assignee:
        return "Nobody has this task yet."
    return f"{schedule.assignee} has this task, but cannot be reached by e-mail."


def clinical_leads() -> Iterable[User]:
    """Whoever keeps the reviews and can be reached; superusers only by permission."""
    label, codename = KEEPING_REVIEWS.split(".")
    keeps = Q(
        groups__permissions__codename=codename,
        groups__permissions__content_type__app_label=label,
    ) | Q(
        user_permissions__codename=codename,
        user_permissions__content_type__app_label=label,
    )
    people = User.objects.filter(keeps, is_active=True).exclude(email="")
    return people.distinct().order_by("pk")


def claim(person: User, reminders: list[Reminder], now: datetime) -> list[Reminder]:
    """Those that this person was never told of; from now on nobody else tells them."""
    with transaction.atomic(durable=True):
        # One run at a time claims for this person; the second sees the first's claims.
        User.objects.select_for_update().get(pk=person.pk)
        claimed = set(
            ReviewReminder.objects.filter(
                person=person, page__in=[reminder.page_id for reminder in reminders]
            ).values_list("page_id", "state", "due_on")
        )
        new = [
            reminder
            for reminder in reminders
            if (reminder.page_id, str(reminder.state), reminder.due_on) not in claimed
        ]
        ReviewReminder.objects.bulk_create(
            ReviewReminder(
                page_id=reminder.page_id,
                person=person,
                state=reminder.state,
                due_on=reminder.due_on,
                claimed_at=now,
            )
            for reminder in new
        )
    return new


def send_digest(person: User, reminders: list[Reminder], now: datetime) -> int:
    """Tell this person what is new, in one e-mail; answers with how many things.

    When the mail cannot be sent, the claim is taken back and the error raised.
    """
    new = claim(person, reminders, now)
    if not new:
        return 0
    rows = ReviewReminder.objects.filter(
        person=person,
        claimed_at=now,
        sent_at=None,
        page__in=[reminder.page_id for reminder in new],
    )
    try:
        _send(person, new)
    except Exception:
        rows.delete()
        raise
    rows.update(sent_at=timezone.now())
    return len(new)


def _send(person: User, reminders: list[Reminder]) -> None:
    shelves = [
        (state, [reminder for reminder in reminders if reminder.state == state])
        for state in TOLD
    ]
    shelves = [(state, shelf) for state, shelf in shelves if shelf]
    said = ", ".join(f"{len(shelf)} {state.label.lower()}" for state, shelf in shelves)
    text = render_to_string(
        "education/emails/review_digest.txt",
        {
            "name": named(person),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "shelves": [(str(state.label), shelf) for state, shelf in shelves],
            "report_url": _absolute(reverse("reviews:report")),
        },
    )
    send_mail(
        f"Reviews of pages: {said}",
        text,
        settings.WAGTAILADMIN_NOTIFICATION_FROM_EMAIL,
        [person.email],
    )


def _absolute(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
