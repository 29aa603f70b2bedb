"""Emergency cards, their words, and what people type in an emergency.

Going back leaves the words that came with the portal to the tables' removal.
"""

import tomllib
from pathlib import Path
from typing import Any
from uuid import uuid4

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SEEDS = Path(__file__).resolve().parent.parent / "search" / "seed_emergencies"


def bring_cards(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the cards with their words; nobody here has written or approved them."""
    database = schema_editor.connection.alias
    cards = apps.get_model("education", "EmergencyCard").objects.using(database)
    wordings = apps.get_model("education", "EmergencyWording").objects.using(database)
    phrases = apps.get_model("education", "EmergencyPhrase").objects.using(database)
    for path in sorted(SEEDS.glob("*.toml")):
        seeds = tomllib.loads(path.read_text(encoding="utf-8"))["cards"]
        for place, seed in enumerate(seeds, start=1):
            card = cards.create(
                language=path.stem, name=seed["name"], title=seed["title"], place=place
            )
            says = {
                name: seed[name] for name in ("heading", "text", "action", "number")
            }
            wordings.create(card=card, state="supplied", **says)
            rows = [(words, False) for words in seed["phrases"]]
            rows += [(words, True) for words in seed["harmless"]]
            phrases.bulk_create(
                phrases.model(card=card, words=words, is_harmless=is_harmless)
                for words, is_harmless in rows
            )
    editions = apps.get_model("education", "SearchEdition").objects.using(database)
    editions.update_or_create(pk=1, defaults={"stamp": uuid4().hex})


class Migration(migrations.Migration):
    dependencies = [
        ("education", "0006_search_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmergencyCard",
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
                        choices=[("en", "English"), ("es", "Español")], max_length=10
                    ),
                ),
                ("name", models.SlugField(max_length=40)),
                (
                    "title",
                    models.CharField(help_text="What staff call it.", max_length=80),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        help_text="Where several cards match, the one with the lowest number shows."
                    ),
                ),
            ],
            options={
                "ordering": ["language", "place", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "name"), name="one_emergency_card_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyPhrase",
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
                    "words",
                    models.CharField(
                        help_text="Write only the words that matter. All of them have to be typed, in any order and near each other; slips of the keyboard and other endings count too. A slash stands between words of which one is enough: swallowed/ate pills. A hyphen joins words that have to follow each other: passed-out. A word with ! behind it counts only in this form. 8+ is any number from 8 on, unless a unit follows it. A phrase that begins with = counts only where nothing else is typed. Harmless words have to be typed in this order, one after the other.",
                        max_length=600,
                    ),
                ),
                (
                    "is_harmless",
                    models.BooleanField(
                        default=False,
                        help_text="These words never show a card, whatever else stands beside them. Other words of the same search still do.",
                        verbose_name="harmless",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phrases",
                        to="education.emergencycard",
                    ),
                ),
            ],
            options={
                "ordering": ["card", "is_harmless", "words"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("card", "words"), name="one_row_an_emergency_phrase"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyWording",
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
                    "heading",
                    models.CharField(
                        help_text="What to do, in a few words: “Call 911 now”.",
                        max_length=80,
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        help_text="One to three short, plain sentences.", max_length=300
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        help_text="What the button says: “Call 911”.", max_length=60
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="The number that it calls.",
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9][0-9 ()+-]*$",
                                "Write the telephone number in digits, such as 1-800-222-1222.",
                            )
                        ],
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (
                                "supplied",
                                "Comes with the portal; not yet approved here",
                            ),
                            ("waiting", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("refused", "Laid aside"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("written_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("approver_name", models.CharField(blank=True, max_length=255)),
                ("approver_credentials", models.CharField(blank=True, max_length=255)),
                ("refused_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="education.emergencycard",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "permissions": [
                    (
                        "approve_emergencywording",
                        "Can decide on the words of emergency cards",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("card",),
                        name="one_emergency_wording_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_by", models.F("written_by")), _negated=True
                            ),
                            ("approved_by", None),
                            ("written_by", None),
                            _connector="OR",
                        ),
                        name="who_wrote_the_wording_does_not_approve_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_approved_wording_has_an_approver",
                    ),
                ],
            },
        ),
        migrations.RunPython(bring_cards, migrations.RunPython.noop),
    ]
