"""Take away the workflow and the groups that every Wagtail site starts with.

The stock groups hold the publish permission and the stock workflow lets authors approve
their own words. Ours come from `manage.py install_portal`. Going back brings nothing
back: the stock groups were a way round approval.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def remove_stock_workflow(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    stock_tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(
        name="Moderators approval"
    )
    apps.get_model("wagtailcore", "Workflow").objects.filter(
        name="Moderators approval"
    ).delete()
    apps.get_model("wagtailcore", "Task").objects.filter(
        pk__in=[task.pk for task in stock_tasks]
    ).delete()
    apps.get_model("auth", "Group").objects.filter(
        name__in=["Moderators", "Editors"]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("education", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0002_initial_data"),
        ("wagtaildocs", "0002_initial_data"),
    ]

    operations = [
        migrations.RunPython(remove_stock_workflow, migrations.RunPython.noop),
    ]
