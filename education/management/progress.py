"""How far a long command is: one line that redraws, or a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.core.management.base import OutputWrapper

EVERY = {True: 0.2, False: 5.0}
WIDTH = 20


class Progress:
    """Tells `done` of `total`; on a terminal the line draws over itself.

    Elsewhere it is a line every few seconds, so that a short run says nothing.
    """

    def __init__(
        self,
        out: OutputWrapper,
        total: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.out = out
        self.total = total
        self.clock = clock
        self.is_terminal = out.isatty()
        self.started = clock()
        self.next = self.started + (0 if self.is_terminal else EVERY[False])
        self.drawn = 0

    def tell(self, done: int) -> None:
        """Say so, unless it was said a moment ago."""
        now = self.clock()
        is_last = self.is_terminal and done >= self.total
        if now < self.next and not is_last:
            return
        self.next = now + EVERY[self.is_terminal]
        line = self.line(done, now - self.started)
        if not self.is_terminal:
            self.out.write(line)
            return
        self.out.write(f"\r{line.ljust(self.drawn)}", ending="")
        self.out.flush()
        self.drawn = len(line)

    def close(self) -> None:
        """Leave the line that was drawn, so that what follows stands below it."""
        if self.drawn:
            self.out.write("")
            self.drawn = 0

    def line(self, done: int, seconds: float) -> str:
        """What is said: a bar on a terminal, how much, how fast, how long yet."""
        total = max(self.total, done)
        share = done / total if total else 1.0
        speed = done / seconds if seconds else 0.0
        filled = int(share * WIDTH)
        bar = f"[{'#' * filled}{'.' * (WIDTH - filled)}] " if self.is_terminal else ""
        left = f", {_spoken((total - done) / speed)} left" if speed else ""
        return (
            f"{bar}{done:,} of {total:,} pages, {share:.0%}, "
            f"{speed:,.0f} pages a second{left}"
        )


def _spoken(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 90 else f"{round(whole / 60)} min"
