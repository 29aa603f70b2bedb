"""Long lists come in parts; who asks for a part that is not there gets a sentence."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator


class Part(Page):
    """One part of a long list, with what its template says about it."""

    @property
    def numbers(self) -> list[int | str]:
        """The numbers of the parts near this one, with "…" where some are left out."""
        return list(
            self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        )


class Parts(Paginator):
    """A long list, cut into parts."""

    def _get_page(self, *args: Any, **kwargs: Any) -> Part:
        return Part(*args, **kwargs)


def part_of(items: Any, asked: str, size: int) -> tuple[Part, str]:
    """The part of a list that was asked for, and a sentence where there is none such.

    `asked` is a number as it stands in an address, or "" for the first part. The
    sentence is empty when all is well.
    """
    parts = Parts(items, size)
    part = parts.get_page(asked or 1)
    if asked and not _exists(parts, asked):
        return part, (
            "The list has no such page. "
            f"This is page {part.number} of {parts.num_pages}."
        )
    return part, ""


def _exists(parts: Paginator, asked: str) -> bool:
    try:
        parts.validate_number(asked)
    except (PageNotAnInteger, EmptyPage):
        return False
    return True
