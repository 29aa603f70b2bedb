"""What the portal holds already that is near to a piece of a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wagtail.models import Locale

from education.import_vocabulary import ItemKind
from education.importer.keeping.pieces import wordings_in
from education.models import Alias, ClinicalPage, ImportedItem
from education.models.faqs import question_key
from education.vocabulary import Kind
from education.writing.likeness import alike, want_and_things

#: More than that nobody compares.
MOST = 5

CALLED = "It is also called “{}”."
ASKS_THE_SAME = "It seems to ask the same: “{}”."

#: What a question wants, and of how many things.
Shape = tuple[str, int]


class Name(NamedTuple):
    """A title or another wording, and the page that has it."""

    text: str
    page_id: int


@dataclass(frozen=True)
class NearPage:
    """A page of the portal that is near, draft or live, and why in a sentence.

    `is_same` where it asks the very same, so that no second page can be made.
    """

    page: ClinicalPage
    why: str
    is_same: bool = False


def near(item: ImportedItem) -> list[NearPage]:
    """What is near, the nearest first; at most five pages, in two statements.

    Pages come with `title`, `kind`, `live` and `latest_revision_id`.
    """
    return near_all([item], item.file.locale)[0]


def near_all(items: Sequence[ImportedItem], locale: Locale) -> list[list[NearPage]]:
    """The same for each of many items, saved or not, in as few statements."""
    portal = _Portal(locale)
    return [portal.near(item) for item in items]


class _Portal:
    """The names of the pages of one language, read once."""

    def __init__(self, locale: Locale) -> None:
        self.language = locale.language_code
        pages = ClinicalPage.objects.filter(locale=locale).order_by("-live", "pk")
        self.pages = pages.only(
            "title", "draft_title", "kind", "live", "latest_revision_id"
        ).in_bulk()
        self.named: dict[tuple[str, str], list[Name]] = defaultdict(list)
        self.asking: dict[Shape, list[Name]] = defaultdict(list)
        for pk, page in sorted(self.pages.items()):
            self._note(page.kind, Name(page.title, pk))
        aliases = Alias.objects.filter(page__locale=locale).order_by("pk")
        for text, pk in aliases.values_list("text", "page_id"):
            if pk in self.pages:
                self._note(self.pages[pk].kind, Name(text, pk))

    def _note(self, kind: str, name: Name) -> None:
        self.named[kind, question_key(name.text)].append(name)
        if kind == Kind.QUESTION:
            self.asking[self._shape(name.text)].append(name)

    def _shape(self, text: str) -> Shape:
        """What two questions have in common when they are alike."""
        wants, things = want_and_things(text, self.language)
        return wants, len(things)

    def near(self, item: ImportedItem) -> list[NearPage]:
        found: dict[int, NearPage] = {}
        for one in sorted(self._all(item), key=lambda one: not one.is_same):
            if one.page.pk != item.page_id:
                found.setdefault(one.page.pk, one)
        return list(found.values())[:MOST]

    def _all(self, item: ImportedItem) -> Iterator[NearPage]:
        ours = list(dict.fromkeys([item.title, *wordings_in(item.kind, item.content)]))
        for text in ours:
            for name in self.named.get((item.kind, question_key(text)), ()):
                page = self.pages[name.page_id]
                is_title = name.text == page.title
                why = "It has the same title." if is_title else CALLED.format(name.text)
                yield NearPage(page, why, is_same=is_title and text == item.title)
        if item.kind != ItemKind.QUESTION:
            return
        for text in ours:
            for name in self.asking.get(self._shape(text), ()):
                if alike(text, name.text, self.language):
                    page = self.pages[name.page_id]
                    yield NearPage(page, ASKS_THE_SAME.format(name.text))
