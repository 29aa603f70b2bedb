"""Setting a piece of a file aside, and taking a decision back."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from education.models import ImportedItem


def set_aside(item: ImportedItem, reason: str, by: User | None, now: datetime) -> None:
    """Make nothing of it, and say why in a sentence."""
    raise NotImplementedError


def undo(item: ImportedItem, by: User | None, now: datetime) -> None:
    """Take the decision back: the item is open again.

    A draft that nobody touched is deleted; a page that the item went into gets its
    former words back as a new version. Raises ItemRefused where somebody saved since.
    """
    raise NotImplementedError
