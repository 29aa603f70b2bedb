"""Keeps what readers say, without who they are."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from education.feedback.sent import Refused, Ticket
from education.feedback.unread import count_anew
from education.language import current_language
from education.models import ClinicalPage, Feedback
from education.models.feedback import read_version
from education.models.old_addresses import with_last_live
from education.models.withdrawals import why_gone
from education.private_words import masked
from education.vocabulary import FeedbackState


def page_to_answer(key: int | None, now: datetime) -> ClinicalPage:
    """The published page with this key. Raises Refused where there is none."""
    page = page_by_key(key, now)
    if page:
        return page
    known = ClinicalPage.objects.unrestricted(current_language()).filter(pk=key)
    gone = with_last_live(known).first()
    if gone and why_gone(gone, now):
        raise Refused(
            "This page has been taken down since you opened it, so nothing can be said "
            "about it any more.",
            410,
        )
    raise Refused(
        "We do not know which page you mean. Go back to the page, and press Yes or No "
        "there.",
        404,
    )


def page_by_key(key: int | Ticket | None, now: datetime) -> ClinicalPage | None:
    """The published page with this key, or to which this answer was given, if any."""
    if key is None:
        return None
    published = ClinicalPage.objects.published(current_language(), now)
    if isinstance(key, Ticket):
        return published.filter(feedback=key.answer).first()
    return published.filter(pk=key).first()


def add_answer(
    page: ClinicalPage, revision_id: int | None, is_helpful: bool, now: datetime
) -> Feedback:
    """Keep a yes or a no, with the day and nothing else."""
    return Feedback.objects.create(
        page=page,
        revision_id=read_version(page, revision_id),
        is_helpful=is_helpful,
        given_on=timezone.localdate(now),
    )


def add_words(ticket: Ticket, words: str) -> None:
    """Keep the words, without what may say who wrote them.

    Sent again, they take the place of those before: who sees in the next moment that a
    name was in them can take it out. Raises Refused once somebody has decided on them.
    """
    answers = Feedback.objects.filter(pk=ticket.answer)
    if answers.filter(state=FeedbackState.UNREAD).update(words=masked(words)):
        count_anew()
        return
    if answers.exists():
        raise Refused(
            "Somebody has read what you sent before, so it cannot be changed any more. "
            "Go back to the page, and press Yes or No again.",
            409,
        )
    raise Refused("This page has been taken down since you answered.", 410)
