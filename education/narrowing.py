"""Ways to narrow a list, as its reader is offered them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Choice:
    """One way to narrow a list. Without an address there is nothing to find there."""

    label: str
    address: str
    count: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True)
class Shelf:
    """Tags of one group, or ways to narrow by them, under the group's name."""

    label: str
    items: list[Any]
