"""How each database finds words: a piece of SQL, and what it is given.

Each piece gives rows of `page_id`, `score` (more is better) and `found`. Terms are made
of a-z and 0-9 only, see `analysis`, so no operator of either database gets through.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection


class Hits(NamedTuple):
    """A SELECT and its parameters."""

    sql: str
    given: list[str | int]


def hits(terms: tuple[str, ...], found: int) -> Hits:
    """Pages that hold every one of these terms, marked with the number `found`."""
    return ENGINES[connection.vendor](terms, found)


def sqlite_hits(terms: tuple[str, ...], found: int) -> Hits:
    """An FTS5 table, ranked by bm25: title, aliases, tags, summary, body."""
    return Hits(
        "SELECT rowid AS page_id, "
        "-bm25(education_searchindex, 10.0, 6.0, 3.0, 2.0, 1.0) AS score, "
        "%s AS found "
        "FROM education_searchindex WHERE education_searchindex MATCH %s",
        [found, " ".join(f'"{term}"' for term in terms)],
    )


def postgresql_hits(terms: tuple[str, ...], found: int) -> Hits:
    """Two vectors: the whole page to match, its short head to rank.

    Weights stand for summary, tags, aliases and title. A head need not hold every term.
    """
    quoted = [f"'{_marked(term)}'" for term in terms]
    return Hits(
        "SELECT page_id, "
        "ts_rank('{0.2, 0.3, 0.6, 1.0}'::real[], head, %s::tsquery) AS score, "
        "%s AS found "
        "FROM education_searchdocument WHERE words @@ %s::tsquery",
        [" | ".join(quoted), found, " & ".join(quoted)],
    )


def _marked(term: str) -> str:
    """The index marks words that begin with a digit: see `0003_search_index`."""
    return f"number{term}" if term[0].isdigit() else term


ENGINES = {"sqlite": sqlite_hits, "postgresql": postgresql_hits}
