"""Two tags become one: the same word for readers, one address, and no way back."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from wagtail.log_actions import log
from wagtail.models import Page

from education.models.tags import Tag, TaggedPage

#: Sent with `page_ids` once a tag's pages carry another one.
tag_merged = Signal()


class TagMergeRefused(PermissionDenied):
    """Two tags were not merged; the message says why, in plain words."""


@transaction.atomic
def merge_tags(tag: Tag, into: Tag, by: User) -> int:
    """Let one tag stand wherever the other stood, and say on how many pages it did.

    The merged one stays as a row, so that its address and old revisions lead on. Raises
    TagMergeRefused where a word would become public that nobody approved.
    """
    # No approval and no other merger meanwhile: whoever signs holds this row too.
    Page.objects.select_for_update().get(depth=1)
    tag = Tag.every.select_for_update(of=("self",)).get(pk=tag.pk)
    into = Tag.every.get(pk=into.pk)
    if refusal := why_not_merge(tag, into):
        raise TagMergeRefused(refusal)
    carried = TaggedPage.objects.filter(tag=tag)
    page_ids = list(carried.values_list("content_object_id", flat=True))
    twice = into.tagged_pages.values("content_object_id")
    carried.filter(content_object_id__in=twice).delete()
    carried.update(tag=into)
    Tag.every.filter(Q(pk=tag.pk) | Q(merged_into=tag)).update(merged_into=into)
    log(tag, "wagtail.edit", user=by, data={"merged_into": into.name})
    transaction.on_commit(
        partial(tag_merged.send_robust, sender=Tag, page_ids=page_ids)
    )
    return len(page_ids)


def why_not_merge(tag: Tag, into: Tag) -> str:
    """Why the tag may not be merged into the other; empty when it may."""
    if tag.pk == into.pk:
        return "Choose another tag than this one."
    if tag.merged_into_id or into.merged_into_id:
        return "One of the two tags has been merged already. Look at the list again."
    if (_was_approved(tag) or tag.is_awaited) and not _was_approved(into):
        return (
            f'No published page carries "{into.name}" yet, so nobody has approved that '
            "word. Merge the other way round, or let a page be approved with it first."
        )
    return ""


def _was_approved(tag: Tag) -> bool:
    return tag.tagged_pages.filter(content_object__live=True).exists()
