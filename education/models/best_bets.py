"""Pages that editors pin above what the search finds."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel

from education.models.clinical import ClinicalPage
from education.models.search_words import SearchEdition
from education.models.synonyms import (
    NO_WORDS,
    SearchWordingQuerySet,
    holds_words,
    tidied,
)


class BestBet(models.Model):
    """Who searches for `words`, in whatever order and form, is shown `page` first.

    Which searches these are is for `education.search.best_bets` to say. A page that is
    not published is never shown, pinned or not.
    """

    language = models.CharField(
        max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    words = models.CharField(
        max_length=80,
        help_text="What people type, such as “leg cramps at night”. Order, capitals, "
        "endings and little words such as “the” make no difference. A search with more "
        "or fewer words is another search.",
    )
    page = models.ForeignKey(
        ClinicalPage,
        on_delete=models.CASCADE,
        related_name="best_bets",
        help_text="Readers see it only while it is published.",
    )
    note = models.CharField(
        max_length=200,
        blank=True,
        help_text="Why this page is the best answer. Only staff see it.",
    )

    objects = SearchWordingQuerySet.as_manager()

    panels = [
        FieldPanel("words"),
        FieldPanel("page"),
        FieldPanel("language"),
        FieldPanel("note"),
    ]

    class Meta:
        ordering = ["language", "words", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "words", "page"],
                name="one_best_bet_a_page",
                violation_error_message="This page is pinned for these words already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.words} → {self.page}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        SearchEdition.renew()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        SearchEdition.renew()
        return super().delete(*args, **kwargs)

    def clean(self) -> None:
        """Write the words in one way, and refuse what could never be shown."""
        super().clean()
        self.words = tidied(self.words).casefold()
        if not holds_words(self.words):
            raise ValidationError({"words": NO_WORDS})
        page = ClinicalPage.objects.filter(pk=self.page_id)
        spoken = page.values_list("locale__language_code", flat=True).first()
        if spoken and spoken != self.language:
            raise ValidationError(
                {"page": "This page is in another language than the search."}
            )
