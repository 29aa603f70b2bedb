"""How each database finds words: a piece of SQL, and what it is given.

Each piece gives rows of `page_id` and `score`, more is better. Stems are made of a-z
and 0-9 only, see `analysis`, so no operator of either database gets through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.db import connection

from education.search.terms import Term


class Hits(NamedTuple):
    """A SELECT and its parameters."""

    sql: str
    given: list[str | int]


def hits(terms: Sequence[Term], language: str, in_names: bool = False) -> Hits:
    """Pages of a language that say every one of these things in one of its ways.

    With `in_names`, only pages that say it in their title or another name.
    """
    return ENGINES[connection.vendor](terms, language, in_names)


def best_hits(terms: Sequence[Term], language: str, most: int) -> Hits:
    """The best of the same pages, in their order, and no more than `most`."""
    return BEST[connection.vendor](terms, language, most)


def first_of(chosen: Hits, most: int) -> Hits:
    """The best of any hits, in their order."""
    return Hits(
        f"SELECT page_id, score FROM ({chosen.sql}) AS hit "  # noqa: S608
        f"ORDER BY score DESC, page_id LIMIT {most:d}",
        chosen.given,
    )


def sqlite_best(terms: Sequence[Term], language: str, most: int) -> Hits:
    """FTS5 ranks all that match, fast enough."""
    return first_of(sqlite_hits(terms, language, in_names=False), most)


def postgresql_best(terms: Sequence[Term], language: str, most: int) -> Hits:
    """Those with a word in the head first: only they can rank above nothing.

    A common word is in many pages and in few heads, so that few are ranked. The others
    are read where those are not enough, without a look into their heads: of twice as
    many there are enough that are not among the first. `+ 0` keeps PostgreSQL from
    reading the table in the order of its key, and every page's words with it.
    """
    found = postgresql_hits(terms, language, in_names=False)
    sql = f"""
        WITH named AS MATERIALIZED (
            {found.sql} AND head @@ %s::tsquery
            ORDER BY score DESC, page_id LIMIT {most:d}
        ), other AS MATERIALIZED (
            SELECT page_id FROM ({found.sql}
                AND (SELECT count(*) FROM named) < {most:d}
            ) AS any_page ORDER BY page_id + 0 LIMIT {2 * most:d}
        )
        SELECT page_id, score FROM named
        UNION ALL
        SELECT page_id, 0 AS score FROM other
        WHERE page_id NOT IN (SELECT page_id FROM named)
        ORDER BY score DESC, page_id LIMIT {most:d}
    """  # noqa: S608 - made of our own pieces
    return Hits(sql, [*found.given, _any_stem(terms), *found.given])


def sqlite_hits(terms: Sequence[Term], language: str, in_names: bool) -> Hits:
    """An FTS5 table, ranked by bm25: title, aliases, tags, summary, body."""
    wanted = " AND ".join(
        _either(term, '"{}"'.format, " AND ", " OR ") for term in terms
    )
    return Hits(
        "SELECT page_id, "
        "-bm25(education_searchindex, 10.0, 6.0, 3.0, 2.0, 1.0) AS score "
        "FROM education_searchindex CROSS JOIN education_searchdocument "
        "INDEXED BY searchdocument_language "
        "ON page_id = education_searchindex.rowid "
        "WHERE education_searchindex MATCH %s AND language = %s",
        [f"{{title aliases}} : ({wanted})" if in_names else wanted, language],
    )


def postgresql_hits(terms: Sequence[Term], language: str, in_names: bool) -> Hits:
    """Two vectors: the whole page to match, its short head to rank.

    Weights stand for summary, tags, aliases and title. A head need not hold every term.
    """
    column, quoted = ("head", _named) if in_names else ("words", _marked)
    wanted = " & ".join(_either(term, quoted, " & ", " | ") for term in terms)
    return Hits(
        "SELECT page_id, ts_rank('{0.2, 0.3, 0.6, 1.0}'::real[], head, %s::tsquery) "  # noqa: S608
        "AS score FROM education_searchdocument "
        f"WHERE {column} @@ %s::tsquery AND language = %s",
        [_any_stem(terms), wanted, language],
    )


def _any_stem(terms: Sequence[Term]) -> str:
    stems = (stem for term in terms for way in term.ways for stem in way.stems)
    return " | ".join(dict.fromkeys(map(_marked, stems)))


def _either(term: Term, quoted: Callable[[str], str], both: str, either: str) -> str:
    """Any way of a term as the database writes it; all the stems of a way together."""
    ways = ("(" + both.join(map(quoted, way.stems)) + ")" for way in term.ways)
    return f"({either.join(ways)})"


def _marked(stem: str) -> str:
    """The index marks words that begin with a digit: see `0003_search_index`."""
    return f"'number{stem}'" if stem[0].isdigit() else f"'{stem}'"


def _named(stem: str) -> str:
    """The stem in a title or in another name, by the weights of the vector."""
    return f"{_marked(stem)}:AB"


ENGINES = {"sqlite": sqlite_hits, "postgresql": postgresql_hits}
BEST = {"sqlite": sqlite_best, "postgresql": postgresql_best}
