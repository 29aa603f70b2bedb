"""Links between pages in rich text: by number in a database, by name in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wagtail.fields import RichTextField

from education.page_files.building import PAGE_TYPES
from education.page_files.shape import FOLDERS, PageDocument
from education.vocabulary import Kind

#: Names a link whose page was deleted; it is kept, so that an editor mends it.
MISSING = "missing"
#: No page has this number, so the link stays broken wherever it is loaded.
NO_PAGE = "0"
HOME = "home"

_TAG = re.compile(r"""<a\s(?:"[^"]*"|'[^']*'|[^'">])*>""", re.IGNORECASE)
_TO_A_PAGE = re.compile(r"""\blinktype\s*=\s*(["'])page\1""", re.IGNORECASE)
_NUMBER = re.compile(r"""(?<=\s)id\s*=\s*(["'])(.*?)\1""", re.IGNORECASE)
_NAME = re.compile(r"""(?<=\s)page=(["'])(.*?)\1""", re.IGNORECASE)

Change = Callable[[str], str]


@dataclass(frozen=True)
class Place:
    """Where a page stands; without a slug a section, without a kind the home page."""

    language: str
    kind: Kind | None = None
    slug: str = ""

    def name_in(self, language: str) -> str:
        """How texts of a language name it, such as "topics/cramps", "es:home"."""
        name = FOLDERS[self.kind] if self.kind else HOME
        if self.slug:
            name = f"{name}/{self.slug}"
        return name if self.language == language else f"{self.language}:{name}"

    def slug_in(self, language: str) -> str:
        """How rows of a language name it, where its kind is known."""
        same = self.language == language
        return self.slug if same else f"{self.language}:{self.slug}"


def with_names(
    source: str, names: Mapping[str, str], lost: Callable[[str], None]
) -> str:
    """The text with the names of pages for their numbers.

    `lost` hears of each number that no page has.
    """

    def name(number: str) -> str:
        if number not in names:
            lost(number)
        return names.get(number, MISSING)

    return _each_link(source, _NUMBER, "page", name)


def with_numbers(
    source: str, numbers: Mapping[str, int], lost: Callable[[str], None]
) -> str:
    """The text with the numbers of pages for their names.

    `lost` hears of each name that no page has; such a link leads nowhere.
    """

    def number(name: str) -> str:
        if name not in numbers:
            lost(name)
        return str(numbers.get(name, NO_PAGE))

    return _each_link(source, _NAME, "id", number)


def _each_link(
    source: str, attribute: re.Pattern[str], becomes: str, change: Change
) -> str:
    def one(tag: re.Match[str]) -> str:
        if not _TO_A_PAGE.search(tag[0]):
            return tag[0]
        return attribute.sub(
            lambda found: f"{becomes}={found[1]}{change(found[2])}{found[1]}",
            tag[0],
            count=1,
        )

    return _TAG.sub(one, source)


def with_rich_texts(document: PageDocument, change: Change) -> PageDocument:
    """The document with every piece of rich text changed, and nothing else."""
    page_type = PAGE_TYPES[document.kind]
    parts = dict(document.parts)
    for name, value in parts.items():
        if name == "brands":
            continue
        if isinstance(page_type._meta.get_field(name), RichTextField):
            parts[name] = change(value)
        elif name == "sections":
            parts[name] = [
                {**row, "body": _passages(row["body"], change)} for row in value
            ]
        elif name == "answer":
            parts[name] = _passages(value, change)
        elif isinstance(value, (list, tuple)):
            parts[name] = _cards(value, change)
    cards = tuple(_cards(document.care_cards, change))
    return replace(document, parts=parts, care_cards=cards)


def _passages(rows: Iterable[dict[str, Any]], change: Change) -> list[dict[str, Any]]:
    return [
        {**row, "value": change(row["value"])} if "value" in row else row
        for row in rows
    ]


def _cards(rows: Iterable[dict[str, Any]], change: Change) -> list[dict[str, Any]]:
    return [
        {**row, "action": change(row["action"])} if "action" in row else row
        for row in rows
    ]
