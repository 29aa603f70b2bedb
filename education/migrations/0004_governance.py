from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

USUAL_GRACE = timedelta(days=90)


def fill_overdue_dates(apps, schema_editor):
    """Say of pages that are published already when they become overdue."""
    schedules = apps.get_model("education", "ReviewSchedule").objects
    for schedule in schedules.only("due_on").iterator():
        schedule.overdue_on = schedule.due_on + USUAL_GRACE
        schedule.save(update_fields=["overdue_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("education", "0003_search_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JobRun",
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
                ("name", models.CharField(max_length=40, unique=True)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ReviewSettings",
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
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=60,
                        help_text="So many days before its review date a page counts as due soon.",
                        verbose_name="days of notice",
                    ),
                ),
                (
                    "grace_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        help_text="So many days after its review date a page counts as overdue, and a banner tells the public.",
                        verbose_name="days of grace",
                    ),
                ),
            ],
            options={
                "verbose_name": "periodic review",
            },
        ),
        migrations.AddField(
            model_name="clinicalpage",
            name="change_note",
            field=models.CharField(
                blank=True,
                help_text="One sentence for the public history of the page, once it is live: what is new since the version that people read now?",
                max_length=200,
                verbose_name="what changed",
            ),
        ),
        migrations.AddField(
            model_name="reviewschedule",
            name="assigned_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reviews_to_do",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reviewschedule",
            name="overdue_on",
            field=models.DateField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name="tag",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_tags",
                to="education.tag",
            ),
        ),
        migrations.AlterField(
            model_name="signoff",
            name="decision",
            field=models.CharField(
                choices=[
                    ("approved", "Approved"),
                    ("sent_back", "Sent back"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="ClinicianProfile",
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
                        help_text="As it stands under the pages that this person approves.",
                        max_length=120,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        help_text='What this person is, for example "Consultant neurologist".',
                        max_length=120,
                    ),
                ),
                (
                    "registration",
                    models.CharField(
                        blank=True,
                        help_text="The body and the number under which the public can look this person up.",
                        max_length=120,
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clinician_profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "clinician",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("wrong", "Something on it is wrong or unsafe"),
                            ("outdated", "It is out of date"),
                            ("merged", "Another page answers it now"),
                            ("not_needed", "It is not needed any more"),
                        ],
                        max_length=16,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField()),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="withdrawals",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "sign_off",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="education.signoff",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewReminder",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("up_to_date", "Up to date"),
                            ("due_soon", "Due soon"),
                            ("due", "Due"),
                            ("overdue", "Overdue"),
                        ],
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField()),
                ("claimed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_reminders",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_reminders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "person", "state", "due_on"),
                        name="one_reminder_of_one_thing",
                    )
                ],
            },
        ),
        migrations.RunPython(fill_overdue_dates, migrations.RunPython.noop),
    ]
