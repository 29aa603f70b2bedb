"""The judged queries: which page each one should find, and whether it was found.

What counts as found is said in `tests/samples/README.md`.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "tests" / "samples" / "judged_queries.tsv"

LIST = re.compile(r'<ol[^>]*class="[^"]*page-list[^"]*".*?</ol>', re.DOTALL)
LINK = re.compile(
    r'href="(?:/search/to/[^/"]+/(\d+)/|(/(?:topics|questions|medicines)/[^/"]+/))'
)
#: Where the page says in a sentence what came of the search, and how it says that it
#: did not find all words, or looked for others instead.
HEADLINE = re.compile(r'<h2[^>]*id="results-title"[^>]*>(.*?)</h2>', re.DOTALL)
PARTLY = re.compile(r"no page has all|some of (?:them|your words)", re.IGNORECASE)
CORRECTED = re.compile(r">\s*showing results for", re.IGNORECASE)


@dataclass(frozen=True)
class Judged:
    """A query as somebody would type it, and the pages that may come first."""

    query: str
    kind: str
    right: tuple[str, ...]
    acceptable: tuple[str, ...]
    note: str
    set: str

    @property
    def has_no_page(self) -> bool:
        return self.kind == "no_match"


@dataclass(frozen=True)
class Found:
    """What came back: the first ten addresses, and what was said about them."""

    addresses: tuple[str, ...]
    claims_all_words: bool = True
    is_corrected: bool = False


#: By engine, then by query.
Measured = dict[str, dict[str, Found]]


def judged_queries() -> list[Judged]:
    """Read the file as it stands, without checking it."""
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Judged(
                **row
                | {
                    "right": tuple(row["right"].split()),
                    "acceptable": tuple(row["acceptable"].split()),
                }
            )
            for row in rows
        ]


def place(judged: Judged, found: Found) -> int | None:
    """Where the first good page stands, from 1; None where there is none in ten.

    Where no page is right it is 1 unless the search claims to have one: it says that a
    page has all the words (and it is not one that has), or it looked for other words.
    """
    first = found.addresses[:1]
    if judged.has_no_page:
        claims = found.claims_all_words and not set(first) <= set(judged.acceptable)
        return None if claims or found.is_corrected else 1
    good = {*judged.right, *judged.acceptable}
    places = (at for at, one in enumerate(found.addresses, 1) if one in good)
    return next(places, None)


def figures(places: list[int | None]) -> dict[str, float]:
    """success@1, success@3 and the mean reciprocal rank within ten."""
    count = len(places) or 1
    return {
        "success@1": sum(at == 1 for at in places) / count,
        "success@3": sum(at is not None and at <= 3 for at in places) / count,
        "MRR": sum(1 / at for at in places if at) / count,
    }


def read_results(html: str, addresses: dict[int, str]) -> Found:
    """Read a page of results as its reader does: the list, in order, and the words."""
    links = LINK.findall("".join(LIST.findall(html)))
    named = [addresses.get(int(pk), "") if pk else path for pk, path in links]
    return Found(
        tuple(dict.fromkeys(filter(None, named))),
        claims_all_words=not PARTLY.search("".join(HEADLINE.findall(html))),
        is_corrected=bool(CORRECTED.search(html)),
    )
