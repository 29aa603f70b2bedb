"""Handing drafts over for approval, a few at a time, with one letter a reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from education.models import ClinicalPage

#: More at once nobody reads with care.
MOST_AT_ONCE = 10


@dataclass(frozen=True)
class HandedOver:
    """Which pages wait for approval now, and which do not and why, in sentences."""

    pages: tuple[ClinicalPage, ...] = ()
    kept_back: tuple[tuple[ClinicalPage, tuple[str, ...]], ...] = ()


def hand_over(pages: Sequence[ClinicalPage], by: User, now: datetime) -> HandedOver:
    """Ask for approval of these pages as their author would.

    A page with blocking findings, or that waits already, is kept back with its
    reasons. Raises ItemRefused for more than ten.
    """
    raise NotImplementedError
