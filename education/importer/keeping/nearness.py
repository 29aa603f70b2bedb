"""What the portal holds already that is near to a piece of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from education.import_vocabulary import ItemKind
from education.importer.keeping.pieces import wordings_in
from education.models import Alias, ClinicalPage, ImportedItem
from education.models.faqs import question_key
from education.vocabulary import Kind
from education.writing.likeness import alike

#: More than that nobody compares.
MOST = 5


@dataclass(frozen=True)
class NearPage:
    """A page of the portal that is near, draft or live, and why in a sentence.

    `is_same` where it asks the very same, so that no second page can be made.
    """

    page: ClinicalPage
    why: str
    is_same: bool = False


def near(item: ImportedItem) -> list[NearPage]:
    """What is near, the nearest first; at most five pages, in at most three statements.

    Pages come with `title`, `kind`, `live` and `latest_revision_id`.
    """
    return near_all([item])[item.key, item.kind]


def near_all(items: list[ImportedItem]) -> dict[tuple[str, str], list[NearPage]]:
    """The same for many items of one file, saved or not, in as few statements."""
    if not items:
        return {}
    portal = _Portal(items[0].file.locale_id, items[0].file.locale.language_code)
    return {(item.key, item.kind): portal.near(item) for item in items}


class _Portal:
    """The names of the pages of one language, read once."""

    def __init__(self, locale_id: int, language: str) -> None:
        self.language = language
        pages = ClinicalPage.objects.filter(locale=locale_id).order_by("-live", "pk")
        self.pages = {
            page.pk: page
            for page in pages.only(
                "title", "draft_title", "kind", "live", "latest_revision_id"
            )
        }
        self.called: dict[str, list[tuple[str, int]]] = {kind: [] for kind in Kind}
        for page in self.pages.values():
            self.called[page.kind].append((page.title, page.pk))
        aliases = Alias.objects.filter(page__locale=locale_id).order_by("sort_order")
        for text, pk in aliases.values_list("text", "page_id"):
            if pk in self.pages:
                self.called[self.pages[pk].kind].append((text, pk))

    def near(self, item: ImportedItem) -> list[NearPage]:
        found: dict[int, NearPage] = {}
        for one in sorted(self._all(item), key=lambda one: not one.is_same):
            if one.page.pk != item.page_id:
                found.setdefault(one.page.pk, one)
        return list(found.values())[:MOST]

    def _all(self, item: ImportedItem) -> Iterator[NearPage]:
        ours = [item.title, *wordings_in(item.kind, item.content)]
        keys = {question_key(text) for text in ours}
        for name, pk in self.called[item.kind]:
            page = self.pages[pk]
            if question_key(name) in keys:
                same = question_key(name) == question_key(item.title)
                yield NearPage(page, self._called(page, name), is_same=same)
            elif item.kind == ItemKind.QUESTION and self._alike(ours, name):
                yield NearPage(page, f"It seems to ask the same: “{name}”.")

    def _alike(self, ours: list[str], name: str) -> bool:
        return any(alike(text, name, self.language) for text in ours)

    def _called(self, page: ClinicalPage, name: str) -> str:
        if name == page.title:
            return "It has the same title."
        return f"It is also called “{name}”."
