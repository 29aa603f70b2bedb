"""Keeps the search documents: one for each page that is live and not private.

Dates do not matter here: whoever searches reads pages through `published()` as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from wagtail.models import Page

from education.models import (
    ClinicalPage,
    ClinicalPageQuerySet,
    SearchDocument,
    SearchEdition,
    SearchWord,
    Suggestion,
)
from education.search import analysis
from education.search.documents import Entry, entries_of
from education.vocabulary import Kind

BATCH = 50
#: SQLite takes so many values in one statement everywhere.
MOST_PARAMETERS = 900
#: What a search document says of its page.
WORDS = (
    "language",
    "kind",
    "revision_id",
    "title",
    "names",
    "aliases",
    "tags",
    "summary",
    "body",
    "tag_ids",
    "passages",
)


def searchable() -> ClinicalPageQuerySet:
    """The pages that have a search document when the index is right."""
    return ClinicalPage.objects.live().public()


def refresh(ids: Collection[int]) -> list[Entry]:
    """Make the index say what these pages say now; what is not public drops out.

    Reading and writing are apart, so that the lock is short. A page that is published
    or withdrawn between them is read again. Returns what is written down of each.
    """
    written: dict[int, Entry] = {}
    while ids:
        before = _editions(ids)
        entries = entries_of(searchable().filter(pk__in=ids).with_parts())
        with transaction.atomic():
            _write(entries, ids)
        for pk in ids:
            written.pop(pk, None)
        written |= {entry.document.page_id: entry for entry in entries}
        now = _editions(ids)
        ids = [pk for pk in ids if before.get(pk) != now.get(pk)]
    return list(written.values())


def _write(entries: list[Entry], ids: Collection[int]) -> None:
    """Put down what is known of the pages with these ids, and nothing of the others."""
    kept = {entry.document.page_id for entry in entries}
    gone = SearchDocument.objects.filter(page_id__in=set(ids) - kept)
    is_news = gone.filter(kind=Kind.MEDICINE).exists() or any(
        entry.document.names for entry in entries
    )
    gone.delete()
    SearchDocument.objects.bulk_create(
        [entry.document for entry in entries],
        update_conflicts=True,
        unique_fields=["page_id"],
        update_fields=WORDS,
    )
    openings = [suggestion for entry in entries for suggestion in entry.suggestions]
    held = Suggestion.objects.filter(page_id__in=ids)
    is_news |= {*held.values_list("opening", flat=True)} != {
        suggestion.opening for suggestion in openings
    }
    held.delete()
    Suggestion.objects.bulk_create(openings)
    if _add_words(entries) or is_news:
        SearchEdition.renew()


def _add_words(entries: list[Entry]) -> bool:
    """Add the words that were not known yet, and say whether there were any."""
    wanted = _words_of(entries)
    held = _held_words({word for _, word in wanted})
    news = [
        SearchWord(language=language, word=word, in_title=in_title)
        # In one order, so that two publications at once cannot wait for each other.
        for (language, word), in_title in sorted(wanted.items())
        if in_title > held.get((language, word), -1)
    ]
    SearchWord.objects.bulk_create(
        news,
        update_conflicts=True,
        unique_fields=["language", "word"],
        update_fields=["in_title"],
    )
    return bool(news)


def _words_of(entries: list[Entry]) -> dict[tuple[str, str], bool]:
    """The words of pages, by language and word, and whether a page is called so."""
    words: dict[tuple[str, str], bool] = {}
    for entry in entries:
        for word in entry.words:
            key = (entry.document.language, word)
            words[key] = words.get(key, False) or word in entry.titles
    return words


def _held_words(words: set[str]) -> dict[tuple[str, str], bool]:
    """Which of these words are known already, and whether from a title."""
    held: dict[tuple[str, str], bool] = {}
    ordered = sorted(words)
    for start in range(0, len(ordered), MOST_PARAMETERS):
        some = ordered[start : start + MOST_PARAMETERS]
        rows = SearchWord.objects.filter(word__in=some)
        for language, word, in_title in rows.values_list(
            "language", "word", "in_title"
        ):
            held[language, word] = in_title
    return held


def _editions(ids: Collection[int]) -> dict[int, tuple]:
    """What changes with each publication, of the searchable ones among these pages."""
    rows = searchable().filter(pk__in=ids)
    return {
        pk: edition
        for pk, *edition in rows.values_list(
            "pk", "live_revision_id", "last_published_at"
        )
    }


def settle(page_id: int) -> None:
    """Add what became public at and under this page, drop what ceased to be."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return
    wanted = searchable().descendant_of(page, inclusive=True)
    under = ClinicalPage.objects.descendant_of(page, inclusive=True)
    held = SearchDocument.objects.filter(page_id__in=under.values("pk"))
    changed = sorted(
        set(wanted.values_list("pk", flat=True))
        ^ set(held.values_list("page_id", flat=True))
    )
    for start in range(0, len(changed), BATCH):
        refresh(changed[start : start + BATCH])


def catch_up(since: datetime | None) -> int:
    """Take up what was left out when a process died between publishing and indexing.

    Asks for pages that are published but unknown here, the other way round, and those
    published after `since`; and for all pages where the words were analysed in an older
    way. Returns how many pages it read.
    """
    if not SearchEdition.objects.filter(analysis=analysis.VERSION).exists():
        return max(rebuild(), default=0)
    known = SearchDocument.objects.filter(page_id=OuterRef("pk"))
    missed = ~Exists(known)
    if since:
        missed |= Q(last_published_at__gte=since)
    changed = set(searchable().filter(missed).values_list("pk", flat=True))
    gone = SearchDocument.objects.exclude(page_id__in=searchable().values("pk"))
    ids = sorted(changed.union(gone.values_list("page_id", flat=True)))
    for start in range(0, len(ids), BATCH):
        refresh(ids[start : start + BATCH])
    return len(ids)


def rebuild() -> Iterator[int]:
    """Read every page again, in batches, and yield how many were gone through so far.

    May stop after any batch and start again; readers find what they found before. At
    the end, words that no page holds any more are forgotten.
    """
    done, last = 0, 0
    newest = SearchWord.objects.aggregate(newest=Max("pk"))["newest"] or 0
    seen: dict[tuple[str, str], bool] = {}
    pages = ClinicalPage.objects.order_by("pk")
    while ids := list(pages.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        for key, in_title in _words_of(refresh(ids)).items():
            seen[key] = seen.get(key, False) or in_title
        done, last = done + len(ids), ids[-1]
        yield done
    _forget(seen, newest)


def _forget(seen: dict[tuple[str, str], bool], newest: int) -> None:
    """Drop what belongs to no page; of the words, those known before the rebuild.

    `seen` says of each word that was read whether a page is called so.
    """
    pages = ClinicalPage.objects.values("pk")
    with transaction.atomic():
        SearchDocument.objects.exclude(page_id__in=pages).delete()
        Suggestion.objects.exclude(page_id__in=pages).delete()
        rows = SearchWord.objects.filter(pk__lte=newest)
        unused, untitled = [], []
        for pk, in_title, *word in rows.values_list(
            "pk", "in_title", "language", "word"
        ).iterator():
            if (key := tuple(word)) not in seen:
                unused.append(pk)
            elif in_title > seen[key]:
                untitled.append(pk)
        for start in range(0, len(unused), MOST_PARAMETERS):
            rows.filter(pk__in=unused[start : start + MOST_PARAMETERS]).delete()
        for start in range(0, len(untitled), MOST_PARAMETERS):
            some = untitled[start : start + MOST_PARAMETERS]
            rows.filter(pk__in=some).update(in_title=False)
        SearchEdition.renew()
        SearchEdition.objects.update(analysis=analysis.VERSION)
