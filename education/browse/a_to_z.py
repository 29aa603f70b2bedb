"""The A to Z: titles, and the other words by which people know a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from education.browse.choices import Choice, letter_choices
from education.browse.letters import (
    Firsts,
    by_letter,
    firsts_of,
    letter_of,
    with_first,
)
from education.browse.listing import Listing
from education.language import current_language
from education.models import Alias, Brand, ClinicalPage, public_address
from education.paging import part_of
from education.reading import read_only
from education.vocabulary import AliasKind, Kind

ENTRIES_A_PART = 100
#: What people look up by name. Questions begin with "what" and "how": on wish only.
NAMED = (Kind.TOPIC, Kind.MEDICINE)

KIND_CHOICES = (
    ("Topics and medicines", ""),
    *((kind.plural, kind.value) for kind in (Kind.TOPIC, Kind.MEDICINE, Kind.QUESTION)),
)


@dataclass(frozen=True)
class Words:
    """Rows that each hold a word, and where in them the word and its page are."""

    rows: QuerySet
    word: str
    page: str = ""

    def under(self, firsts: list[str]) -> Words:
        """Those that begin with one of these characters."""
        rows = with_first(self.rows, self.word).filter(first__in=firsts)
        return Words(rows, self.word, self.page)

    def as_entries(self) -> QuerySet:
        """Rows of the same shape, wherever the words come from."""
        return (
            self.rows.order_by()
            .annotate(
                sorted_as=Lower(self.word),
                entry=F(self.word),
                see=F(f"{self.page}title"),
                path_of_page=F(f"{self.page}url_path"),
            )
            .values_list("sorted_as", "entry", "see", "path_of_page")
        )


@dataclass(frozen=True)
class Entry:
    """A word of the A to Z and the page that it leads to."""

    word: str
    title: str
    address: str

    @property
    def letter(self) -> str:
        return letter_of(self.word)

    @property
    def is_title(self) -> bool:
        return self.word == self.title


@read_only
def a_to_z(request: HttpRequest) -> HttpResponse:
    listing = Listing.asked_for(request.GET, "letter", "kind")
    words = all_words(current_language(), timezone.now(), listing.kind)
    firsts = letters_in_use(words)
    if listing.letter:
        words = [some.under(firsts.get(listing.letter, [])) for some in words]
    part, notice = part_of(in_order(words), listing.part, ENTRIES_A_PART)
    part.object_list = [entry_of(*row) for row in part.object_list]
    context = {
        "listing": listing,
        "page_obj": part,
        "notices": listing.notices(notice),
        "query": listing.query,
        "canonical_query": listing.canonical_query(part.number),
        "letters": letter_choices(listing, firsts),
        "kinds": [
            Choice(
                label,
                listing.address_with(kind=value, letter=""),
                is_chosen=value == (listing.kind or ""),
            )
            for label, value in KIND_CHOICES
        ],
    }
    return TemplateResponse(
        request, "education/a_to_z.html", context, status=listing.status
    )


def all_words(language: str, now: datetime, kind: Kind | None = None) -> list[Words]:
    """The titles of published pages, and the other words that readers may see."""
    pages = ClinicalPage.objects.published(language, now)
    pages = pages.of_kind(kind) if kind else pages.filter(kind__in=NAMED)
    other = Alias.objects.filter(page__in=pages).exclude(kind=AliasKind.ASKED_AS)
    brands = Brand.objects.filter(page__in=pages)
    return [
        Words(pages, "title"),
        Words(other.exclude(text__iexact=F("page__title")), "text", "page__"),
        Words(brands.exclude(name__iexact=F("page__title")), "name", "page__"),
    ]


def letters_in_use(words: list[Words]) -> Firsts:
    """The letters under which any word stands; one statement."""
    first, *others = [firsts_of(some.rows, some.word) for some in words]
    return by_letter(first.union(*others))


def in_order(words: list[Words]) -> QuerySet:
    """The entries of all these words in one list; one statement to count or to cut."""
    first, *others = [some.as_entries() for some in words]
    return first.union(*others).order_by("sorted_as", "entry", "path_of_page")


def entry_of(sorted_as: str, word: str, title: str, path: str) -> Entry:
    return Entry(word, title, public_address(path))
