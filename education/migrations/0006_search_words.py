"""What search keeps beside the words: names, passages, openings and synonyms."""

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

search_index = import_module("education.migrations.0003_search_index")

#: Openings compare letter by letter, whatever language the database sorts in.
SUGGESTIONS = {
    "sqlite": "(language, place, opening)",
    "postgresql": '(language, place, opening COLLATE "C")',
}


def put_triggers_aside(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes the table anew for new columns, and its triggers would be lost."""
    if schema_editor.connection.vendor == "sqlite":
        search_index.drop_index(apps, schema_editor)


def put_triggers_back(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        search_index.make_index(apps, schema_editor)


def index_openings(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(
        "CREATE INDEX education_suggestion_opening ON education_suggestion "
        + SUGGESTIONS[schema_editor.connection.vendor]
    )


#: Names are looked for by themselves, too. What is written goes into the index at once
#: and not on a list that every search would read until the next vacuum.
HEADS = (
    "CREATE INDEX education_searchindex_head ON education_searchdocument "
    "USING gin (head) WITH (fastupdate = off)"
)
AT_ONCE = "ALTER INDEX education_searchindex SET (fastupdate = off)"
POSTGRESQL = [HEADS, AT_ONCE]


def index_heads(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("education", "0005_overdue_on_every_schedule"),
    ]

    operations = [
        migrations.RunPython(put_triggers_aside, put_triggers_back),
        migrations.CreateModel(
            name="SearchEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("stamp", models.CharField(max_length=32)),
                ("analysis", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("page_id", models.IntegerField(db_index=True)),
                ("language", models.CharField(max_length=10)),
                ("place", models.PositiveSmallIntegerField()),
                ("opening", models.CharField(max_length=100)),
                ("text", models.CharField(max_length=255)),
            ],
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="names",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="passages",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="revision_id",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="tag_ids",
            field=models.TextField(default=""),
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("word", models.CharField(max_length=40)),
                (
                    "in_title",
                    models.BooleanField(
                        default=False,
                        help_text="Whether a page has it in its title or another name.",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "word"), name="one_row_a_search_word"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Español")],
                        default="en",
                        max_length=10,
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        help_text="What people type, such as “charley horse”.",
                        max_length=80,
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        help_text="What pages say, such as “muscle cramp”.",
                        max_length=80,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("brand", "Brand and generic name"),
                            ("lay_term", "Everyday word and clinical word"),
                            ("abbreviation", "Abbreviation"),
                            ("spelling", "Other spelling, such as US and UK"),
                            ("related", "Narrower word"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "both_ways",
                    models.BooleanField(
                        default=False,
                        help_text="People who type what pages say find the first words, too.",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Why they mean the same, or where it is written. Only staff see it.",
                        max_length=200,
                    ),
                ),
            ],
            options={
                "ordering": ["language", "words", "means"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "words", "means"), name="one_row_a_synonym"
                    )
                ],
            },
        ),
        # The column is the same: Django only learns to join by it.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("searchdocument", "page_id"),
                migrations.AddField(
                    "searchdocument",
                    "page",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_document",
                        serialize=False,
                        to="education.clinicalpage",
                    ),
                    preserve_default=False,
                ),
            ]
        ),
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(
                fields=["page", "language"], name="searchdocument_language"
            ),
        ),
        migrations.RunPython(put_triggers_back, put_triggers_aside),
        migrations.RunPython(index_openings, migrations.RunPython.noop),
        migrations.RunPython(index_heads, migrations.RunPython.noop),
    ]
