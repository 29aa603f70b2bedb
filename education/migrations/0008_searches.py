from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("education", "0007_emergencies")]

    operations = []
