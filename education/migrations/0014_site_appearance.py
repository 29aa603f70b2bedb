"""What a site says of itself on every page; the one row is read with every page."""

from typing import Any

import wagtail.fields
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_row(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    apps.get_model("education", "SiteAppearance").objects.using(database).create()


class Migration(migrations.Migration):
    dependencies = [
        ("education", "0013_feedback"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteAppearance",
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
                        blank=True,
                        help_text="Empty: the name that the portal was set up with.",
                        max_length=60,
                        verbose_name="name of the site",
                    ),
                ),
                (
                    "logo",
                    models.ImageField(
                        blank=True,
                        height_field="logo_height",
                        upload_to="look",
                        width_field="logo_width",
                    ),
                ),
                ("logo_width", models.PositiveIntegerField(editable=False, null=True)),
                ("logo_height", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "logo_hash",
                    models.CharField(blank=True, editable=False, max_length=16),
                ),
                (
                    "logo_description",
                    models.CharField(
                        blank=True,
                        help_text="Read out to people who do not see it. Empty: the name of the site.",
                        max_length=120,
                        verbose_name="what the logo says",
                    ),
                ),
                (
                    "logo_holds_name",
                    models.BooleanField(
                        default=False,
                        help_text="Then the name is not written beside it.",
                        verbose_name="the logo holds the name",
                    ),
                ),
                (
                    "accent",
                    models.CharField(
                        blank=True,
                        help_text='Such as "#005eb8": for links, buttons and the head of the home page. Shades for dark screens follow from it. Empty: our own deep green.',
                        max_length=7,
                        verbose_name="accent color",
                    ),
                ),
                (
                    "emergency_numbers",
                    wagtail.fields.StreamField(
                        [("number", 3)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as “Poison help”.",
                                    "max_length": 40,
                                },
                            ),
                            1: (
                                "wagtail.blocks.RegexBlock",
                                (),
                                {
                                    "error_messages": {
                                        "invalid": "Write a phone number with digits and spaces only."
                                    },
                                    "help_text": "Such as “911” or “1-800-222-1222”.",
                                    "max_length": 24,
                                    "regex": "^\\+?[0-9*#][0-9 *#-]{1,23}$",
                                },
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as “if somebody swallowed something harmful”.",
                                    "label": "For whom",
                                    "max_length": 80,
                                    "required": False,
                                },
                            ),
                            3: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 0), ("number", 1), ("for_whom", 2)]],
                                {},
                            ),
                        },
                        help_text="At most three. The first one stands in the sentence “In an emergency, call …”; empty: 911. Emergency cards have numbers of their own.",
                    ),
                ),
                (
                    "footer_text",
                    models.TextField(
                        blank=True,
                        help_text="Stands at the foot of every page. Empty: that these pages do not replace a health care professional.",
                        max_length=400,
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="Whom to tell about a mistake, and how: an e-mail address, a phone number or an office. The public reads it as it is written.",
                        max_length=200,
                        verbose_name="for complaints and corrections",
                    ),
                ),
            ],
            options={
                "verbose_name": "site appearance",
            },
        ),
        migrations.RunPython(make_row, migrations.RunPython.noop),
    ]
