from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("education", "0010_topic_key_points")]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="body_places",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Values of BodyPlace. They say where readers find the tag, "
                "and nothing that would have to be approved.",
                verbose_name="on the figure",
            ),
        ),
    ]
