"""Makes the tables and indexes of the search again, where they are missing or broken.

The statements are those of the migrations, so that what was mended is what was there.
"""

from __future__ import annotations

from importlib import import_module

from django.core.management.base import CommandError
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from education.models import SearchDocument, SearchEdition, SearchWord, Suggestion

_index = import_module("education.migrations.0003_search_index")
_words = import_module("education.migrations.0006_search_words")

TABLES: tuple[type[models.Model], ...] = (
    SearchDocument,
    SearchEdition,
    SearchWord,
    Suggestion,
)
FULL_TEXT = "education_searchindex"
TRIGGERS = {f"{FULL_TEXT}_{what}" for what in ("added", "removed", "changed")}
OPENINGS = "education_suggestion_opening"


def mend() -> list[str]:
    """Make good what is missing; return a sentence for each thing that was mended.

    Raises a CommandError where the migrations did not run: they make it then.
    """
    said = [*_mended_tables()]
    mended = {"sqlite": _mended_on_sqlite, "postgresql": _mended_on_postgresql}
    said += mended[connection.vendor]()
    if OPENINGS not in _indexes(Suggestion):
        place = _words.SUGGESTIONS[connection.vendor]
        _execute(f"CREATE INDEX {OPENINGS} ON {Suggestion._meta.db_table} {place}")
        said.append("The index of the suggestions was missing. It was made again.")
    return said


def _mended_tables() -> list[str]:
    there = set(connection.introspection.table_names())
    missing = [model for model in TABLES if model._meta.db_table not in there]
    if not missing:
        return []
    names = ", ".join(model._meta.db_table for model in missing)
    executor = MigrationExecutor(connection)
    wanted = [
        key for key in executor.loader.graph.leaf_nodes() if key[0] == "education"
    ]
    if executor.migration_plan(wanted):
        raise CommandError(f"{names} is missing. Run `manage.py migrate` first.")
    with connection.schema_editor() as editor:
        for model in missing:
            editor.create_model(model)
    return [f"{names} was missing, and was made again."]


def _mended_on_sqlite() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE %s", [f"{FULL_TEXT}%"]
        )
        there = {name for (name,) in cursor.fetchall()}
    if {FULL_TEXT, *TRIGGERS} <= there and _agrees():
        return []
    with transaction.atomic():
        for trigger in TRIGGERS:
            _execute(f"DROP TRIGGER IF EXISTS {trigger}")
        _drop_full_text()
        _execute(*_index.SQLITE)
    return ["The full-text index was missing or broken. It was made again."]


def _agrees() -> bool:
    """Whether the full-text index says what the documents say; reads all of it."""
    try:
        with transaction.atomic():
            _execute(
                f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}, rank) "  # noqa: S608
                "VALUES ('integrity-check', 1)"
            )
    except DatabaseError:
        return False
    return True


def _drop_full_text() -> None:
    """Also where tables that lie behind it are gone, when SQLite refuses to drop it."""
    try:
        with transaction.atomic():
            _execute(f"DROP TABLE IF EXISTS {FULL_TEXT}")
    except DatabaseError as error:
        raise CommandError(
            "The full-text index is broken, and SQLite cannot remove it. Restore the "
            "database from a backup, or run its `.recover` command."
        ) from error


def _mended_on_postgresql() -> list[str]:
    columns, index = _index.POSTGRESQL
    table = SearchDocument._meta.db_table
    with connection.cursor() as cursor:
        there = {
            column.name
            for column in connection.introspection.get_table_description(cursor, table)
        }
    said = []
    if not {"head", "words"} <= there:
        with transaction.atomic():
            for column in ("head", "words"):
                _execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS {column}")
            _execute(columns)
        said.append("Columns of the full-text index were missing. They are back.")
    if FULL_TEXT not in _indexes(SearchDocument):
        with transaction.atomic():
            _execute(f"DROP INDEX IF EXISTS {FULL_TEXT}", index, _words.AT_ONCE)
        said.append("The full-text index was missing. It was made again.")
    if f"{FULL_TEXT}_head" not in _indexes(SearchDocument):
        with transaction.atomic():
            _execute(f"DROP INDEX IF EXISTS {FULL_TEXT}_head", _words.HEADS)
        said.append("The index of names was missing. It was made again.")
    return said


def _indexes(model: type[models.Model]) -> set[str]:
    """The names of the indexes of its table that the database can use."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid "
                "WHERE indrelid = %s::regclass AND indisvalid",
                [table],
            )
            return {name for (name,) in cursor.fetchall()}
        return set(connection.introspection.get_constraints(cursor, table))


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
