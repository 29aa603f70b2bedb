"""Ways in which the search index may be missing or broken, and what it consists of."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from education.management.mending_search import mend
from education.models import SearchDocument, SearchWord, Suggestion
from tests.factories import set_the_scene

#: What somebody might do by hand, by database.
BREAKAGES: dict[str, dict[str, list[str]]] = {
    "sqlite": {
        "index dropped": ["DROP TABLE education_searchindex"],
        "index emptied": [
            "INSERT INTO education_searchindex (education_searchindex) "
            "VALUES ('delete-all')"
        ],
        "index of other words": [
            "DROP TRIGGER education_searchindex_changed",
            "UPDATE education_searchdocument SET title = 'zebra'",
        ],
        "a trigger dropped": ["DROP TRIGGER education_searchindex_added"],
    },
    "postgresql": {
        "index dropped": ["DROP INDEX education_searchindex"],
        "columns dropped": [
            "ALTER TABLE education_searchdocument DROP COLUMN head, DROP COLUMN words"
        ],
        "a column dropped": ["ALTER TABLE education_searchdocument DROP COLUMN head"],
    },
}
for ways in BREAKAGES.values():
    ways["table dropped"] = ["DROP TABLE education_searchdocument"]
    ways["suggestions dropped"] = ["DROP TABLE education_suggestion"]

SCHEMA = {
    # A table that was made again has its columns in another order, which says nothing.
    "sqlite": "SELECT type, name, "
    "CASE WHEN sql LIKE 'CREATE TABLE%' THEN '' ELSE sql END "
    "FROM sqlite_master WHERE name LIKE '%search%' OR name LIKE '%suggestion%' "
    "ORDER BY type, name",
    "postgresql": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE "
    "tablename LIKE 'education_%' ORDER BY tablename, indexname",
}


class DamageTestCase(TransactionTestCase):
    """A portal whose index each test may break; it is whole again afterwards."""

    serialized_rollback = True

    def setUp(self) -> None:
        set_the_scene(self)
        self.addCleanup(mend)


def breakages() -> dict[str, list[str]]:
    """The ways that this database knows: a name, and statements."""
    return BREAKAGES[connection.vendor]


def run(statements: list[str]) -> list[tuple]:
    """What the last of these gives, if anything."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def schema() -> list[tuple]:
    """The tables and indexes of the search, as the database describes them."""
    return run([SCHEMA[connection.vendor]])


def all_that_is_known() -> dict[str, list[Any]]:
    """Every row that the search holds, whatever keys the rows were given."""
    return {
        model.__name__: sorted(
            tuple(str(value) for name, value in row.items() if name != "id")
            for row in model.objects.values()
        )
        for model in (SearchDocument, SearchWord, Suggestion)
    }
