"""Who signs: name, role and registration, as the public reads them."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

NAMESAKE = (
    "Somebody of your name wrote, handed over or approved this text. If that is "
    "another of your accounts, somebody else has to decide; if not, ask a lead to tell "
    "your names apart."
)


class ClinicianProfile(models.Model):
    """How a clinician signs. A lead keeps it; each sign-off holds a copy."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="clinician_profile",
    )
    name = models.CharField(
        max_length=120,
        help_text="As it stands under the pages that this person approves.",
    )
    role = models.CharField(
        max_length=120,
        help_text='What this person is, for example "Consultant neurologist".',
    )
    registration = models.CharField(
        max_length=120,
        blank=True,
        help_text="The body and the number under which the public can look this "
        "person up.",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name"]
        verbose_name = "clinician"

    def __str__(self) -> str:
        return self.name

    @property
    def credentials(self) -> str:
        """Role and registration on one line, as a sign-off keeps them."""
        return ", ".join(part for part in (self.role, self.registration) if part)


def signature(user: User) -> tuple[str, str]:
    """The name and the credentials with which this user signs now.

    Without a profile it is the name of the account, and no credentials; both are empty
    for somebody who has no name here at all and so cannot sign.
    """
    profile = ClinicianProfile.objects.filter(user=user).first()
    if profile is not None:
        return profile.name, profile.credentials
    return user.get_full_name(), ""


def has_namesake(user: User, others: Iterable[int]) -> bool:
    """Whether one of these accounts bears the name with which this user signs.

    One person may have two accounts. Only the name tells, so it has to be another.
    """
    name = _plain(signature(user)[0])
    accounts = User.objects.filter(pk__in=others).exclude(pk=user.pk)
    rows = accounts.values_list("first_name", "last_name", "clinician_profile__name")
    return any(
        name in (_plain(f"{first} {last}"), _plain(profile or ""))
        for first, last, profile in rows
    )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
