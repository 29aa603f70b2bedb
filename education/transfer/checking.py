"""Whether a draft keeps the rules that the editing form asks of drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from wagtail.fields import StreamField

from education.models import ClinicalPage
from education.page_files.shape import PageDocument

ROWS = ("other_words", "references", "codes", "brands")


def check_fields(page: ClinicalPage, document: PageDocument) -> None:
    """Raise ValidationError at the first field that no page may hold.

    Before the page is stored: a database would refuse it without a sentence.
    """
    ours = {"title", "slug", "summary", "review_interval_months", *document.parts}
    page.clean_fields(exclude={each.name for each in page._meta.get_fields()} - ours)


def check_texts(page: ClinicalPage) -> None:
    """Raise ValidationError at the first row or card that no draft may hold.

    What is still empty is let through: a draft may be unfinished.
    """
    for name in ROWS:
        for row in getattr(page, name).all() if hasattr(page, name) else ():
            row.full_clean(exclude=["page", *_empty(row)], validate_constraints=False)
    codes = [(row.system, row.code) for row in page.codes.all()]
    if len(codes) > len(set(codes)):
        raise ValidationError("A code is on the page twice.")
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            field.stream_block.clean_deferred(getattr(page, field.name))


def _empty(row: Model) -> Iterator[str]:
    for field in row._meta.fields:
        if getattr(row, field.name, None) in (None, "") and field.name != "page":
            yield field.name


def sentences(error: Any) -> list[str]:
    """What a validation found, one sentence each, however deep it stands."""
    return list(dict.fromkeys(_said(error))) or ["It breaks a rule of the editor."]


def _said(error: Any, where: str = "") -> Iterator[str]:
    if error is None:
        return
    if isinstance(error, str):
        yield f"{where}{error}"
    elif isinstance(error, Mapping):
        for name, each in error.items():
            known = isinstance(name, str) and name != "__all__"
            yield from _said(each, f'{where}"{name}": ' if known else where)
    elif hasattr(error, "block_errors"):
        yield from _said(error.block_errors, where)
        yield from _said(getattr(error, "non_block_errors", None), where)
    elif hasattr(error, "error_dict"):
        yield from _said(error.message_dict, where)
    elif isinstance(error, ValidationError):
        yield from (f"{where}{message}" for message in error.messages)
    elif isinstance(error, Iterable):
        for each in error:
            yield from _said(each, where)
