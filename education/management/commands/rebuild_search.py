"""Reads every published page into the search again."""

from typing import Any

from django.core.management.base import BaseCommand

from education.models import SearchDocument
from education.search.index import rebuild


class Command(BaseCommand):
    help = (
        "Reads every published page into the search again. May be stopped at any time "
        "and run again; searching goes on meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for done in rebuild():
            if options["verbosity"] > 1:
                self.stdout.write(f"{done:,} pages read")
        self.stdout.write(
            f"Pages that search can find: {SearchDocument.objects.count():,}"
        )
