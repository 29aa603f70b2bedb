"""Give a new portal the synonyms that it starts with.

Going back leaves them: by then they may be a vocabulary manager's own.
"""

from typing import Any
from uuid import uuid4

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from education.search.analysis import VERSION
from education.search.seeds import seed_synonyms


def install_seeds(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the synonyms that are not there yet, and say that there are new ones."""
    database = schema_editor.connection.alias
    synonyms = apps.get_model("education", "Synonym").objects.using(database)
    synonyms.bulk_create(
        [
            synonyms.model(
                language=seed.language,
                words=seed.words,
                means=seed.means,
                kind=seed.kind,
                both_ways=seed.both_ways,
                note=seed.note,
            )
            for seed in seed_synonyms()
        ],
        ignore_conflicts=True,
    )
    editions = apps.get_model("education", "SearchEdition").objects.using(database)
    documents = apps.get_model("education", "SearchDocument").objects.using(database)
    # Where there are documents, they were analysed in an older way.
    analysis = 0 if documents.exists() else VERSION
    editions.update_or_create(
        pk=1, defaults={"stamp": uuid4().hex, "analysis": analysis}
    )


class Migration(migrations.Migration):
    dependencies = [("education", "0008_searches")]

    operations = [
        migrations.RunPython(install_seeds, migrations.RunPython.noop),
    ]
