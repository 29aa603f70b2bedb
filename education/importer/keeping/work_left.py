"""What imported drafts still lack before anybody can hand them over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from education.models import ClinicalPage


@dataclass(frozen=True)
class WorkLeft:
    """What a page's newest version still needs."""

    needs_rewriting: bool = False
    needs_answer: bool = False


def work_left(pages: Iterable[ClinicalPage]) -> dict[int, WorkLeft]:
    """For each page, by its number; in two statements, however many pages."""
    raise NotImplementedError
