"""Rules for unsafe words in imported files, and those that a portal starts with."""

from typing import Any

import django.core.validators
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from education.importer.flagging.seeds import seed_rules, seed_words


def install_seeds(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the word lists and the rules that refer to them."""
    database = schema_editor.connection.alias
    for name, rows in (("SafetyWords", seed_words()), ("SafetyRule", seed_rules())):
        model = apps.get_model("education", name)
        model.objects.using(database).bulk_create(model(**row) for row in rows)


class Migration(migrations.Migration):
    dependencies = [
        ("education", "0016_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="SafetyRule",
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
                    "name",
                    models.CharField(
                        help_text="Stands beside what it finds.", max_length=60
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
                    "danger",
                    models.CharField(
                        choices=[
                            ("critical", "Critical"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "active",
                    models.BooleanField(
                        default=True,
                        help_text="Only active rules find anything in the next file.",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="Why this is unsafe or doubtful, in a sentence.",
                        max_length=300,
                    ),
                ),
                (
                    "to_do",
                    models.CharField(
                        help_text="What the editor is to do about it.",
                        max_length=300,
                        verbose_name="what to do",
                    ),
                ),
                (
                    "check_by",
                    models.CharField(
                        choices=[
                            ("words", "Words only"),
                            ("unanswered", "Whether an alarm is answered to its end"),
                            (
                                "partly_listed",
                                "Whether more is announced than is listed",
                            ),
                            ("muddled_kinds", "Whether signs are listed as kinds"),
                            ("ruled_out_itself", "What is to be ruled out"),
                        ],
                        default="words",
                        help_text="What is looked at beside words. Leave it as it is where you can.",
                        max_length=20,
                        verbose_name="looks at",
                    ),
                ),
                (
                    "asked",
                    models.TextField(
                        blank=True,
                        help_text="Only where the question says one of these. Empty: any question.",
                        max_length=20000,
                    ),
                ),
                (
                    "not_asked",
                    models.TextField(
                        blank=True,
                        help_text="Not where the question says one of these.",
                        max_length=20000,
                    ),
                ),
                (
                    "looks_for",
                    models.TextField(
                        blank=True,
                        help_text="One wording a line. Its words follow each other; a, the, your and the like may stand between, and other endings count too (take finds taking). A slash stands between words of which one is enough: hold/keep. A hyphen joins words inside such a choice: go-away/stop. Three dots stand for a few other words of the sentence: hold ... breath. A plus stands between parts that stand in one sentence in any order: breath + hold. word* finds all words that begin so, *word all that end so, word! this form alone, # any number, and [name] any entry of the word list of that name.",
                        max_length=20000,
                    ),
                ),
                (
                    "also",
                    models.TextField(
                        blank=True,
                        help_text="Only where one of these stands in the same answer, too.",
                        max_length=20000,
                    ),
                ),
                (
                    "unless_near",
                    models.TextField(
                        blank=True,
                        help_text="Not where one of these stands in the same sentence or beside it.",
                        max_length=20000,
                    ),
                ),
                (
                    "unless_anywhere",
                    models.TextField(
                        blank=True,
                        help_text="Not where one of these stands anywhere in the same answer.",
                        max_length=20000,
                    ),
                ),
                (
                    "may_be_denied",
                    models.BooleanField(
                        default=True,
                        help_text="Words after “never”, “do not”, “avoid” and the like do not count.",
                        verbose_name="not where the text says not to",
                    ),
                ),
            ],
            options={
                "ordering": ["language", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "name"), name="one_safety_rule_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyWords",
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
                    "name",
                    models.CharField(
                        help_text="Rules refer to it in brackets, such as [get-help].",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9-]*\\Z",
                                "Use small letters, digits and hyphens: get-help.",
                            )
                        ],
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        help_text="What the words have in common, for your colleagues.",
                        max_length=200,
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="One entry a line, written as in the boxes of a rule; an entry names no other list.",
                        max_length=20000,
                    ),
                ),
            ],
            options={
                "verbose_name": "safety words",
                "verbose_name_plural": "safety words",
                "ordering": ["language", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "name"), name="one_safety_word_list_a_name"
                    )
                ],
            },
        ),
        migrations.RunPython(install_seeds, migrations.RunPython.noop),
    ]
