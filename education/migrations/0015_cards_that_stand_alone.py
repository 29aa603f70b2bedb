"""Below some emergency cards no pages are listed: those for words of self-harm."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def let_crisis_stand_alone(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Those that came with the portal, in every language."""
    database = schema_editor.connection.alias
    cards = apps.get_model("education", "EmergencyCard").objects.using(database)
    cards.filter(name="crisis").update(stands_alone=True)
    editions = apps.get_model("education", "SearchEdition").objects.using(database)
    editions.update_or_create(pk=1, defaults={"stamp": uuid4().hex})


class Migration(migrations.Migration):
    dependencies = [("education", "0014_site_appearance")]

    operations = [
        migrations.AddField(
            model_name="emergencycard",
            name="stands_alone",
            field=models.BooleanField(
                default=False,
                help_text="No pages are listed below this card, such as for words of self-harm, where what pages say of harm could hurt.",
            ),
        ),
        migrations.RunPython(let_crisis_stand_alone, migrations.RunPython.noop),
    ]
