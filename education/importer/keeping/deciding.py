"""Setting a piece of a file aside, and taking a decision back."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from education.import_vocabulary import ItemDecision
from education.importer.keeping.newer_versions import newest_words
from education.importer.keeping.refusals import ItemRefused
from education.importer.keeping.taking import decided, held_item, in_hand
from education.models import (
    ClinicalPage,
    ImportedItem,
    PageIsBusy,
    Provenance,
    QuestionMedicine,
    QuestionTopic,
    hold,
)
from education.models.keeping import why_kept

SAVED_SINCE = (
    "Somebody saved “{}” since, so this cannot be undone here without losing their "
    "words. Edit or delete the page itself."
)
LONGEST_REASON = ImportedItem._meta.get_field("reason").max_length


def set_aside(item: ImportedItem, reason: str, by: User | None, now: datetime) -> None:
    """Make nothing of it, and say why in a sentence."""
    reason = " ".join(reason.split())
    if not reason:
        raise ItemRefused("Say in a few words why this is set aside.")
    if len(reason) > LONGEST_REASON:
        raise ItemRefused(
            f"The reason has {len(reason)} characters; {LONGEST_REASON} are the most."
        )
    with in_hand(item) as held:
        decided(held, ItemDecision.SET_ASIDE, by, now, reason=reason)


def undo(item: ImportedItem, by: User | None, now: datetime) -> None:
    """Take the decision back: the item is open again.

    A draft that nobody touched is deleted; a page that the item went into gets its
    former words back as a new version. Raises ItemRefused where somebody saved since.
    """
    try:
        with transaction.atomic():
            held = held_item(item)
            page = _page_of(held)
            if held.decision == ItemDecision.ACCEPTED and page:
                _delete_untouched(page, held, by)
            elif held.decision in (ItemDecision.MERGED, ItemDecision.SECTION) and page:
                _give_back(page, held, by)
            elif held.decision == ItemDecision.OPEN:
                raise ItemRefused("Nothing was decided yet, so nothing can be undone.")
            decided(held, ItemDecision.OPEN, None, None)
    except PageIsBusy as busy:
        raise ItemRefused(str(busy)) from busy


def _page_of(item: ImportedItem) -> ClinicalPage | None:
    """The page that came of it, held, as its own kind and as it is now."""
    if item.page_id is None or item.decision == ItemDecision.KNOWN:
        return None
    hold(item.page_id)
    row = ClinicalPage.objects.with_parts().filter(pk=item.page_id).first()
    return row.as_its_kind() if row else None


def _delete_untouched(page: ClinicalPage, item: ImportedItem, by: User | None) -> None:
    if page.latest_revision_id != item.revision_id or page.workflow_in_progress:
        raise ItemRefused(SAVED_SINCE.format(page.title))
    if reason := why_kept(page):
        raise ItemRefused(reason)
    if _is_named_elsewhere(page):
        raise ItemRefused(
            f"Questions stand under “{page.title}”. Undo or change these first."
        )
    if by and not page.permissions_for_user(by).can_delete():
        raise ItemRefused(f"You may not delete “{page.title}”.")
    page.delete(user=by)
    item.page = None


def _is_named_elsewhere(page: ClinicalPage) -> bool:
    return (
        QuestionTopic.objects.filter(topic=page.pk).exists()
        or QuestionMedicine.objects.filter(medicine=page.pk).exists()
        or Provenance.objects.filter(page=page.pk).count() > 1
    )


def _give_back(page: ClinicalPage, item: ImportedItem, by: User | None) -> None:
    if page.latest_revision_id != item.revision_id:
        raise ItemRefused(SAVED_SINCE.format(page.title))
    newest_words(page, item, by, item.revision_id)
    former = page.revisions.filter(pk__lt=item.revision_id).order_by("pk").last()
    if former is None:
        raise ItemRefused(
            f"The former words of “{page.title}” are not kept any more. Edit the page "
            "itself."
        )
    before = former.as_object()
    if not page.live:
        before.save(clean=False)
    before.save_revision(
        user=by, log_action=True, previous_revision=former, clean=False
    )
    # Whoever goes back to the version that said them finds that they are not ours.
    Provenance.objects.filter(page=page.pk, item=item).update(item=None)
