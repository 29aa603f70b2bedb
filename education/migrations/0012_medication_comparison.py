from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("education", "0011_tag_body_place")]

    operations = [
        migrations.AddField(
            model_name="medicationpage",
            name="drowsiness",
            field=models.CharField(
                blank=True,
                help_text="In a few words. The text on driving says more.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="medicationpage",
            name="alcohol",
            field=models.CharField(
                blank=True,
                help_text="In a few words. The text on food and alcohol says more.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="medicationpage",
            name="longest_use",
            field=models.CharField(
                blank=True,
                help_text="The longest use that the sources name, without "
                "asking a doctor again.",
                max_length=120,
            ),
        ),
    ]
