"""Which pages a portal has, by the names that files give them."""

from __future__ import annotations

from education.models import ClinicalPage, HomePage, SectionPage
from education.page_files.building import PAGE_TYPES, RELATIONS
from education.page_files.links import Place
from education.page_files.shape import PageDocument
from education.vocabulary import Kind


class KnownPages:
    """The pages of every language, named as texts of this language name them."""

    def __init__(self, language: str) -> None:
        self.language = language
        #: Keys by name, such as "topics/cramps" or "es:home": see `Place`.
        self.numbers: dict[str, int] = {}
        self._keys: dict[tuple[Kind, str], int] = {}
        self._pages: dict[int, ClinicalPage] = {}
        home = HomePage.objects.values_list("pk", "locale__language_code")
        for pk, code in home:
            self._note(pk, Place(code))
        sections = SectionPage.objects.values_list(
            "pk", "locale__language_code", "kind"
        )
        for pk, code, kind in sections:
            self._note(pk, Place(code, Kind(kind)))
        pages = ClinicalPage.objects.order_by().values_list(
            "pk", "locale__language_code", "kind", "slug"
        )
        for pk, code, kind, slug in pages:
            self._note(pk, Place(code, Kind(kind), slug))

    def _note(self, pk: int, place: Place) -> None:
        self.numbers[place.name_in(self.language)] = pk
        if place.kind and place.slug:
            self._keys[place.kind, place.slug_in(self.language)] = pk

    def add(self, page: ClinicalPage, document: PageDocument) -> None:
        """Know a page that was made just now."""
        self._note(page.pk, Place(self.language, document.kind, document.slug))
        self._pages[page.pk] = page

    def has(self, kind: Kind, slug: str) -> bool:
        return (kind, slug) in self._keys

    def find(self, kind: Kind, slug: str) -> ClinicalPage:
        """The page; one that was there before is fetched once."""
        pk = self._keys[kind, slug]
        if pk not in self._pages:
            self._pages[pk] = PAGE_TYPES[kind].objects.get(pk=pk)
        return self._pages[pk]

    @staticmethod
    def kind_of(kind: Kind, key: str) -> Kind:
        """Of which kind the pages are that a page of this kind names under the key."""
        return next(each.kind for each in RELATIONS[kind] if each.key == key)
