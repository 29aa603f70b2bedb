"""Fills the database of `DATABASE_URL` and asks it; one line of JSON for each size."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import search_stock  # noqa: E402
from bench.search_corpus import index, load  # noqa: E402
from bench.search_queries import SUGGESTIONS, queries  # noqa: E402
from education.models import SearchEdition  # noqa: E402
from education.search.editions import current_edition  # noqa: E402
from education.search.finding import find  # noqa: E402
from education.search.knowledge import knowledge  # noqa: E402
from education.search.query import parse  # noqa: E402
from education.search.suggesting import suggest  # noqa: E402
from tests import factories  # noqa: E402

LANGUAGE = "en"
RUNS = 15
#: A class that is slow gets fewer runs, but never fewer than this.
FEWEST = 3
SECONDS_A_CLASS = 8.0
PUBLICATIONS = 11

Ask = Callable[[str], Any]


def ours(asked: str) -> Sequence[Any]:
    """The ten best pages: read what was typed, put it right, find, rank."""
    known = knowledge(LANGUAGE, current_edition())
    query = parse(QueryDict(urlencode({"q": asked})), LANGUAGE, known)
    return find(query.asked, timezone.now()).pages[:10]


def ours_suggest(asked: str) -> Sequence[Any]:
    """What the box of the page offers."""
    return suggest(asked, LANGUAGE, timezone.now()).items


def ours_page(asked: str) -> Sequence[Any]:
    """The whole page of results, as a browser gets it."""
    response = Client().get("/search/", {"q": asked})
    return response.context_data["results"]


def ours_after_news(asked: str) -> Sequence[Any]:
    """A search that reads anew what searches keep in memory, as after publications."""
    SearchEdition.renew()
    return ours(asked)


def main(given: dict[str, Any]) -> None:
    """Grow the corpus from size to size and measure at each."""
    call_command("migrate", verbosity=0)
    people = SimpleNamespace()
    factories.set_the_scene(people)
    for size in given["sizes"]:
        figures = {"size": size, "words": given["words"]}
        figures["filling"] = filled(size, given["words"])
        figures["publishing"] = publishing(people)
        asked = queries(size, given["words"])
        wanted = given["queries"] or list(asked)
        figures["ours"] = {
            name: measured(ours_suggest if name in SUGGESTIONS else ours, asked[name])
            for name in wanted
        }
        figures["page"] = {
            f"page: {name}": measured(ours_page, asked[name])
            for name in ("common", "question")
        } | {"after news": measured(ours_after_news, asked["mid"])}
        figures["stock"] = stock(size, given, {name: asked[name] for name in wanted})
        print(json.dumps(figures), flush=True)


def filled(size: int, words: int) -> dict[str, float]:
    """Load the pages that are missing; seconds for the tables and for our index."""
    tell(f"{size:,} pages: loading ...")
    started = time.perf_counter()
    new = load(size, words)
    loaded = time.perf_counter()
    tell(f"{size:,} pages: indexing ...")
    index(new)
    ended = time.perf_counter()
    search_stock.index_titles(words)
    return {"new": len(new), "load": loaded - started, "index": ended - loaded}


def publishing(people: SimpleNamespace) -> dict[str, float]:
    """Seconds that an approval takes which publishes a new page, with its indexing."""
    tell("publishing ...")
    times = []
    for number in range(PUBLICATIONS):
        page = factories.make_topic(f"Bench publication {number}")
        factories.submit(page, people.ana)
        started = time.perf_counter()
        factories.approve(page, people.ben)
        times.append(time.perf_counter() - started)
    return {"p50": statistics.median(times[1:])}


def stock(size: int, given: dict[str, Any], asked: dict[str, list[str]]) -> dict:
    """The same queries of Wagtail's own search, up to the size that was asked for."""
    if size > given["stock_upto"]:
        return {}
    tell("filling Wagtail's index ...")
    search_stock.index_texts(given["words"])
    ways = {True: search_stock.stock_suggest, False: search_stock.stock_search}
    figures = {
        name: measured(ways[name in SUGGESTIONS], texts)
        for name, texts in asked.items()
    }
    search_stock.index_titles(given["words"])
    return figures


def measured(ask: Ask, texts: list[str]) -> dict[str, float]:
    """Percentiles in seconds, of the whole and inside the database."""
    tell(f"{ask.__name__}: {texts[0]} ...")
    until = time.perf_counter() + SECONDS_A_CLASS
    timed(ask, texts[0])
    runs: list[tuple[float, float, int, int]] = []
    while len(runs) < RUNS and (len(runs) < FEWEST or time.perf_counter() < until):
        runs.append(timed(ask, texts[len(runs) % len(texts)]))
    whole, inside, statements, found = zip(*runs, strict=True)
    return {
        "p50": statistics.median(whole),
        "p95": percentile(whole),
        "db50": statistics.median(inside),
        "db95": percentile(inside),
        "statements": max(statements),
        "found": statistics.median(found),
        "runs": len(runs),
    }


def timed(ask: Ask, text: str) -> tuple[float, float, int, int]:
    inside, statements = 0.0, 0

    def counted(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal inside, statements
        started = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            inside += time.perf_counter() - started
            statements += 1

    started = time.perf_counter()
    with connection.execute_wrapper(counted):
        found = ask(text)
    return time.perf_counter() - started, inside, statements, len(found)


def percentile(times: tuple[float, ...]) -> float:
    """The 95th: with few runs, the slowest but one in twenty."""
    return sorted(times)[max(0, round(0.95 * len(times)) - 1)]


def tell(sentence: str) -> None:
    print(f"  {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
