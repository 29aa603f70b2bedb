"""What has to hold among tags and pages, checked by reading all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from wagtail.models import Locale, Page

from education.health.checks import Look
from education.models import ClinicalPage, Tag, TaggedPage
from education.problems import Problem

STEP = Page.steplen
FIX_TREE = "Take a backup, then run `manage.py fixtree`."


def tags_are_counted_right(now: datetime) -> Iterator[Problem]:
    """The counts that the public reads are those of the pages that it may read."""
    for language in Locale.objects.values_list("language_code", flat=True):
        pages = ClinicalPage.objects.published(language, now)
        shown = dict(Tag.every.with_page_counts(pages).values_list("pk", "page_count"))
        public = set(pages.values_list("pk", flat=True))
        rows = TaggedPage.objects.values_list("tag_id", "content_object_id").distinct()
        counted = Counter(tag for tag, page in rows.iterator() if page in public)
        for tag in sorted(shown.keys() | counted.keys()):
            if shown.get(tag) != counted.get(tag):
                yield Problem(
                    f"tag {tag}",
                    f"The public reads {shown.get(tag, 0)} pages, and "
                    f"{counted.get(tag, 0)} carry it.",
                    "Look for doubled rows in education_taggedpage.",
                )
    merged = TaggedPage.objects.filter(tag__merged_into__isnull=False)
    for name, page in merged.values_list("tag__name", "content_object_id"):
        yield Problem(
            f"page {page}",
            f'It carries the tag "{name}", which was merged into another one.',
            "Edit the page's tags, and hand it over for approval.",
        )


def tree_is_sound(now: datetime) -> Iterator[Problem]:
    """The same as `Page.find_problems()` finds, in one statement, and addresses."""
    rows = Page.objects.order_by("path").values_list(
        "pk", "path", "depth", "numchild", "url_path", "slug"
    )
    children: Counter[str] = Counter()
    declared: dict[str, tuple[int, int, str]] = {}
    for pk, path, depth, numchild, url_path, slug in rows.iterator():
        where, parent = f"page {pk}", path[:-STEP]
        if len(path) % STEP or len(path) != depth * STEP:
            yield Problem(where, "Its path does not fit its depth.", FIX_TREE)
        if not set(path) <= set(Page.alphabet):
            yield Problem(where, "Its path holds foreign characters.", FIX_TREE)
        if parent and parent not in declared:
            yield Problem(where, "The page above it is not there.", FIX_TREE)
        elif parent and url_path != f"{declared[parent][2]}{slug}/":
            yield Problem(
                where,
                "Its address does not follow from the page above it.",
                "Run `manage.py set_url_paths`.",
            )
        children[parent] += 1
        declared[path] = (pk, numchild, url_path)
    for path, (pk, numchild, _) in declared.items():
        if children[path] != numchild:
            yield Problem(
                f"page {pk}",
                f"It counts {numchild} pages under it, and {children[path]} are there.",
                FIX_TREE,
            )
    yield from _shared_addresses()


def _shared_addresses() -> Iterator[Problem]:
    shared = Page.objects.order_by().values("url_path").annotate(times=Count("pk"))
    for url_path in shared.filter(times__gt=1).values_list("url_path", flat=True):
        yield Problem(
            f"address {url_path}",
            "More than one page has it.",
            "Give one of the pages another slug.",
        )


#: Each by the name that operators read.
STRUCTURE: dict[str, Look] = {
    "tag counts": tags_are_counted_right,
    "page tree": tree_is_sound,
}
