"""What imported drafts still lack before anybody can hand them over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Revision

from education.import_vocabulary import SourceRights
from education.models import ClinicalPage, Provenance
from education.models.differences import page_of
from education.models.passages import passages
from education.vocabulary import Kind
from education.writing.copied import copied_in


@dataclass(frozen=True)
class WorkLeft:
    """What a page's newest version still needs."""

    needs_rewriting: bool = False
    needs_answer: bool = False


def work_left(pages: Iterable[ClinicalPage]) -> dict[int, WorkLeft]:
    """For each page, by its number; in two statements, however many pages.

    A page without any version of its own is told as it stands.
    """
    pages = list(pages)
    theirs = _words_of_others(pages)
    ids = {page.latest_revision_id for page in pages}
    newest = Revision.objects.filter(pk__in=ids - {None}).in_bulk()
    found = {}
    for page in pages:
        revision = newest.get(page.latest_revision_id)
        text = page_of(revision.content) if revision else page
        copied = copied_in(passages(text), theirs.get(page.pk, ()))
        found[page.pk] = WorkLeft(
            needs_rewriting=next(copied, None) is not None,
            needs_answer=page.kind == Kind.QUESTION and _says_nothing(text),
        )
    return found


def _words_of_others(pages: list[ClinicalPage]) -> dict[int, list[str]]:
    rows = Provenance.objects.filter(
        page__in=[page.pk for page in pages], rights=SourceRights.UNKNOWN
    ).exclude(words="")
    found = defaultdict(list)
    for pk, words in rows.values_list("page_id", "words"):
        found[pk].append(words)
    return found


def _says_nothing(page: ClinicalPage) -> bool:
    return not any(
        passage.field in ("short_answer", "answer") for passage in passages(page)
    )
