"""Words that mean the same to a reader, kept by vocabulary managers for the search."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from education.models.search_words import SearchEdition
from education.vocabulary import SynonymKind


class Synonym(models.Model):
    """Who searches for `words` finds pages that say `means`; both ways if it says so.

    Changes what is found, never what a page says.
    """

    language = models.CharField(
        max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    words = models.CharField(
        max_length=80, help_text="What people type, such as “charley horse”."
    )
    means = models.CharField(
        max_length=80, help_text="What pages say, such as “muscle cramp”."
    )
    kind = models.CharField(max_length=16, choices=SynonymKind.choices)
    both_ways = models.BooleanField(
        default=False,
        help_text="People who type what pages say find the first words, too.",
    )
    note = models.CharField(
        max_length=200,
        blank=True,
        help_text="Why they mean the same, or where it is written. Only staff see it.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "words", "means"], name="one_row_a_synonym"
            )
        ]
        ordering = ["language", "words", "means"]

    def __str__(self) -> str:
        return f"{self.words} {'=' if self.both_ways else '→'} {self.means}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        SearchEdition.renew()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        SearchEdition.renew()
        return super().delete(*args, **kwargs)
