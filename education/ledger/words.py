"""Tells whether two forms of a page say the same, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from education.models.approval import BOOKKEEPING, ROW_BOOKKEEPING

TAGS = "tagged_items"

#: From the id of a merged tag to the id of the one that stands for it.
Merged = Mapping[int, int]


def read_rows(pages: Iterable[Page]) -> None:
    """Read what stands beneath these pages, which are of one type, in bulk."""
    pages = list(pages)
    if not pages:
        return
    for relation in get_all_child_relations(type(pages[0])):
        name, to_page = relation.get_accessor_name(), relation.field.attname
        rows: dict[int, list[Any]] = {page.pk: [] for page in pages}
        if name not in BOOKKEEPING:
            every = relation.related_model._default_manager
            for row in every.filter(**{f"{to_page}__in": rows}):
                rows[getattr(row, to_page)].append(row)
        for page in pages:
            _hold(page, name, rows[page.pk])


def _hold(page: Page, name: str, rows: list[Any]) -> None:
    held = vars(page).setdefault("_cluster_related_objects", {})
    held[name] = rows


def differing(page: Page, content: Mapping[str, Any], merged: Merged) -> list[str]:
    """Names of the fields in which the page says something else than this content.

    Fields that came after the content was written count as their default. `page` is of
    its own type; after `read_rows` no statement is needed unless something differs.
    """
    now = _words(page, merged)
    names = _unequal(now, _as_page(type(page), content, check_fks=False), merged)
    if names:
        # A row beneath may be gone with the page that it named.
        names = _unequal(now, _as_page(type(page), content, check_fks=True), merged)
    return names


def _unequal(now: dict[str, str], signed: Page, merged: Merged) -> list[str]:
    then = _words(signed, merged)
    return sorted(name for name in now if now[name] != then[name])


def _as_page(model: type[Page], content: Mapping[str, Any], check_fks: bool) -> Page:
    page = model.from_serializable_data(content, check_fks=check_fks)
    for relation in get_all_child_relations(model):
        if (name := relation.get_accessor_name()) not in content:
            _hold(page, name, [])
    return page


def _words(page: Page, merged: Merged) -> dict[str, str]:
    """What each field says, written so that equal words are equal strings."""
    relations = {
        relation.get_accessor_name(): relation
        for relation in get_all_child_relations(type(page))
    }
    words = {}
    for name, value in page.serializable_data().items():
        if name in BOOKKEEPING:
            continue
        if relation := relations.get(name):
            aside = ROW_BOOKKEEPING | {relation.field.name}
            rows = [_row(row, aside) for row in value]
            if name == TAGS:
                rows = [{"tag": merged.get(row["tag"], row["tag"])} for row in rows]
            value = _in_order(rows, bool(relation.related_model._meta.ordering))
        words[name] = _written(value)
    return words


def _row(row: Mapping[str, Any], aside: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in aside}


def _in_order(rows: list[dict[str, Any]], is_ordered: bool) -> list[Any]:
    """As they stand, or as a set where their order says nothing."""
    return rows if is_ordered else sorted({_written(row) for row in rows})


def _written(value: Any) -> str:
    if isinstance(value, str) and value.startswith("[{"):
        try:
            value = json.loads(value)
        except json.JSONDecodeError:
            return value
    return json.dumps(value, sort_keys=True, cls=DjangoJSONEncoder)
