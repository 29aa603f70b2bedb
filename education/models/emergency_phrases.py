"""What people type in an emergency, and what only looks like it."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from education.models.emergencies import EmergencyCard
from education.models.search_words import SearchEdition

LONGEST_PHRASE = 600
MOST_SLOTS = 6

_SLOT = re.compile(r"[^\W_]+(?:-[^\W_]+)*!?|\d+\+")
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc\u00b4`]")

SYNTAX = (
    "Write only the words that matter. All of them have to be typed, in any order and "
    "near each other; slips of the keyboard and other endings count too. A slash "
    "stands between words of which one is enough: swallowed/ate pills. A hyphen joins "
    "words that have to follow each other: passed-out. A word with ! behind it counts "
    "only in this form. 8+ is any number from 8 on, unless a unit follows it. A phrase "
    "that begins with = counts only where nothing else is typed. Harmless words have "
    "to be typed in this order, one after the other."
)


class EmergencyPhraseQuerySet(models.QuerySet):
    def delete(self) -> tuple[int, dict[str, int]]:
        SearchEdition.renew()
        return super().delete()

    def update(self, **kwargs: Any) -> int:
        SearchEdition.renew()
        return super().update(**kwargs)


class EmergencyPhrase(models.Model):
    """Words upon which a card shows, or, if harmless, words that do not count."""

    card = models.ForeignKey(
        EmergencyCard, on_delete=models.CASCADE, related_name="phrases"
    )
    words = models.CharField(max_length=LONGEST_PHRASE, help_text=SYNTAX)
    is_harmless = models.BooleanField(
        "harmless",
        default=False,
        help_text="These words never show a card, whatever else stands beside them. "
        "Other words of the same search still do.",
    )

    objects = EmergencyPhraseQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["card", "is_harmless", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "words"], name="one_row_an_emergency_phrase"
            )
        ]

    def __str__(self) -> str:
        return self.words

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        SearchEdition.renew()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        SearchEdition.renew()
        return super().delete(*args, **kwargs)

    def clean(self) -> None:
        # Where there are no words at all, the field itself says so.
        if self.words and (problem := syntax_problem(self.words)):
            raise ValidationError({"words": problem})


def syntax_problem(words: str) -> str:
    """What is wrong with how a phrase is written, in a sentence; empty if nothing."""
    plain = _APOSTROPHES.sub("", words).strip().removeprefix("=")
    slots = plain.split()
    if not slots:
        return "Write at least one word."
    if len(slots) > MOST_SLOTS:
        return f"Write at most {MOST_SLOTS} words: only those that matter."
    for slot in slots:
        for choice in slot.split("/"):
            if not choice:
                return f"In “{slot}” a word is missing beside the slash."
            if not _SLOT.fullmatch(choice):
                return (
                    f"“{choice}” cannot be understood. Use letters, digits, "
                    "apostrophes, / between choices and - between joined words."
                )
    return ""
