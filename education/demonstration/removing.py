"""Takes the demonstration away again: exactly what it brought."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import models, transaction
from wagtail.models import Page, Revision

from education.models import (
    DemonstrationItem,
    ReviewSchedule,
    SignOff,
    Tag,
    Withdrawal,
)
from education.models.approval import GENESIS


@dataclass
class RemovalReport:
    """How many pages went, and what stayed because somebody else uses it by now."""

    pages: int = 0
    edited: list[str] = field(default_factory=list)
    tags_in_use: list[str] = field(default_factory=list)


@transaction.atomic
def remove() -> RemovalReport:
    """Remove the demonstration's pages, tags and accounts, and their sign-offs.

    A page that somebody outside the demonstration has edited or signed stays, with its
    tags and with the accounts that signed it off, and loses nothing.
    """
    report = RemovalReport()
    users = DemonstrationItem.objects.ids(User)
    for pk in DemonstrationItem.objects.ids(Page):
        page = Page.objects.filter(pk=pk).first()
        if page is None:
            continue
        if _edited_by_others(page, users):
            report.edited.append(page.title)
            continue
        _remove_page(page)
        report.pages += 1
    _close_gaps()
    report.tags_in_use = _remove_tags()
    _remove_accounts(users)
    _forget_what_is_gone()
    DemonstrationItem.objects.note_removal()
    return report


def _edited_by_others(page: Page, users: list[int]) -> bool:
    return (
        Revision.objects.for_instance(page).exclude(user__in=users).exists()
        or SignOff.objects.filter(page=page).exclude(reviewer__in=users).exists()
    )


def _remove_page(page: Page) -> None:
    ReviewSchedule.objects.filter(page=page).delete()
    Withdrawal.objects.filter(page=page).delete()
    # The ledger refuses deletion. The demonstration has a ledger of its own, so that
    # this leaves no gap in the clinical one.
    rows = SignOff.objects.filter(page=page, ledger=SignOff.DEMONSTRATION)
    rows._raw_delete(rows.db)
    Page.objects.get(pk=page.pk).specific.delete()


def _close_gaps() -> None:
    """Chain anew what stays in the demonstration's ledger: pages that others edited."""
    rows = SignOff.objects.filter(ledger=SignOff.DEMONSTRATION).order_by("pk")
    before = GENESIS
    for row in rows.iterator(chunk_size=500):
        if row.previous_hash != before:
            row.previous_hash = before
            row.entry_hash = row.computed_hash()
            # Past the ledger's own refusal to be changed: this one is ours to rewrite.
            models.QuerySet(SignOff).filter(pk=row.pk).update(
                previous_hash=row.previous_hash, entry_hash=row.entry_hash
            )
        before = row.entry_hash


def _remove_tags() -> list[str]:
    in_use = []
    for tag in Tag.objects.filter(pk__in=DemonstrationItem.objects.ids(Tag)):
        if tag.is_needed:
            in_use.append(tag.name)
        else:
            tag.delete()
    return in_use


def _remove_accounts(users: list[int]) -> None:
    for user in User.objects.filter(pk__in=users, sign_offs__isnull=True):
        user.delete()


def _forget_what_is_gone() -> None:
    for model in (Page, Tag, User):
        gone = set(DemonstrationItem.objects.ids(model)) - set(
            model.objects.values_list("pk", flat=True)
        )
        DemonstrationItem.objects.filter(
            kind=model._meta.label_lower, object_id__in=gone
        ).delete()
