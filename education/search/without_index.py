"""Finds pages by their names alone, for as long as the search index cannot be read.

Asks the pages themselves, so it is slow where there are very many of them, knows no
synonyms and corrects nothing. It touches no table of the index.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Concat, Lower, Replace

from education.models import Alias, Brand, ClinicalPage, ClinicalPageQuerySet, Tag
from education.search.analysis import telling_words
from education.vocabulary import Kind

NOTICE = "Search is being repaired: these are the pages whose names hold your words."
NOTHING = (
    "Search is being repaired, and no page has a name with your words. Please use the "
    "lists below for a while."
)

MOST_WORDS = 8
MOST_PAGES = 50
LONGEST_TEXT = 1000
LONGEST_WORD = 40

_WORD = re.compile(r"[^\W_]+")
#: Endings of the plural, in English and in Spanish, and what must be left of a word.
_PLURALS = (("ies", 4), ("es", 4), ("s", 3))


def titles_like(
    text: str, language: str, now: datetime, kind: Kind | None, tag: Tag | None
) -> list[int]:
    """Keys of published pages that are called what was typed, one statement.

    Those with most of the words come first, then those that have them in the title.
    At most `MOST_WORDS` words count, and at most `MOST_PAGES` pages come back.
    """
    words = _words(text, language)
    if not words:
        return []
    pages = ClinicalPage.objects.published(language, now)
    if kind:
        pages = pages.of_kind(kind)
    if tag:
        pages = pages.tagged(tag.slug)
    return list(_best(pages, words).values_list("pk", flat=True)[:MOST_PAGES])


def _words(text: str, language: str) -> list[str]:
    """The words that tell something, without the endings of the plural."""
    typed = [word.lower() for word in _WORD.findall(text[:LONGEST_TEXT])]
    telling = telling_words(typed, language)
    roots = dict.fromkeys(_root(word[:LONGEST_WORD]) for word in telling)
    return list(roots)[:MOST_WORDS]


def _root(word: str) -> str:
    for ending, least in _PLURALS:
        left = word.removesuffix(ending)
        if left != word and len(left) >= least and not word.endswith("ss"):
            return left
    return word


def _best(pages: ClinicalPageQuerySet, words: list[str]) -> ClinicalPageQuerySet:
    named = [_is_called(word) for word in words]
    titled = [Q(title_words__icontains=f" {word}") for word in words]
    return (
        pages.alias(
            title_words=_words_in("title"),
            generic_words=_words_in("medicationpage__generic_name"),
        )
        .filter(reduce(or_, named))
        .annotate(named=_how_many(named), titled=_how_many(titled))
        .order_by(F("named").desc(), F("titled").desc(), Lower("title"), "pk")
    )


def _is_called(word: str) -> Q:
    """Whether the title or another name of a page has a word that begins so."""
    others = Alias.objects.alias(words=_words_in("text"))
    brands = Brand.objects.alias(words=_words_in("name"))
    begins = f" {word}"
    return (
        Q(title_words__icontains=begins)
        | Q(generic_words__icontains=begins)
        | Q(Exists(others.filter(page=OuterRef("pk"), words__icontains=begins)))
        | Q(Exists(brands.filter(page=OuterRef("pk"), words__icontains=begins)))
    )


def _words_in(column: str) -> Replace:
    """A name with a space before each of its words."""
    return Replace(Concat(Value(" "), column), Value("-"), Value(" "))


def _how_many(conditions: list[Q]) -> Case:
    """How many of these hold, as SQL."""
    ones = [
        Case(When(holds, then=Value(1)), default=Value(0), output_field=IntegerField())
        for holds in conditions
    ]
    return reduce(lambda total, one: total + one, ones)
