from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("education", "0008_searches")]

    operations = []
