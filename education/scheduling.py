"""What the calendar does by itself: approved pages go live, expired ones come off.

Each page is a transaction of its own that holds the page's row and asks everything
again, so a run may be killed at any moment, and two at once do each thing once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from wagtail.models import Page, Revision

from education.models.gate import WENT_LIVE, gated
from education.models.holding import hold

logger = logging.getLogger(__name__)

JOB = "run_schedule"


@dataclass
class Round:
    """What one run came to, in pages."""

    published: int = 0
    taken_off: int = 0
    failed: int = 0

    @property
    def done(self) -> int:
        return self.published + self.taken_off


def keep_schedule(now: datetime, stopping: Callable[[], bool] = lambda: False) -> Round:
    """Publish what is approved and due, then take off what has expired.

    A page that fails is logged and does not stop the others; the next run tries it
    again. Once `stopping` says so, the page in hand is the last. Publishing comes
    first, because taking a page off would else forget its approved schedule.
    """
    so_far = Round()
    for page_id, act, what in _work(now):
        if stopping():
            break
        try:
            done = act(page_id, now)
        except Exception:
            logger.exception("The page %s could not be %s", page_id, what)
            so_far.failed += 1
            continue
        if done and act is publish_if_due:
            so_far.published += 1
        elif done:
            so_far.taken_off += 1
    return so_far


def _work(now: datetime) -> Iterator[tuple[int, Callable[[int, datetime], bool], str]]:
    for page_id in due_for_publication(now):
        yield page_id, publish_if_due, "published on schedule"
    for page_id in due_to_come_off(now):
        yield page_id, take_off_if_expired, "taken off on schedule"


def due_for_publication(now: datetime) -> list[int]:
    """The pages with an approved version whose time has come, the longest due first."""
    due = Revision.objects.page_revisions().filter(approved_go_live_at__lte=now)
    ids = due.annotate(page_id=Cast("object_id", BigIntegerField()))
    return list(ids.order_by("approved_go_live_at").values_list("page_id", flat=True))


def due_to_come_off(now: datetime) -> list[int]:
    """The live pages whose day has passed, the longest expired first."""
    expired = Page.objects.filter(live=True, expire_at__lte=now)
    return list(expired.order_by("expire_at").values_list("pk", flat=True))


@transaction.atomic
def publish_if_due(page_id: int, now: datetime) -> bool:
    """Publish the page's approved version, if it is due still; False if it is not.

    Raises NotSignedOff where the approvals do not hold for exactly this text, and
    ValidationError where the page has come to break a rule since.
    """
    held = hold(page_id)
    revision = held.scheduled_revision if held else None
    if revision is None or revision.approved_go_live_at > now:
        return False
    gated(held).publish_signed_off(revision, None, entry=WENT_LIVE[1])
    return True


@transaction.atomic
def take_off_if_expired(page_id: int, now: datetime) -> bool:
    """Take the page off the site, if its day has passed still; False if it has not.

    An approved version with a later day keeps its schedule.
    """
    held = hold(page_id)
    if held is None or not held.live or not held.expire_at or held.expire_at > now:
        return False
    later = held.scheduled_revision
    held.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    if later:
        held.revisions.filter(pk=later.pk).update(
            approved_go_live_at=later.approved_go_live_at
        )
    return True
