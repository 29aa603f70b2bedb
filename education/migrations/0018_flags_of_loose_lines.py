from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("education", "0017_safety_rules")]

    operations = [
        migrations.AddField(
            model_name="importedfile",
            name="loose_flags",
            field=models.JSONField(default=list),
        ),
    ]
