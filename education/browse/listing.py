"""A list of pages as somebody asked for it: what narrows it, and what could not be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from education.browse.letters import LETTERS, Firsts, with_first
from education.language import current_language
from education.models import ClinicalPage, ClinicalPageQuerySet, Tag
from education.paging import part_of
from education.vocabulary import Kind

PAGES_A_PART = 30

_SLUG = re.compile(r"[a-zA-Z0-9_-]{1,100}")
_UNKNOWN = {
    "kind": "There is no such kind of page, so the list shows all of them.",
    "tag": "There is no such tag, so the list is not narrowed by it.",
    "and": "There is no such second tag, so the list is not narrowed by it.",
    "letter": "There is no such letter, so the list shows all of them.",
}


@dataclass(frozen=True)
class Listing:
    """What narrows a list, and a sentence for each wish that means nothing.

    `tag_parameter` is how the address names the tag: "tag", or "and" where the list
    is about one tag already.
    """

    kind: Kind | None = None
    tag: Tag | None = None
    letter: str = ""
    part: str = ""
    unknown: tuple[str, ...] = ()
    tag_parameter: str = "tag"

    @classmethod
    def asked_for(cls, query: QueryDict, *parameters: str) -> Self:
        """Read these parameters of an address, the last value of each.

        What means nothing is left out and named in `unknown`.
        """
        wishes: dict[str, Any] = {"part": query.get("page", "").strip()}
        unknown = []
        for parameter in parameters:
            wish = query.get(parameter, "").strip()
            field, read = _READERS[parameter]
            wishes[field] = read(wish)
            if wish and not wishes[field]:
                unknown.append(_UNKNOWN[parameter])
        if "and" in parameters:
            wishes["tag_parameter"] = "and"
        return cls(unknown=tuple(unknown), **wishes)

    @property
    def status(self) -> int:
        return 400 if self.unknown else 200

    def narrowed(self, pages: ClinicalPageQuerySet) -> ClinicalPageQuerySet:
        """The pages of the kind and with the tag that were asked for."""
        return self.with_tag(self.of_kind(pages))

    def of_kind(self, pages: ClinicalPageQuerySet) -> ClinicalPageQuerySet:
        return pages.of_kind(self.kind) if self.kind else pages

    def with_tag(self, pages: ClinicalPageQuerySet) -> ClinicalPageQuerySet:
        return pages.tagged(self.tag.slug) if self.tag else pages

    def under_letter(
        self, pages: ClinicalPageQuerySet, firsts: Firsts
    ) -> ClinicalPageQuerySet:
        """The pages whose titles stand under the letter that was asked for."""
        if not self.letter:
            return pages
        wanted = firsts.get(self.letter, [])
        return with_first(pages, "title").filter(first__in=wanted)

    def context(self, pages: ClinicalPageQuerySet) -> dict[str, Any]:
        """What the template of every list of pages needs."""
        part, notice = part_of(pages.as_listed(), self.part, PAGES_A_PART)
        return {
            "listing": self,
            "page_obj": part,
            "notices": self.notices(notice),
            "query": self.query,
            "canonical_query": self.canonical_query(part.number),
        }

    def canonical_query(self, number: int) -> str:
        """What of the query tells this part of the list from others of the whole."""
        is_whole = not self._parameters()
        return f"?page={number}" if is_whole and number > 1 else ""

    def notices(self, *more: str) -> list[str]:
        """The sentences that stand above the list."""
        return [sentence for sentence in (*self.unknown, *more) if sentence]

    @property
    def query(self) -> str:
        """What stands before "page=2" in the addresses of the list's other parts."""
        asked = urlencode(self._parameters())
        return f"{asked}&" if asked else ""

    def address_with(self, **changes: str) -> str:
        """The list's address with these parameters changed; "" takes one away."""
        asked = self._parameters() | changes
        kept = urlencode({name: value for name, value in asked.items() if value})
        return f"?{kept}" if kept else "./"

    @property
    def without_tag(self) -> str:
        return self.address_with(**{self.tag_parameter: ""})

    @property
    def without_letter(self) -> str:
        return self.address_with(letter="")

    @property
    def without_kind(self) -> str:
        return self.address_with(kind="")

    def _parameters(self) -> dict[str, str]:
        asked = {
            "kind": self.kind.value if self.kind else "",
            self.tag_parameter: self.tag.slug if self.tag else "",
            "letter": self.letter,
        }
        return {name: value for name, value in asked.items() if value}


def _read_kind(wish: str) -> Kind | None:
    return Kind(wish) if wish in Kind.values else None


def _read_tag(wish: str) -> Tag | None:
    # Looked at first, because a database may fail on what cannot be a slug.
    if not _SLUG.fullmatch(wish):
        return None
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    return Tag.objects.carried_by(pages).filter(slug=wish).first()


def _read_letter(wish: str) -> str:
    return wish.upper() if wish.upper() in LETTERS else ""


_READERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "kind": ("kind", _read_kind),
    "tag": ("tag", _read_tag),
    "and": ("tag", _read_tag),
    "letter": ("letter", _read_letter),
}
