"""What the public searches for: counts a day, of no person, address or time of day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models

#: A term is kept in clear once it was asked on so many different days.
DAYS_UNTIL_CLEAR = 3

#: So long the counts of terms are kept that were not asked on enough days, in days.
RARE_KEPT = 90
#: And so long those of terms in clear.
CLEAR_KEPT = 400


class SearchTermQuerySet(models.QuerySet):
    def in_clear(self) -> Self:
        return self.exclude(text="")

    def rare(self) -> Self:
        """Terms of which only a keyed hash is known."""
        return self.filter(text="")

    def asked_since(self, first_day: date) -> Self:
        """With `asked` and `opened` from that day on, and the `results` last seen.

        Only terms that were asked in that time.
        """
        in_time = models.Q(counts__day__gte=first_day)
        asked = SearchCount.objects.filter(term=models.OuterRef("pk"), asked__gt=0)
        last = asked.order_by("-day").values("results")[:1]
        return self.annotate(
            asked=models.Sum("counts__asked", filter=in_time),
            opened=models.Sum("counts__opened", filter=in_time),
            results=models.Subquery(last),
        ).filter(asked__gt=0)


class SearchTerm(models.Model):
    """What people search for, normalised; two searches that mean the same are one.

    `hashed` is made of language and term, keyed with the secret of the portal. `text`
    is empty until the term was asked on `DAYS_UNTIL_CLEAR` different days, and always
    where the term is long. Written by `education.search.counting`.
    """

    hashed = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=80, blank=True)

    objects = SearchTermQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ("view",)
        verbose_name = "search"
        verbose_name_plural = "searches"

    def __str__(self) -> str:
        return self.text or "a rare search"


class SearchCountQuerySet(models.QuerySet):
    def outdated(self, today: date) -> Self:
        """What was counted so long ago that it is not to be kept."""
        return self.filter(
            models.Q(day__lt=today - timedelta(days=CLEAR_KEPT))
            | models.Q(term__text="", day__lt=today - timedelta(days=RARE_KEPT))
        )


class SearchCount(models.Model):
    """How often a term was asked on one day, and a result of it opened.

    `results` is how many pages were found when it was last asked on that day.
    """

    term = models.ForeignKey(
        SearchTerm, on_delete=models.CASCADE, related_name="counts"
    )
    day = models.DateField(db_index=True)
    asked = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    results = models.PositiveIntegerField(default=0)

    objects = SearchCountQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["term", "day"], name="one_count_a_term_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.term} on {self.day}: {self.asked}"
