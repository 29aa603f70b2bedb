"""Sorting a file that is kept, piece by piece; it may be killed at any moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from education.models import ImportedFile


@dataclass(frozen=True)
class Progress:
    """How far the sorting of a file has come, in pieces."""

    done: int
    total: int
    is_ready: bool

    @property
    def percent(self) -> int:
        return 100 if self.is_ready else self.done * 100 // max(self.total, 1)


def carry_on(
    file: ImportedFile,
    rules: tuple[Any, ...],
    known: Any,
    now: datetime,
    stopping: Callable[[], bool] = lambda: False,
) -> Progress:
    """Sort what is not sorted yet, until `stopping` says so; how far it has come.

    Killed anywhere and called again, it ends as if it had never been killed. Where
    another process is at it, it does nothing and says how far that has come. `rules`
    and `known` are those of `engine.sort_out`.
    """
    raise NotImplementedError
