from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("education", "0006_search_words")]

    operations = []
