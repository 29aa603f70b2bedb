"""The full-text index that each database keeps beside the search documents.

Python writes words made of a-z and 0-9 only; both databases take them as they are and
keep their index themselves, whatever writes to the table.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    """
    CREATE VIRTUAL TABLE education_searchindex USING fts5(
        title, aliases, tags, summary, body,
        content = 'education_searchdocument', content_rowid = 'page_id',
        tokenize = 'ascii')
    """,
    """
    CREATE TRIGGER education_searchindex_added
    AFTER INSERT ON education_searchdocument BEGIN
        INSERT INTO education_searchindex
            (rowid, title, aliases, tags, summary, body)
        VALUES (new.page_id, new.title, new.aliases, new.tags, new.summary, new.body);
    END
    """,
    """
    CREATE TRIGGER education_searchindex_removed
    AFTER DELETE ON education_searchdocument BEGIN
        INSERT INTO education_searchindex
            (education_searchindex, rowid, title, aliases, tags, summary, body)
        VALUES ('delete',
            old.page_id, old.title, old.aliases, old.tags, old.summary, old.body);
    END
    """,
    """
    CREATE TRIGGER education_searchindex_changed
    AFTER UPDATE ON education_searchdocument BEGIN
        INSERT INTO education_searchindex
            (education_searchindex, rowid, title, aliases, tags, summary, body)
        VALUES ('delete',
            old.page_id, old.title, old.aliases, old.tags, old.summary, old.body);
        INSERT INTO education_searchindex
            (rowid, title, aliases, tags, summary, body)
        VALUES (new.page_id, new.title, new.aliases, new.tags, new.summary, new.body);
    END
    """,
    "INSERT INTO education_searchindex (education_searchindex) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER education_searchindex_changed",
    "DROP TRIGGER education_searchindex_removed",
    "DROP TRIGGER education_searchindex_added",
    "DROP TABLE education_searchindex",
]


def vector(column: str) -> str:
    """The words of a column. PostgreSQL would take "1e6x" for a number and a letter."""
    marked = f"regexp_replace(' ' || {column}, ' (?=[0-9])', ' number', 'g')"
    return f"to_tsvector('simple', {marked})"


HEAD = f"""
    setweight({vector("title")}, 'A') || setweight({vector("aliases")}, 'B')
    || setweight({vector("tags")}, 'C') || setweight({vector("summary")}, 'D')
"""
POSTGRESQL = [
    # The head is what ranks. It is short and lies in the row, so that ranking need not
    # fetch the words of the whole page.
    f"""
    ALTER TABLE education_searchdocument
    ADD COLUMN head tsvector GENERATED ALWAYS AS ({HEAD}) STORED,
    ADD COLUMN words tsvector GENERATED ALWAYS AS (
        {HEAD} || {vector("body")}) STORED
    """,
    "CREATE INDEX education_searchindex ON education_searchdocument USING gin (words)",
]
POSTGRESQL_BACK = [
    "DROP INDEX education_searchindex",
    "ALTER TABLE education_searchdocument DROP COLUMN head, DROP COLUMN words",
]

FORWARD = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
BACK = {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}


def make_index(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("education", "0002_remove_stock_workflow")]

    operations = [migrations.RunPython(make_index, drop_index)]
