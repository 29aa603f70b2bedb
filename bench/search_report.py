"""Prints what the search bench measured, and how it stands to the goals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.search_queries import SUGGESTIONS

Figures = dict[str, Any]


def print_size(name: str, figures: Figures) -> None:
    """One table: a line for each class of queries; times in milliseconds."""
    filling, publishing = figures["filling"], figures["publishing"]
    print(
        f"\n{name}, {figures['size']:,} pages of {figures['words']} words "
        f"({filling['new']:,} loaded in {filling['load']:.0f} s, indexed in "
        f"{filling['index']:.0f} s; an approval that publishes "
        f"{publishing['p50'] * 1000:.0f} ms)\n"
        f"{'':16}{'p50':>8}{'p95':>8}{'db p50':>8}{'db p95':>8}{'stmts':>6}{'found':>6}"
        f"{'stock p50':>11}{'p95':>9}{'runs':>5}{'ours is 1/':>11}"
    )
    for asked, ours in figures["ours"].items():
        stock = figures["stock"].get(asked)
        print(f"{asked:16}{_ours(ours)}{_beside(ours, stock)}")
    for asked, ours in figures["page"].items():
        print(f"{asked:16}{_ours(ours)}")


def _ours(cost: Figures) -> str:
    times = "".join(
        f"{cost[key] * 1000:8.2f}" for key in ("p50", "p95", "db50", "db95")
    )
    return f"{times}{cost['statements']:6}{cost['found']:6.0f}"


def _beside(ours: Figures, stock: Figures | None) -> str:
    if not stock:
        return f"{'-':>11}"
    return (
        f"{stock['p50'] * 1000:11.1f}{stock['p95'] * 1000:9.1f}{stock['runs']:5}"
        f"{stock['p50'] / ours['p50']:11.0f}"
    )


def print_goals(measured: dict[str, list[Figures]]) -> None:
    """What was aimed at, what came of it, for the sizes that were run."""
    print("\nGoals")
    for name, runs in measured.items():
        by_size = {figures["size"]: figures for figures in runs}
        for goal, value, limit in _goals(name, by_size):
            said = "met" if value <= limit else "MISSED"
            print(f"  {name:11}{goal:58}{value:9.4g} <= {limit:<8.4g}{said}")


def _goals(name: str, sizes: dict[int, Figures]) -> Iterator[tuple[str, float, float]]:
    if ten := sizes.get(10_000):
        yield from _at_ten_thousand(name, ten)
    if ten and (one := sizes.get(1_000)):
        yield from _growth(one, ten)
    if most := sizes.get(100_000):
        for asked, limit in (("rare", 5), ("common", 50)):
            if cost := most["ours"].get(asked):
                yield (
                    f"{asked} word in the database at 100,000, ms",
                    (cost["db50"] * 1000),
                    limit,
                )


def _at_ten_thousand(name: str, ten: Figures) -> Iterator[tuple[str, float, float]]:
    ours, stock = ten["ours"].get("common"), ten["stock"].get("common")
    if ours and stock:
        limit = 1 / {"sqlite": 200, "postgresql": 30}[name]
        yield "common word at 10,000, ours / stock", ours["p50"] / stock["p50"], limit
    for asked, cost in (ten["ours"] | ten["page"]).items():
        is_suggestion = asked in SUGGESTIONS
        most = 2 if is_suggestion else 6
        yield f"statements for: {asked}", cost["statements"], most
        if is_suggestion:
            yield (
                f"{asked} letters in the database at 10,000, ms",
                (cost["db50"] * 1000),
                2,
            )


def _growth(one: Figures, ten: Figures) -> Iterator[tuple[str, float, float]]:
    for asked in ten["ours"].keys() & one["ours"].keys() - SUGGESTIONS.keys():
        times = ten["ours"][asked]["p50"] / one["ours"][asked]["p50"]
        yield f"{asked}: 10,000 pages / 1,000 pages", times, 12
    published = ten["publishing"]["p50"] / one["publishing"]["p50"]
    yield "publishing: 10,000 pages / 1,000 pages", published, 1.5
