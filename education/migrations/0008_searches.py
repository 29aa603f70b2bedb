import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("education", "0007_emergencies")]

    operations = [
        migrations.CreateModel(
            name="SearchTerm",
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
                ("hashed", models.CharField(max_length=64, unique=True)),
                ("language", models.CharField(max_length=10)),
                ("text", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "verbose_name": "search",
                "verbose_name_plural": "searches",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="BestBet",
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
                        help_text="What people type, such as “leg cramps at night”. Order, capitals, endings and little words such as “the” make no difference. A search with more or fewer words is another search.",
                        max_length=80,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Why this page is the best answer. Only staff see it.",
                        max_length=200,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        help_text="Readers see it only while it is published.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="best_bets",
                        to="education.clinicalpage",
                    ),
                ),
            ],
            options={
                "ordering": ["language", "words", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "words", "page"),
                        name="one_best_bet_a_page",
                        violation_error_message="This page is pinned for these words already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchCount",
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
                ("day", models.DateField(db_index=True)),
                ("asked", models.PositiveIntegerField(default=0)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("results", models.PositiveIntegerField(default=0)),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="education.searchterm",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "day"), name="one_count_a_term_and_day"
                    )
                ],
            },
        ),
    ]
