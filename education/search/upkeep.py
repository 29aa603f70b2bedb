"""Keeps the index in step with publication, once each change is committed.

A failure is logged and changes nothing else: a page goes live, and goes away, whether
or not it can be found. `manage.py rebuild_search` makes good what was missed.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from education.models import ClinicalPage
from education.models.merging import tag_merged
from education.search.index import BATCH, refresh, settle

logger = logging.getLogger(__name__)


def connect() -> None:
    """Listen to everything that changes what the public may find."""
    for signal in (page_published, page_unpublished):
        signal.connect(take_up_page, dispatch_uid="search")
    tag_merged.connect(take_up_pages, dispatch_uid="search")
    post_page_move.connect(take_up_subtree, dispatch_uid="search")
    for signal in (post_save, post_delete):
        signal.connect(
            take_up_restriction, sender=PageViewRestriction, dispatch_uid="search"
        )


def take_up_page(instance: Page, **kwargs: Any) -> None:
    """After a page was published or withdrawn; Wagtail withdraws what it deletes."""
    if isinstance(instance, ClinicalPage):
        _after_commit(refresh, [instance.pk], instance.pk)


def take_up_pages(page_ids: list[int], **kwargs: Any) -> None:
    """After a tag was merged, with all the pages that carried it."""
    for start in range(0, len(page_ids), BATCH):
        batch = page_ids[start : start + BATCH]
        _after_commit(refresh, batch, batch[0])


def take_up_subtree(instance: Page, **kwargs: Any) -> None:
    """After a page was moved, with all that stands under it."""
    _after_commit(settle, instance.pk, instance.pk)


def take_up_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """After a page was made private or public again, with all that stands under it."""
    _after_commit(settle, instance.page_id, instance.page_id)


def _after_commit(work: Callable[[Any], None], given: Any, page_id: int) -> None:
    def run() -> None:
        try:
            work(given)
        except Exception:
            logger.exception("Search could not take up page %s", page_id)

    transaction.on_commit(run)
