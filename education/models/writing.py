"""What the checks find on a page, with what only the database knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from wagtail.models import Page

from education.models.aliases import Alias
from education.models.brands import Brand
from education.models.clinical import ClinicalPage
from education.models.faqs import FAQPage
from education.models.manuscript import Rows, draft_of
from education.models.medications import MedicationPage
from education.models.published import PublishedQuerySet
from education.vocabulary import AliasKind, Kind
from education.writing.findings import Draft, Finding, Question
from education.writing.rules import check, linked_pages
from education.writing.sentences import words
from education.writing.style import reading_of

#: How a page that is linked to stands, as far as that is told to editors.
DRAFT = "“{title}”, which is not published"
NOT_PUBLIC = "“{title}”, which the public cannot see"
NO_PAGE = "a page that does not exist"


def full_draft(page: ClinicalPage, now: datetime, rows: Rows | None = None) -> Draft:
    """The page with names of medicines, linked pages and other questions looked up.

    At most six statements, whatever the page holds and however many pages there are.
    """
    draft = draft_of(page, rows)
    return replace(
        draft,
        names=frozenset(_medicines_named(draft)),
        linked=_linked(draft, now),
        questions=tuple(_questions_beside(page)),
    )


def findings(
    page: ClinicalPage, now: datetime, rows: Rows | None = None
) -> tuple[list[Finding], str]:
    """What to put right and what to look at again on a page, and its reading score.

    Blocking findings come first. The score is "" on a page with hardly a sentence.
    """
    draft = full_draft(page, now, rows)
    found = [*page.missing(rows), *check(draft)]
    found.sort(key=lambda finding: not finding.is_blocking)
    score = reading_of(draft)
    return found, score.sentence if score else ""


def _medicines_named(draft: Draft) -> Iterable[str]:
    """Names of medicines and brands that the text holds, in lower case."""
    said = set(words(draft.text))
    generic = MedicationPage.objects.filter(
        generic_name__in={word.lower() for word in said}
    )
    brands = Brand.objects.filter(name__in={word for word in said if word[0].isupper()})
    yield from (name.lower() for name in generic.values_list("generic_name", flat=True))
    yield from (name.lower() for name in brands.values_list("name", flat=True))


def _linked(draft: Draft, now: datetime) -> dict[str, str]:
    """For each page that the draft links to: why the public cannot read it, or ""."""
    wanted = {number for place in draft.passages for number, _ in linked_pages(place)}
    if not wanted:
        return {}
    numbers = {int(pk) for pk in wanted if pk.isascii() and pk.isdigit()}
    # A crafted page may name any number; a database fails on one that is too large.
    pages = PublishedQuerySet(Page).filter(pk__in=[n for n in numbers if n < 2**31])
    public = set(pages.published(draft.language, now).values_list("pk", flat=True))
    why = dict.fromkeys(wanted, NO_PAGE)
    for pk, title, live in pages.values_list("pk", "draft_title", "live"):
        why[str(pk)] = (NOT_PUBLIC if live else DRAFT).format(title=title)
    return why | {str(pk): "" for pk in public}


def _questions_beside(page: ClinicalPage) -> Iterable[Question]:
    """The questions of other pages of this language, and how else they are asked."""
    if page.kind != Kind.QUESTION or not page.title.strip():
        return
    others = FAQPage.objects.filter(locale_id=page.locale_id).exclude(pk=page.pk)
    titles = dict(others.values_list("pk", "title"))
    for pk, title in titles.items():
        yield Question(pk, title, title)
    asked_as = Alias.objects.filter(kind=AliasKind.ASKED_AS, page__in=others)
    for pk, wording in asked_as.values_list("page_id", "text"):
        if pk in titles:
            yield Question(pk, titles[pk], wording)
