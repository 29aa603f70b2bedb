"""What is said when a piece of a file cannot become what was asked for."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError

from education.models import ClinicalPage


class ItemRefused(PermissionDenied):
    """Nothing was done; the message says why, in plain words.

    `page` is the page that asks the same already, where there is one: offer to merge.
    """

    def __init__(self, sentence: str, page: ClinicalPage | None = None) -> None:
        super().__init__(sentence)
        self.page = page

    @classmethod
    def of(cls, error: ValidationError) -> ItemRefused:
        """The same with what a form would have said."""
        return cls(" ".join(error.messages))


class DecidedAlready(ItemRefused):
    """Somebody else was quicker; what they decided stands."""
