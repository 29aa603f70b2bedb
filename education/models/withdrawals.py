"""Pages that a lead took off the site, and why."""

from __future__ import annotations

from django.db import models
from wagtail.models import Page

from education.models.approval import SignOff
from education.vocabulary import WithdrawalReason


class Withdrawal(models.Model):
    """A page was taken off the site; the ledger keeps by whom, when, and the note."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="withdrawals")
    sign_off = models.OneToOneField(
        SignOff, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(max_length=16, choices=WithdrawalReason.choices)
    merged_into = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.page}: {self.get_reason_display()}"
