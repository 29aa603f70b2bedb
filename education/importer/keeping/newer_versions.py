"""New drafts of pages that are there already, as their editors would save them."""

from __future__ import annotations

from django.contrib.auth.models import User

from education.importer.keeping.refusals import ItemRefused
from education.models import ClinicalPage, ImportedItem, hold

CHANGED = (
    "Somebody saved a newer version of “{}” since you opened it. Nothing was done; "
    "look at it again."
)


def newest_words(
    page: ClinicalPage, item: ImportedItem, by: User | None, read: int | None
) -> ClinicalPage:
    """The newest version of a page that may be changed now; its row is held.

    `read` is the number of the version that the person saw, or None. Raises ItemRefused
    where the page waits for approval, is locked, or has changed since.
    """
    hold(page.pk)
    row = ClinicalPage.objects.with_parts().filter(pk=page.pk).first()
    if row is None:
        raise ItemRefused("This page is not there any more.")
    page = row.as_its_kind()
    if page.locale_id != item.file.locale_id:
        raise ItemRefused(f"“{page.title}” is in another language than the file.")
    if read is not None and page.latest_revision_id != read:
        raise ItemRefused(CHANGED.format(page.title))
    if (lock := page.get_lock()) and (by is None or lock.for_user(by)):
        raise ItemRefused(
            f"“{page.title}” cannot be changed now: it waits for approval, or "
            "somebody locked it."
        )
    if by and not page.permissions_for_user(by).can_edit():
        raise ItemRefused(f"You may not edit “{page.title}”.")
    if page.latest_revision_id is None:
        # What it says now has to be there to go back to.
        page.save_revision(clean=False)
    return page.get_latest_revision_as_object()


def save_as_draft(page: ClinicalPage, by: User | None) -> None:
    """Save what the object holds as a new version; what the public reads stays."""
    page.full_clean()
    if not page.live:
        page.save(clean=False)
    page.save_revision(user=by, log_action=True, clean=False)
