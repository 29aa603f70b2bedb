"""The words of a page, passage by passage, as its readers meet them.

What checks the writing and what tells two versions apart both read these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

from education.richtext import plain_text
from education.vocabulary import CareLevel, HealthAspect
from education.writing.findings import Passage

#: Choices inside blocks: they are shown as headings and icons, not as words.
NOT_WORDS = ("level", "aspect")

#: Fields of text that readers see, in the order of the page; blocks and rich text
#: besides.
LINES = (
    "title",
    "summary",
    "short_answer",
    "generic_name",
    "pronunciation",
    "drowsiness",
    "alcohol",
    "longest_use",
)


def passages(page: Page) -> list[Passage]:
    """Every passage of the page that holds words, without asking the database."""
    return [passage for passage in passages_and_images(page) if passage.text]


def passages_and_images(page: Page) -> list[Passage]:
    """Every passage of the page, also one that holds nothing but an image."""
    return [
        passage
        for passage in _all(page)
        if passage.text or any("<embed" in source for source in passage.sources)
    ]


def _all(page: Page) -> Iterator[Passage]:
    lines = [name for name in LINES if hasattr(page, name)]
    for name in lines:
        yield Passage(name, _label(page, name), getattr(page, name).strip())
    for field in page._meta.concrete_fields:
        if isinstance(field, RichTextField):
            source = getattr(page, field.name)
            label = _label(page, field.name)
            yield Passage(field.name, label, plain_text(source), (source,))
        elif isinstance(field, StreamField):
            for block in getattr(page, field.name):
                yield _of_block(field, block)


def _of_block(field: models.Field, block: Any) -> Passage:
    value = block.value
    level = value.get("level") if isinstance(value, StructValue) else None
    aspect = value.get("aspect", "") if isinstance(value, StructValue) else ""
    if level:
        label = f"Care card: {_choice(CareLevel, level)}"
    elif aspect:
        label = value.get("heading") or _choice(HealthAspect, aspect)
    else:
        label = str(field.verbose_name).capitalize()
    pieces = list(_pieces(value))
    return Passage(
        field=field.name,
        label=label,
        text="\n".join(filter(None, map(plain_text, pieces))),
        sources=tuple(piece for piece in pieces if "<" in piece),
        block_type=block.block_type,
        aspect=aspect,
        block=block.id or "",
    )


def _pieces(value: Any) -> Iterator[str]:
    """Each piece of text in a block's value, rich or plain, in reading order."""
    if isinstance(value, RichText):
        yield value.source
    elif isinstance(value, str):
        yield value
    elif isinstance(value, StreamValue):
        for child in value:
            yield from _pieces(child.value)
    elif isinstance(value, StructValue):
        for name, child in value.items():
            if name not in NOT_WORDS:
                yield from _pieces(child)
    elif isinstance(value, ListValue):
        for child in value:
            yield from _pieces(child)
    elif isinstance(value, TypedTable):
        for column in value.columns:
            yield column["heading"] or ""
        for row in value.rows:
            for cell in row:
                yield from _pieces(cell.value)


def _choice(choices: type[models.TextChoices], value: str) -> str:
    """The label of a stored choice; one that is not offered stands for itself."""
    return str(dict(choices.choices).get(value, value))


def _label(page: Page, name: str) -> str:
    usual = str(page._meta.get_field(name).verbose_name).capitalize()
    return getattr(page, "headings", {}).get(name, usual)
