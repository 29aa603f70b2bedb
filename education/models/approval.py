"""Sign-offs: who approved which words, when, and when they are due again.

A sign-off is written once and never changed. Each row holds the hash of the row before
it in its ledger, so that a changed, deleted or inserted one shows.
"""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.models import Page, Revision

from education.models.clinicians import signature
from education.models.tags import TAG_ROWS, current_tags
from education.vocabulary import Decision

#: Fields of a revision that say where and when, not what the patient reads.
BOOKKEEPING = frozenset(
    {
        "pk",
        "path",
        "depth",
        "numchild",
        "url_path",
        "draft_title",
        "live",
        "has_unpublished_changes",
        "owner",
        "locked",
        "locked_at",
        "locked_by",
        "first_published_at",
        "last_published_at",
        "latest_revision_created_at",
        "latest_revision",
        "live_revision",
        "expired",
        "alias_of",
        "content_type",
        "translation_key",
        "wagtail_admin_comments",
    }
)

#: Fields of a row beneath a page that its first publication fills in.
ROW_BOOKKEEPING = frozenset({"pk", "sort_order"})

#: What the author says of a change: public words, but not words of the page.
ABOUT_THE_CHANGE = frozenset({"change_note"})

#: Fields that older versions do not have. Empty, they say nothing, so that what was
#: signed before is the same words today.
CAME_LATER = frozenset({"key_points", "drowsiness", "alcohol", "longest_use"})

GENESIS = "0" * 64


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a page's serialised content, without bookkeeping fields.

    The same words give the same hash whether they come from a revision or from the
    live page, and on every database.
    """
    return _digest(_words(content, BOOKKEEPING))


def same_words(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two contents say the same to a reader of the page."""
    one, other = _without_block_ids(one), _without_block_ids(other)
    aside = BOOKKEEPING | ABOUT_THE_CHANGE
    if _words(one, aside) == _words(other, aside):
        return True
    # The public reads one word where two tags were merged since.
    aside |= {TAG_ROWS}
    return _words(one, aside) == _words(other, aside) and (
        current_tags(one) == current_tags(other)
    )


def _words(content: Mapping[str, Any], aside: frozenset[str]) -> dict[str, Any]:
    return {
        name: _canonical(value)
        for name, value in content.items()
        if name not in aside and (value or name not in CAME_LATER)
    }


def _without_block_ids(content: Mapping[str, Any]) -> dict[str, Any]:
    """Wagtail writes a block or list item that has no id anew once it was read."""
    return {
        name: _said(value) if isinstance(value, list) else value
        for name, value in _words(content, frozenset()).items()
    }


def _said(value: Any) -> Any:
    if isinstance(value, list):
        return [_said(item) for item in value]
    if isinstance(value, dict):
        block = {"type", "value"} <= value.keys()
        if block and value["type"] == "item":
            return _said(value["value"])
        return {
            name: _said(item)
            for name, item in value.items()
            if not (block and name == "id")
        }
    return value


def _canonical(value: Any) -> Any:
    """Rows without their keys, and stream fields parsed: databases reorder JSON."""
    if isinstance(value, list):
        return [
            {name: row[name] for name in row.keys() - ROW_BOOKKEEPING}
            if isinstance(row, dict)
            else row
            for row in value
        ]
    if isinstance(value, str) and value.startswith("[{"):
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value


def _digest(says: Mapping[str, Any]) -> str:
    text = json.dumps(
        says, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder
    )
    return hashlib.sha256(text.encode()).hexdigest()


class LedgerIsImmutable(TypeError):
    """Somebody tried to change or delete a sign-off."""


class SignOffQuerySet(models.QuerySet):
    def write(
        self, *, page: Page, revision: Revision, reviewer: User, **said: Any
    ) -> SignOff:
        """Sign at the end of the ledger, with the signer's name as it is now.

        Inside the transaction of what is decided: it waits for the ledger's one pen.
        """
        # One ledger, one writer at a time: whoever holds the root's row writes next.
        Page.objects.select_for_update().get(depth=1)
        name, credentials = signature(reviewer)
        row = self.model(
            page_id=page.pk,
            revision=revision,
            content_hash=content_hash(revision.content),
            reviewer=reviewer,
            reviewer_name=name or reviewer.get_username(),
            reviewer_credentials=credentials,
            **said,
        )
        row.save()
        return row

    def approvals(self) -> SignOffQuerySet:
        return self.filter(decision=Decision.APPROVED).order_by("pk")

    def approvals_of(self, revision: Revision) -> list[SignOff]:
        """Approvals of exactly the words that this revision holds now."""
        words = content_hash(revision.content)
        return list(self.approvals().filter(revision=revision, content_hash=words))

    def update(self, **kwargs: Any) -> int:
        raise LedgerIsImmutable("A sign-off cannot be changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise LedgerIsImmutable("A sign-off cannot be deleted.")


class SignOff(models.Model):
    """One clinician's decision on one revision, as it was made."""

    CLINICAL = "clinical"
    DEMONSTRATION = "demonstration"

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="sign_offs")
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="sign_offs"
    )
    content_hash = models.CharField(max_length=64)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_offs"
    )
    reviewer_name = models.CharField(max_length=255)
    reviewer_credentials = models.CharField(max_length=255, blank=True)
    decision = models.CharField(max_length=12, choices=Decision.choices)
    completes = models.BooleanField()
    note = models.TextField(blank=True)
    sources_checked = models.BooleanField(default=False)
    signed_at = models.DateTimeField()
    next_review_on = models.DateField(null=True)
    ledger = models.CharField(max_length=16, default=CLINICAL)
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64, unique=True)

    objects = SignOffQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = "sign-off"
        permissions = [
            ("withdraw_page", "Can take a published page off the site"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "previous_hash"], name="one_sign_off_after_another"
            )
        ]
        indexes = [models.Index(fields=["page", "decision", "signed_at"])]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} by {self.reviewer_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row at the end of its ledger. A second save is refused."""
        if self.pk is not None:
            raise LedgerIsImmutable("A sign-off cannot be changed.")
        last = type(self).objects.filter(ledger=self.ledger).order_by("pk").last()
        self.previous_hash = last.entry_hash if last else GENESIS
        self.entry_hash = self.computed_hash()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise LedgerIsImmutable("A sign-off cannot be deleted.")

    def computed_hash(self) -> str:
        """SHA-256 (hex) over everything that the row says, and the row before it."""
        says = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.attname not in ("id", "entry_hash")
        }
        return _digest(says)

    @property
    def signature(self) -> str:
        """The reviewer's name and credentials as they were then."""
        said = (self.reviewer_name, self.reviewer_credentials)
        return ", ".join(part for part in said if part)


def next_review_date(signed_on: date, months: int) -> date:
    """The day on which a page signed off on this day is due again."""
    years, month = divmod(signed_on.month - 1 + months, 12)
    year, month = signed_on.year + years, month + 1
    return date(year, month, min(signed_on.day, monthrange(year, month)[1]))
