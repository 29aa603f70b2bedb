"""One question takes the place of another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from education.language import current_language
from education.models import Alias, FAQPage, Withdrawal, WithdrawalRefused, withdraw
from education.models.faqs import question_key
from education.models.withdrawals import lock
from education.vocabulary import AliasKind, WithdrawalReason

CHANGE = "It can now be found by another wording of the question, too."

NOT_WHILE_BUSY = (
    "That page waits for approval, for its day, or is locked by somebody, so its words "
    "were left alone. Add the old wording to it later, under “Other words people use”."
)


@dataclass(frozen=True)
class Merger:
    """What was done: the page taken down, and what became of its wording."""

    withdrawal: Withdrawal
    wording: str


@transaction.atomic
def merge_questions(
    gone: FAQPage, into: FAQPage, lead: User, note: str, now: datetime
) -> Merger:
    """Take one question down and let its addresses lead to the other for good.

    Its wording goes into a draft of the other, for somebody else to approve. Raises
    WithdrawalRefused where one of them is not published, or both are the same.
    """
    # In one order whoever merges: two leads would else wait for each other.
    held = {pk: lock(FAQPage(pk=pk)) for pk in sorted({gone.pk, into.pk})}
    gone, into = held[gone.pk], held[into.pk]
    if refusal := why_not_into(gone, into, now):
        raise WithdrawalRefused(refusal)
    withdrawal = withdraw(gone, lead, WithdrawalReason.MERGED, note, now, into)
    return Merger(withdrawal, _pass_on_wording(gone.title, into, lead))


def why_not_into(gone: FAQPage, into: FAQPage, now: datetime) -> str:
    """Why the one question may not be merged into the other; empty when it may."""
    if gone.pk == into.pk:
        return "Choose another question than this one."
    published = FAQPage.objects.published(current_language(), now)
    if not published.filter(pk=into.pk).exists():
        return (
            f'The public cannot read "{into.title}" now, so it cannot take the place '
            "of another page."
        )
    return ""


def _pass_on_wording(wording: str, into: FAQPage, lead: User) -> str:
    """Add it to the newest version of the page, and say what was done.

    The draft is not published: that needs the approval of somebody else.
    """
    into = FAQPage.objects.get(pk=into.pk)
    lock_on_page = into.get_lock()
    if into.workflow_in_progress or (lock_on_page and lock_on_page.for_user(lead)):
        return NOT_WHILE_BUSY
    draft = into.get_latest_revision_as_object()
    rows = list(draft.other_words.all())
    known = {question_key(text) for text in (draft.title, *(row.text for row in rows))}
    if question_key(wording) in known:
        return "That page can be found by the old wording already."
    row = Alias(text=wording, kind=AliasKind.ASKED_AS, sort_order=len(rows))
    draft.other_words.add(row)
    if not draft.says_what_changed:
        draft.change_note = CHANGE
    draft.save_revision(user=lead, log_action=True, clean=False)
    return (
        "Its wording is in a draft of that page. Hand the draft over for approval, so "
        "that search finds the page by it."
    )
