"""The rules by which imported words are found unsafe or doubtful, kept by leads."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from education.import_vocabulary import Danger, SafetyCheck
from education.wordings import SYNTAX, WordingIsWrong, lists_named, wordings

LONGEST_BOX = 20_000


def wordings_box(help_text: str, blank: bool = True) -> models.TextField:
    """A field for wordings, one a line, as `education.wordings` explains."""
    return models.TextField(blank=blank, max_length=LONGEST_BOX, help_text=help_text)


class SafetyWords(models.Model):
    """Words that several rules look for, by the name that these give in brackets."""

    language = models.CharField(
        max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    name = models.CharField(
        max_length=40,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9-]*\Z",
                "Use small letters, digits and hyphens: get-help.",
            )
        ],
        help_text="Rules refer to it in brackets, such as [get-help].",
    )
    about = models.CharField(
        max_length=200, help_text="What the words have in common, for your colleagues."
    )
    words = wordings_box(
        "One entry a line, written as in the boxes of a rule; an entry names no other "
        "list.",
        blank=False,
    )

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "name"], name="one_safety_word_list_a_name"
            )
        ]
        ordering = ["language", "name"]
        verbose_name = verbose_name_plural = "safety words"

    def __str__(self) -> str:
        return f"[{self.name}]"

    def clean(self) -> None:
        """Refuse entries that cannot be understood or that lead to other lists."""
        super().clean()
        try:
            entries = wordings(self.words)
        except WordingIsWrong as problem:
            raise ValidationError({"words": str(problem)}) from problem
        if lists_named(entries):
            raise ValidationError({"words": "A word list cannot name another."})


class SafetyRuleQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(active=True)


class SafetyRule(models.Model):
    """What makes imported words unsafe or doubtful; editors read and extend it.

    A rule finds a passage where its question and answer say what `asked`, `looks_for`
    and `also` ask for, and nothing takes it away. `check_by` names a way of looking
    that needs more than words; the boxes then serve as its words.
    """

    #: The boxes that hold wordings.
    BOXES = (
        "asked",
        "not_asked",
        "looks_for",
        "also",
        "unless_near",
        "unless_anywhere",
    )

    name = models.CharField(max_length=60, help_text="Stands beside what it finds.")
    language = models.CharField(
        max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    danger = models.CharField(max_length=8, choices=Danger.choices)
    active = models.BooleanField(
        default=True, help_text="Only active rules find anything in the next file."
    )
    reason = models.CharField(
        max_length=300, help_text="Why this is unsafe or doubtful, in a sentence."
    )
    to_do = models.CharField(
        "what to do", max_length=300, help_text="What the editor is to do about it."
    )
    check_by = models.CharField(
        "looks at",
        max_length=20,
        choices=SafetyCheck.choices,
        default=SafetyCheck.WORDS,
        help_text="What is looked at beside words. Leave it as it is where you can.",
    )
    asked = wordings_box(
        "Only where the question says one of these. Empty: any question."
    )
    not_asked = wordings_box(
        "Not where the question says one of these.",
    )
    looks_for = wordings_box(SYNTAX)
    also = wordings_box("Only where one of these stands in the same answer, too.")
    unless_near = wordings_box(
        "Not where one of these stands in the same sentence or beside it."
    )
    unless_anywhere = wordings_box(
        "Not where one of these stands anywhere in the same answer."
    )
    may_be_denied = models.BooleanField(
        "not where the text says not to",
        default=True,
        help_text="Words after “never”, “do not”, “avoid” and the like do not count.",
    )

    objects = SafetyRuleQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "name"], name="one_safety_rule_a_name"
            )
        ]
        ordering = ["language", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse wordings that cannot be understood, and a rule that finds all."""
        super().clean()
        problems, named = {}, set()
        for box in self.BOXES:
            try:
                found = lists_named(wordings(getattr(self, box)))
                named |= {(name, box) for name in found}
            except WordingIsWrong as problem:
                problems[box] = str(problem)
        known = set(
            SafetyWords.objects.filter(language=self.language).values_list(
                "name", flat=True
            )
        )
        for name, box in sorted(named):
            if name not in known:
                problems[box] = f"There is no word list [{name}] in this language."
        if not (self.asked.strip() or self.looks_for.strip()) and not problems:
            problems["looks_for"] = "Write what the question or the answer says."
        if problems:
            raise ValidationError(problems)
