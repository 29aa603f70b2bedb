"""The row of a page, held by whoever decides what becomes of it."""

from __future__ import annotations

from django.db import OperationalError, transaction
from wagtail.models import Page

BUSY = (
    "Somebody else is working on this page at this very moment. Nothing was done; try "
    "again in a few seconds."
)


class PageIsBusy(Exception):
    """The page's row was held by somebody else for longer than we wait."""

    def __init__(self) -> None:
        super().__init__(BUSY)


def hold(page_id: int) -> Page | None:
    """Hold the page's row until the transaction ends; what we then read is settled.

    None where there is no such page. Raises PageIsBusy when somebody else holds it for
    too long. Take it before the ledger's pen, or two people wait for each other.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("The row would be let go at once.")
    try:
        with transaction.atomic():
            # Without its key: others may go on pointing at the page, say to read it.
            held = Page.objects.select_for_update(no_key=True)
            return held.filter(pk=page_id).first()
    except OperationalError as error:
        raise PageIsBusy from error
