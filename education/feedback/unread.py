"""How much is unread, for the menu.

It stands on every page of the CMS, so the number is kept for a moment and costs no
statement of its own there.
"""

from __future__ import annotations

import logging

from django.core.cache import cache

from education.models import Feedback

logger = logging.getLogger(__name__)

KEY = "feedback:unread"
#: In seconds. Where each process has a cache of its own, others are late by so much.
KEPT = 60
#: Nobody counts further.
MOST = 100


def unread_count() -> int:
    """How many words nobody has decided on, up to `MOST`; at most a minute old."""
    try:
        known = cache.get(KEY)
        if known is None:
            known = Feedback.objects.unread()[:MOST].count()
            cache.set(KEY, known, KEPT)
    except Exception as error:  # every backend has errors of its own
        logger.error("Unread feedback is not counted: %s", type(error).__name__)
        return 0
    return known


def count_anew() -> None:
    """Forget the number, because it has changed."""
    try:
        cache.delete(KEY)
    except Exception as error:
        logger.error("Unread feedback is counted late: %s", type(error).__name__)
