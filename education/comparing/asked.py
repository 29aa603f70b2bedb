"""Which medicines somebody wants to see side by side, and what could not be."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from education.models import ClinicalPageQuerySet

#: More columns than this cannot be read beside each other.
MOST = 4
#: So many are shown to somebody who comes from one medicine and names its kind.
A_PAIR = 2

UNKNOWN = "A medicine that you asked for is not here, so it is left out."
UNKNOWN_TAG = "No medicine here has that tag, so none is chosen by it."
TWICE = "You chose a medicine twice, so it is shown once."
TOO_MANY = f"Only {MOST} medicines fit. The first {MOST} that you chose are shown."
MORE_OF_KIND = f"There are more than {MOST}. The first {MOST} by name are shown."

_SLUG = re.compile(r"[a-zA-Z0-9_-]{1,100}")


@dataclass(frozen=True)
class Asked:
    """Slugs of published medicines, in the order in which they were asked for.

    `refused` holds a sentence for each wish that could not be met, `told` one for what
    is shown otherwise than somebody may think.
    """

    slugs: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    @classmethod
    def for_query(cls, query: QueryDict, medicines: ClinicalPageQuerySet) -> Self:
        """Read "m", any number of them, and "tag", which fills up by a kind.

        `medicines` are the published ones. One statement, and one more for a tag.
        """
        wishes = [wish.strip() for wish in query.getlist("m") if wish.strip()]
        known = _known(wishes, medicines)
        sentences = {
            UNKNOWN: any(wish not in known for wish in wishes),
            TWICE: len(wishes) > len(set(wishes)),
            TOO_MANY: len(known) > MOST,
        }
        slugs, told = tuple(known[:MOST]), ()
        if tag := query.get("tag", "").strip():
            of_kind = _of_kind(tag, medicines)
            sentences[UNKNOWN_TAG] = not of_kind
            if not wishes and len(of_kind) > MOST:
                told = (MORE_OF_KIND,)
            slugs = _filled_up(slugs, of_kind, A_PAIR if wishes else MOST)
        refused = tuple(sentence for sentence, is_so in sentences.items() if is_so)
        return cls(slugs, refused, told)

    @property
    def status(self) -> int:
        return 400 if self.refused else 200

    @property
    def notices(self) -> list[str]:
        return [*self.refused, *self.told]

    @property
    def is_full(self) -> bool:
        return len(self.slugs) >= MOST

    @property
    def places_to_offer(self) -> int:
        """How many more to choose at once: enough to compare, then one at a time."""
        return 0 if self.is_full else max(1, A_PAIR - len(self.slugs))

    def without(self, slug: str) -> str:
        """The address of the same comparison without this medicine."""
        kept = urlencode([("m", other) for other in self.slugs if other != slug])
        return f"?{kept}" if kept else "./"


def _known(wishes: Sequence[str], medicines: ClinicalPageQuerySet) -> list[str]:
    """Those that are published, each once, in the order of the wishes."""
    # Looked at first, because a database may fail on what cannot be a slug.
    likely = dict.fromkeys(wish for wish in wishes if _SLUG.fullmatch(wish))
    found: Collection[str] = set(
        medicines.filter(slug__in=list(likely)).values_list("slug", flat=True)
    )
    return [wish for wish in likely if wish in found]


def _of_kind(tag: str, medicines: ClinicalPageQuerySet) -> list[str]:
    """The first medicines by name that carry a tag, one more than can be shown."""
    if not _SLUG.fullmatch(tag):
        return []
    tagged = medicines.tagged(tag).alphabetical()
    return list(tagged.values_list("slug", flat=True)[: MOST + 1])


def _filled_up(
    slugs: tuple[str, ...], more: Sequence[str], places: int
) -> tuple[str, ...]:
    others = [slug for slug in more if slug not in slugs]
    return (*slugs, *others[: max(0, places - len(slugs))])
