"""What the portal holds already that is near to a piece of a file."""

from __future__ import annotations

from dataclasses import dataclass

from education.models import ClinicalPage, ImportedItem


@dataclass(frozen=True)
class NearPage:
    """A page of the portal that is near, draft or live, and why in a sentence.

    `is_same` where it asks the very same, so that no second page can be made.
    """

    page: ClinicalPage
    why: str
    is_same: bool = False


def near(item: ImportedItem) -> list[NearPage]:
    """What is near, the nearest first; at most five pages, in at most three statements.

    Pages come with `title`, `kind`, `live` and `latest_revision_id`.
    """
    raise NotImplementedError
