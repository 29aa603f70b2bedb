from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("education", "0004_governance")]

    operations = [
        migrations.AlterField(
            model_name="reviewschedule",
            name="overdue_on",
            field=models.DateField(db_index=True),
        ),
    ]
