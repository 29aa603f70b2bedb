"""The cards that stand before everything else in an emergency, and their words.

The words of a card are written once and never changed: a new wording takes the place
of the one shown once a clinician who did not write it approves it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.validators import RegexValidator
from django.db import models, transaction

from education.models.clinicians import NAMESAKE, has_namesake, signature
from education.models.search_words import SearchEdition

_NUMBER = RegexValidator(
    r"^[0-9][0-9 ()+-]*$",
    "Write the telephone number in digits, such as 1-800-222-1222.",
)


class WordingState(models.TextChoices):
    """What became of a wording. Once decided on, that stays."""

    SUPPLIED = "supplied", "Comes with the portal; not yet approved here"
    WAITING = "waiting", "Waiting for approval"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Laid aside"


class WordingRefused(PermissionDenied):
    """A wording was not written or decided on; the message says why."""


class EmergencyCard(models.Model):
    """One card of one language. The lower its place, the graver it is."""

    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    name = models.SlugField(max_length=40)
    title = models.CharField(max_length=80, help_text="What staff call it.")
    place = models.PositiveSmallIntegerField(
        help_text="Where several cards match, the one with the lowest number shows."
    )
    stands_alone = models.BooleanField(
        default=False,
        help_text="No pages are listed below this card, such as for words of "
        "self-harm, where what pages say of harm could hurt.",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "name"], name="one_emergency_card_a_name"
            )
        ]
        ordering = ["language", "place", "name"]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_language_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        SearchEdition.renew()

    @property
    def shown(self) -> EmergencyWording | None:
        """The wording that the public reads now."""
        return shown_of(self.wordings.all())

    @property
    def waiting(self) -> EmergencyWording | None:
        """The wording that waits for somebody else's approval."""
        rows = self.wordings.all()
        return next((row for row in rows if row.state == WordingState.WAITING), None)

    @transaction.atomic
    def propose(self, writer: User, words: dict[str, str], now: datetime) -> Any:
        """Let a new wording wait for approval. The one shown stays until then."""
        EmergencyCard.objects.select_for_update().get(pk=self.pk)
        if not _may(writer, "add_emergencywording"):
            raise WordingRefused("Only a clinical lead can write an emergency card.")
        if not signature(writer)[0]:
            raise WordingRefused(NO_NAME)
        if self.wordings.filter(state=WordingState.WAITING).exists():
            raise WordingRefused(
                "Another wording of this card is waiting already. Decide on it first."
            )
        return self.wordings.create(written_by=writer, written_at=now, **words)


NO_NAME = "Your account has no name, so nobody could tell who stands for these words."
DECIDED = "Somebody else has decided on this wording already."


class EmergencyWordingQuerySet(models.QuerySet):
    def decide(self, **said: Any) -> int:
        """Write down what was decided about those of these wordings that wait."""
        return models.QuerySet.update(self.filter(state=WordingState.WAITING), **said)

    def update(self, **kwargs: Any) -> int:
        raise WordingRefused("A wording is never changed. Write a new one.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise WordingRefused("A wording is never deleted.")


class EmergencyWording(models.Model):
    """What a card says. Never changed; only what was decided about it is added."""

    card = models.ForeignKey(
        EmergencyCard, on_delete=models.PROTECT, related_name="wordings"
    )
    heading = models.CharField(
        max_length=80, help_text="What to do, in a few words: “Call 911 now”."
    )
    text = models.CharField(
        max_length=300, help_text="One to three short, plain sentences."
    )
    action = models.CharField(
        max_length=60, help_text="What the button says: “Call 911”."
    )
    number = models.CharField(
        max_length=20, validators=[_NUMBER], help_text="The number that it calls."
    )
    state = models.CharField(
        max_length=10, choices=WordingState.choices, default=WordingState.WAITING
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approver_name = models.CharField(max_length=255, blank=True)
    approver_credentials = models.CharField(max_length=255, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = EmergencyWordingQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        permissions = [
            ("approve_emergencywording", "Can decide on the words of emergency cards")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["card"],
                condition=models.Q(state="waiting"),
                name="one_emergency_wording_waits",
            ),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("written_by"))
                | models.Q(approved_by=None)
                | models.Q(written_by=None),
                name="who_wrote_the_wording_does_not_approve_it",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="an_approved_wording_has_an_approver",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row. A second save is refused: write a new wording instead."""
        if self.pk is not None:
            raise WordingRefused("A wording is never changed. Write a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise WordingRefused("A wording is never deleted.")

    def why_not(self, user: User) -> str:
        """Why this user cannot approve it, in a sentence; empty if nothing forbids."""
        if not _may(user, "approve_emergencywording"):
            return "Only a reviewer or a clinical lead can approve an emergency card."
        if user.pk == self.written_by_id:
            return "You wrote this wording, so somebody else has to approve it."
        if not signature(user)[0]:
            return NO_NAME
        if self.written_by_id and has_namesake(user, [self.written_by_id]):
            return NAMESAKE
        return ""

    @transaction.atomic
    def approve(self, user: User, now: datetime) -> None:
        """Show it to the public from now on. Raises WordingRefused."""
        self._lock()
        reason = self.why_not(user)
        if reason:
            raise WordingRefused(reason)
        name, credentials = signature(user)
        self._decide(
            state=WordingState.APPROVED,
            approved_by=user,
            approved_at=now,
            approver_name=name,
            approver_credentials=credentials,
        )
        SearchEdition.renew()

    @transaction.atomic
    def refuse(self, user: User, reason: str, now: datetime) -> None:
        """Lay it aside; who wrote it may do so too. Raises WordingRefused."""
        self._lock()
        if not _may(user, "approve_emergencywording"):
            raise WordingRefused("Only a reviewer or a clinical lead can refuse it.")
        if not reason.strip():
            raise WordingRefused("Say why, so that your colleagues know.")
        self._decide(
            state=WordingState.REFUSED,
            refused_by=user,
            refused_at=now,
            reason=reason.strip(),
        )

    def _lock(self) -> None:
        EmergencyCard.objects.select_for_update().get(pk=self.card_id)

    def _decide(self, **said: Any) -> None:
        if not EmergencyWording.objects.filter(pk=self.pk).decide(**said):
            raise WordingRefused(DECIDED)
        self.refresh_from_db()


def shown_of(wordings: Any) -> EmergencyWording | None:
    """Of a card's wordings the one last approved, else the one it came with."""
    approved = [row for row in wordings if row.state == WordingState.APPROVED]
    if approved:
        return max(approved, key=lambda row: (row.approved_at, row.pk))
    return next((row for row in wordings if row.state == WordingState.SUPPLIED), None)


def _may(user: User, codename: str) -> bool:
    return user.is_active and user.has_perm(f"education.{codename}")
