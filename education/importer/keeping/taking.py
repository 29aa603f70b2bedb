"""Taking an item in hand, so that nobody else decides on it; noting the decision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from education.import_vocabulary import ImportState, ItemDecision, ItemKind
from education.importer.keeping.refusals import DecidedAlready, ItemRefused
from education.models import (
    ClinicalPage,
    ImportedItem,
    PageIsBusy,
    SectionPage,
    hold,
)
from education.vocabulary import Kind


@contextmanager
def in_hand(item: ImportedItem, kind: ItemKind | None = None) -> Iterator[ImportedItem]:
    """The item as it is now, held and open; what is done with it is one transaction.

    Raises ItemRefused where it is decided already, is of another kind, or cannot be
    done as asked by the rules of the page that comes of it.
    """
    try:
        with transaction.atomic():
            held = held_item(item)
            if held.file.state != ImportState.READY:
                raise ItemRefused(
                    "This file is still being sorted. Decide when it is ready."
                )
            if held.decision != ItemDecision.OPEN:
                raise DecidedAlready(
                    f"“{held.title}” was decided on already: "
                    f"{held.get_decision_display().lower()}."
                )
            if kind and held.kind != kind:
                raise ItemRefused(f"“{held.title}” is no {kind.label.lower()}.")
            yield held
    except ValidationError as error:
        raise ItemRefused.of(error) from error
    except PageIsBusy as busy:
        raise ItemRefused(str(busy)) from busy


def held_item(item: ImportedItem) -> ImportedItem:
    """The item as it is now, held until the transaction ends."""
    rows = ImportedItem.objects.select_for_update(of=("self",))
    held = rows.select_related("file__locale").filter(pk=item.pk).first()
    if held is None:
        raise ItemRefused("This piece of the file is not there any more.")
    return held


def decided(
    item: ImportedItem,
    decision: ItemDecision,
    by: User | None,
    now: datetime | None,
    page: ClinicalPage | None = None,
    reason: str = "",
) -> None:
    """Note what was decided, and which version of the page came of it."""
    item.decision, item.reason, item.page = decision, reason, page
    item.revision_id = page.latest_revision_id if page else None
    item.decided_by, item.decided_at = by, now
    item.save(
        update_fields=[
            "decision",
            "reason",
            "page",
            "revision_id",
            "decided_by",
            "decided_at",
        ]
    )


def section_for(item: ImportedItem, kind: Kind, by: User | None) -> SectionPage:
    """The section that keeps pages of this kind in the item's language, held.

    Two who make pages at once would else take the same place in it.
    """
    sections = SectionPage.objects.filter(kind=kind, locale=item.file.locale_id)
    section = sections.first()
    if section is None:
        raise ItemRefused(
            f"The portal has no section for {kind.plural.lower()} in the language "
            f"“{item.file.locale.language_code}”, so no draft can be made."
        )
    if by and not section.permissions_for_user(by).can_add_subpage():
        raise ItemRefused(f"You may not add pages under “{section.title}”.")
    hold(section.pk)
    # Its children as they are now that nobody else adds any.
    return sections.get()
