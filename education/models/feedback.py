"""What readers say of a page: helpful or not, and what was missing.

Nobody's name, address, browser or time of day is kept, and nothing of it is public.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Self

from django.contrib.auth.models import User
from django.db import models
from wagtail.models import PageLogEntry, Revision

from education.models.clinical import ClinicalPage
from education.models.gate import WENT_LIVE
from education.vocabulary import FeedbackState

#: So long a reader's words are kept. That somebody answered yes or no stays.
WORDS_KEPT = timedelta(days=365)

#: How many characters a reader may write.
MOST_CHARACTERS = 400


#: Words that nobody has decided on.
UNREAD = ~models.Q(words="") & models.Q(state=FeedbackState.UNREAD)


class FeedbackQuerySet(models.QuerySet):
    def with_words(self) -> Self:
        return self.exclude(words="")

    def unread(self) -> Self:
        return self.filter(UNREAD)

    def unread_first(self) -> Self:
        """What nobody has decided on, then the rest; the newest first in both."""
        is_unread = models.Case(models.When(UNREAD, then=0), default=1)
        return self.order_by(is_unread, "-given_on", "-pk")

    def counted(self, *by: str) -> models.QuerySet:
        """How many said `yes` and `no`, for each value of these fields."""
        return (
            self.order_by()
            .values(*by)
            .annotate(
                yes=models.Count("pk", filter=models.Q(is_helpful=True)),
                no=models.Count("pk", filter=models.Q(is_helpful=False)),
            )
        )

    def forget_words(self, today: date) -> int:
        """Delete the words whose time is over; of how many answers. The rest stays."""
        old = self.with_words().filter(given_on__lt=today - WORDS_KEPT)
        return old.update(words="")


class Feedback(models.Model):
    """One answer to "Was this page helpful?".

    `revision` is the version that was live when the page was read; None where it is
    not known. `words` holds nothing that looks like an address or a number of a person:
    see `education.private_words`. `state` speaks of the words.
    """

    page = models.ForeignKey(
        ClinicalPage, on_delete=models.CASCADE, related_name="feedback"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_helpful = models.BooleanField()
    words = models.TextField(blank=True)
    given_on = models.DateField(db_index=True)
    state = models.CharField(
        max_length=12, choices=FeedbackState.choices, default=FeedbackState.UNREAD
    )
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = FeedbackQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ("view",)
        verbose_name_plural = "feedback"
        indexes = [
            models.Index(
                fields=["state", "given_on"],
                condition=~models.Q(words=""),
                name="feedback_with_words",
            )
        ]

    def __str__(self) -> str:
        said = "helpful" if self.is_helpful else "not helpful"
        return f"{self.page}: {said}"

    @property
    def is_unread(self) -> bool:
        return self.state == FeedbackState.UNREAD

    def decide(
        self, state: FeedbackState, seen: FeedbackState, by: User, now: datetime
    ) -> bool:
        """Note what becomes of the words, or that nobody has decided after all.

        `seen` is the state that `by` saw; False when a colleague changed it since.
        """
        is_undone = state == FeedbackState.UNREAD
        here = Feedback.objects.with_words().filter(pk=self.pk, state=seen)
        return bool(
            here.update(
                state=state,
                decided_by=None if is_undone else by,
                decided_at=None if is_undone else now,
            )
        )


def read_version(page: ClinicalPage, revision_id: int | None) -> int | None:
    """The version that a reader's answer speaks of: a key of Revision.

    What the reader sends counts when it is or was live on this page. Else it is the
    version that is live now, which is None where a page has none.
    """
    if revision_id is None or revision_id == page.live_revision_id:
        return page.live_revision_id
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=WENT_LIVE)
    was_live = entries.filter(revision=revision_id).exists()
    return revision_id if was_live else page.live_revision_id
