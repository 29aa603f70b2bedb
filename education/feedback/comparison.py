"""How helpful readers found a version, and whether that fell after a change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt

from django.db.models import F

from education.models import Feedback

#: Of fewer answers nothing is concluded.
FEWEST = 20
#: The 97.5th percentile of the normal distribution: chance alone goes so far down in
#: one case of forty, and so far either way in one of twenty.
Z = 1.96

RULE = (
    f"A page is marked when at least {FEWEST} readers answered on the version that is "
    f"live and at least {FEWEST} on an earlier one, the last with so many, fewer of "
    "them found it helpful, and chance alone would show such a fall in fewer than 1 of "
    "40 cases. Anybody may answer, and more than once, so read the page before you "
    "decide."
)


@dataclass(frozen=True)
class Tally:
    """How many said yes, and how many no."""

    yes: int = 0
    no: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.yes + other.yes, self.no + other.no)

    @property
    def total(self) -> int:
        return self.yes + self.no

    @property
    def share(self) -> int | None:
        """Of a hundred answers, how many are yes; None without any answer."""
        return round(100 * self.yes / self.total) if self.total else None

    @property
    def likely(self) -> tuple[int, int] | None:
        """Between which shares the true one lies in 19 of 20 cases (Wilson)."""
        if not self.total:
            return None
        count, share = self.total, self.yes / self.total
        middle = share + Z**2 / (2 * count)
        reach = Z * sqrt(share * (1 - share) / count + Z**2 / (4 * count**2))
        low, high = (
            (middle + way * reach) / (1 + Z**2 / count) * 100 for way in (-1, 1)
        )
        return max(0, round(low)), min(100, round(high))

    def __str__(self) -> str:
        return f"{self.share}% of {self.total}" if self.total else "no answers"


@dataclass(frozen=True)
class Fall:
    """That the live version was found less helpful than one before it."""

    page_id: int
    title: str
    before: Tally
    after: Tally


def has_fallen(before: Tally, after: Tally) -> bool:
    """Whether `after` is worse by more than chance (two proportions, pooled)."""
    if min(before.total, after.total) < FEWEST:
        return False
    total = before.total + after.total
    pooled = (before.yes + after.yes) / total
    spread = sqrt(pooled * (1 - pooled) * (1 / before.total + 1 / after.total))
    fall = before.yes / before.total - after.yes / after.total
    return spread > 0 and fall / spread > Z


def fall_of(
    page_id: int, title: str, live_id: int, versions: dict[int, Tally]
) -> Fall | None:
    """The fall of one page, from how helpful its versions up to the live one were."""
    enough = sorted(key for key, tally in versions.items() if tally.total >= FEWEST)
    if len(enough) < 2 or enough[-1] != live_id:
        return None
    before, after = (versions[key] for key in enough[-2:])
    if not has_fallen(before, after):
        return None
    return Fall(page_id, title, before, after)


def fallen_pages() -> list[Fall]:
    """The live pages that are marked, the worst fall first; one statement."""
    counted = Feedback.objects.filter(revision__isnull=False, page__live=True)
    groups = (
        counted.counted("page_id", "revision_id")
        .annotate(live_id=F("page__live_revision_id"), title=F("page__title"))
        .filter(revision_id__lte=F("live_id"))
        .values_list("page_id", "title", "live_id", "revision_id", "yes", "no")
    )
    pages: dict[tuple[int, str, int], dict[int, Tally]] = defaultdict(dict)
    for page_id, title, live_id, key, yes, no in groups:
        pages[page_id, title, live_id][key] = Tally(yes, no)
    falls = [fall_of(*page, versions) for page, versions in pages.items()]
    found = [fall for fall in falls if fall]
    return sorted(found, key=lambda fall: fall.after.share - fall.before.share)
