"""What the report of searches and its spreadsheets say of each term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from education.models import SearchTerm, SectionPage
from education.vocabulary import Kind


@dataclass(frozen=True)
class Action:
    """Something that one click makes of a term; `about` is for those who only hear."""

    label: str
    about: str
    url: str


@dataclass(frozen=True)
class SearchRow:
    """One term, as the report shows it."""

    text: str
    language: str
    asked: int
    results: int
    opened: int
    actions: tuple[Action, ...] = ()


class Actions:
    """What this user may make of terms; at most a few statements, whatever the rows."""

    def __init__(self, user: User) -> None:
        self.may_add_synonym = user.has_perm("education.add_synonym")
        self.may_pin = user.has_perm("education.add_bestbet")
        self.sections = {
            section.locale.language_code: section.pk
            for section in SectionPage.objects.filter(
                kind=Kind.QUESTION
            ).select_related("locale")
            if section.permissions_for_user(user).can_add_subpage()
        }

    def __bool__(self) -> bool:
        return bool(self.may_add_synonym or self.may_pin or self.sections)

    def of(self, term: SearchTerm) -> Iterator[Action]:
        if section := self.sections.get(term.language):
            where = ["education", "faqpage", section]
            url = reverse("wagtailadmin_pages:add", args=where)
            yield _action("Question", "about", url, term)
        if self.may_add_synonym:
            url = reverse("wagtailsnippets_education_synonym:add")
            yield _action("Synonym", "for", url, term)
        if self.may_pin:
            url = reverse("wagtailsnippets_education_bestbet:add")
            yield _action("Best bet", "for", url, term)


def _action(label: str, joint: str, url: str, term: SearchTerm) -> Action:
    return Action(label, f"{joint} “{term.text}”", f"{url}?asked={term.pk}")


def rows_of(
    terms: Iterable[SearchTerm], actions: Actions | None = None
) -> Iterator[SearchRow]:
    """A row for each of these, counted by `asked_since`."""
    languages = dict(settings.LANGUAGES)
    for term in terms:
        yield SearchRow(
            text=term.text,
            language=str(languages.get(term.language, term.language)),
            asked=term.asked,
            results=term.results or 0,
            opened=term.opened,
            actions=tuple(actions.of(term)) if actions else (),
        )


def all_rows_of(terms: QuerySet) -> Iterator[SearchRow]:
    """The same for spreadsheets, of any number of terms."""
    return rows_of(terms.iterator(chunk_size=500))
