"""A rule as the finding of flags needs it, and where the rules come from."""

from __future__ import annotations

from dataclasses import dataclass

from education.import_vocabulary import Danger
from education.models import SafetyRule, SafetyWords
from education.wordings import Wording, lists_named, wordings

#: A word list by its name, with its entries.
WordList = tuple[str, tuple[Wording, ...]]


@dataclass(frozen=True)
class Rule:
    """What makes a passage unsafe or doubtful, why, and what to do about it.

    The fields are those of `SafetyRule`, its wordings understood, with the word lists
    to which they refer.
    """

    name: str
    danger: Danger
    language: str
    reason: str
    to_do: str
    check: str = ""
    asked: tuple[Wording, ...] = ()
    not_asked: tuple[Wording, ...] = ()
    looks_for: tuple[Wording, ...] = ()
    also: tuple[Wording, ...] = ()
    unless_near: tuple[Wording, ...] = ()
    unless_anywhere: tuple[Wording, ...] = ()
    may_be_denied: bool = True
    lists: tuple[WordList, ...] = ()

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """All of them, whatever they are for."""
        return (
            self.asked
            + self.not_asked
            + self.looks_for
            + self.also
            + self.unless_near
            + self.unless_anywhere
        )


def rules_of(language: str) -> tuple[Rule, ...]:
    """The rules in force for texts of a language, in the order of their names."""
    lists = lists_of(language)
    rows = SafetyRule.objects.active().filter(language=language)
    return tuple(as_rule(row, lists) for row in rows)


def lists_of(language: str) -> dict[str, tuple[Wording, ...]]:
    """The word lists of a language, by their names."""
    rows = SafetyWords.objects.filter(language=language)
    return {row.name: wordings(row.words) for row in rows}


def as_rule(row: SafetyRule, lists: dict[str, tuple[Wording, ...]]) -> Rule:
    """The rule of a row, saved or not, whose wordings are right."""
    boxes = {box: wordings(getattr(row, box)) for box in SafetyRule.BOXES}
    named = lists_named(tuple(one for found in boxes.values() for one in found))
    return Rule(
        name=row.name,
        danger=Danger(row.danger),
        language=row.language,
        reason=row.reason,
        to_do=row.to_do,
        check=row.check_by,
        may_be_denied=row.may_be_denied,
        lists=tuple((name, lists.get(name, ())) for name in sorted(named)),
        **boxes,
    )
