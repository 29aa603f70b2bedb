"""Reads the openings that begin with given letters, in one statement.

Place by place the first few are read through an index, so that they cost the same
however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from education.models import ClinicalPage
from education.search.editions import NO_EDITION
from education.search.suggestions import LONGEST_OPENING, PLACES

#: How many rows are read of a place and of all: a page may have several of them.
MOST_OF_PLACE = 16
MOST_OF_ALL = 32

Arms = tuple[str, list[object]]


@dataclass(frozen=True)
class Row:
    """One opening of a published page, as the database hands it over."""

    wanted: int
    place: int
    opening: str
    text: str
    page_id: int
    kind: str
    url_path: str


def rows_that_begin(
    prefixes: list[str], language: str, now: datetime
) -> tuple[list[Row], str]:
    """The rows of published pages in the order of places, and the edition.

    `wanted` of a row says with which of the prefixes it begins.
    """
    arms, given = ARMS[connection.vendor](prefixes, language)
    pages = ClinicalPage.objects.published(language, now).order_by()
    readable = pages.values_list("pk", "kind", "url_path").query
    sql, readers = readable.sql_with_params()
    # CROSS JOIN tells SQLite to begin with the few rows, not with the many pages.
    said = (
        f"WITH found AS (SELECT * FROM ({arms}) AS every ORDER BY place,"  # noqa: S608
        f" {OPENING[connection.vendor]} LIMIT {MOST_OF_ALL * len(prefixes)}),"
        f" readable(id, kind, url_path) AS ({sql})"
        " SELECT wanted, place, opening, text, page_id, kind, url_path"
        " FROM found CROSS JOIN readable WHERE readable.id = page_id"
        " UNION ALL SELECT -1, 0, '', stamp, 0, '', '' FROM education_searchedition"
    )
    with connection.cursor() as cursor:
        cursor.execute(said, [*given, *readers])
        rows = [Row(*row) for row in cursor.fetchall()]
    edition = next((row.text for row in rows if row.wanted < 0), NO_EDITION)
    found = [row for row in rows if row.wanted >= 0]
    return sorted(found, key=lambda row: (row.place, row.opening, row.page_id)), edition


def _arms_of_sqlite(prefixes: list[str], language: str) -> Arms:
    """One subquery for each place and prefix."""
    arms: list[str] = []
    given: list[object] = []
    for wanted, prefix in enumerate(prefixes):
        for place in PLACES:
            arms.append(
                f"SELECT * FROM (SELECT {wanted} AS wanted, place, opening, text,"  # noqa: S608
                " page_id FROM education_suggestion WHERE language = %s"
                f" AND place = {int(place)} AND opening >= %s AND opening < %s"
                f" ORDER BY opening LIMIT {MOST_OF_PLACE})"
            )
            given += [language, *_span(prefix)]
    return " UNION ALL ".join(arms), given


def _arms_of_postgresql(prefixes: list[str], language: str) -> Arms:
    """The same as one subquery: planning many would take longer than reading."""
    opening = OPENING["postgresql"]
    asked: list[str] = []
    given: list[object] = []
    for wanted, prefix in enumerate(prefixes):
        asked += [f"({wanted}, {int(place)}, %s, %s)" for place in PLACES]
        given += [*_span(prefix)] * len(PLACES)
    said = (
        "SELECT wanted, arm.* FROM"  # noqa: S608
        f" (VALUES {', '.join(asked)}) AS asked(wanted, place, begins, ends)"
        " CROSS JOIN LATERAL (SELECT place, opening, text, page_id"
        " FROM education_suggestion AS row WHERE language = %s"
        f" AND row.place = asked.place AND {opening} >= begins AND {opening} < ends"
        f" ORDER BY {opening} LIMIT {MOST_OF_PLACE}) AS arm"
    )
    return said, [*given, language]


def _span(prefix: str) -> tuple[str, str]:
    """Between which letters stands what begins so."""
    begins = prefix[:LONGEST_OPENING].strip()
    return begins, begins[:-1] + chr(ord(begins[-1]) + 1)


ARMS = {"sqlite": _arms_of_sqlite, "postgresql": _arms_of_postgresql}
OPENING = {"sqlite": "opening", "postgresql": 'opening COLLATE "C"'}
