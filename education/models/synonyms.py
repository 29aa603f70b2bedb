"""Words that mean the same to a reader, kept by vocabulary managers for the search."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from education.models.brands import Brand
from education.models.medications import MedicationPage
from education.models.search_words import SearchEdition
from education.vocabulary import SynonymKind

NO_WORDS = "Write at least one word or number that people can search for."


def tidied(text: str) -> str:
    """The text on one line, with single spaces."""
    return " ".join(text.split())


def holds_words(text: str) -> bool:
    """Whether anything in it can be searched for: a letter or a digit."""
    return any(mark.isalnum() for mark in text)


class SearchWordingQuerySet(models.QuerySet):
    """Rows that searches keep in memory; the CMS deletes several at once."""

    def delete(self) -> tuple[int, dict[str, int]]:
        SearchEdition.renew()
        return super().delete()


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

    objects = SearchWordingQuerySet.as_manager()

    panels = [
        FieldPanel("words"),
        FieldPanel("means"),
        FieldPanel("both_ways"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
        FieldPanel("note"),
    ]

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

    @property
    def sides(self) -> tuple[str, str]:
        return self.words, self.means

    def clean(self) -> None:
        """Refuse what says nothing, says it twice, or mixes up two medicines."""
        super().clean()
        self.words, self.means = tidied(self.words), tidied(self.means)
        for side in ("words", "means"):
            if not holds_words(getattr(self, side)):
                raise ValidationError({side: NO_WORDS})
        if _folded(self.words) == _folded(self.means):
            raise ValidationError({"means": "Both sides are the same words."})
        self._check_other_rows()
        self._check_medicines()

    def _check_other_rows(self) -> None:
        others = Synonym.objects.filter(language=self.language).exclude(pk=self.pk)
        ours = (_folded(self.words), _folded(self.means))
        for other in others:
            theirs = (_folded(other.words), _folded(other.means))
            # What is the same to the letter, the database refuses.
            if theirs == ours and other.sides != self.sides:
                raise ValidationError(f"There is such a synonym already: {other}.")
            if theirs == ours[::-1] and other.both_ways:
                raise ValidationError(
                    f"{other} works both ways, so it says this already."
                )
            if theirs == ours[::-1] and self.both_ways:
                raise ValidationError(
                    f"There is {other} already. Let that one work both ways instead."
                )

    def _check_medicines(self) -> None:
        """No search for one medicine may silently become one for another."""
        asked, answered = _medicines_named(self.words), _medicines_named(self.means)
        if asked and answered and not asked.keys() & answered.keys():
            raise ValidationError(
                f"{_titles(asked)} and {_titles(answered)} are different medicines. A "
                "synonym may not lead from one medicine to another: a reader could "
                "take the advice for the wrong one."
            )


def _folded(text: str) -> str:
    return tidied("".join(mark if mark.isalnum() else " " for mark in text.casefold()))


def _medicines_named(text: str) -> dict[int, str]:
    """The medicines, live or not, of which a name stands in the text: id to title."""
    said = f" {_folded(text)} "
    titles: dict[int, str] = {}
    names: dict[int, set[str]] = defaultdict(set)
    medicines = MedicationPage.objects.values_list("pk", "title", "generic_name")
    for pk, title, generic_name in medicines:
        titles[pk] = title
        names[pk] |= {_folded(title), _folded(generic_name)}
    for pk, name in Brand.objects.values_list("page_id", "name"):
        names[pk].add(_folded(name))
    return {
        pk: titles[pk]
        for pk, known in names.items()
        if any(name and f" {name} " in said for name in known)
    }


def _titles(medicines: dict[int, str]) -> str:
    return " and ".join(sorted(medicines.values()))
