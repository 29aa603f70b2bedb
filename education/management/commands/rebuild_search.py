"""Reads every published page into the search again, and mends its index first."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from education.management.mending_search import mend
from education.management.progress import Progress
from education.models import ClinicalPage, SearchDocument
from education.search.index import catch_up, rebuild

#: What shells expect of a program that Ctrl-C ended.
INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Reads every published page into the search again, after it made good whatever "
        "of the index is missing or broken. May be stopped at any time and run again; "
        "searching and publishing go on meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only-missing",
            action="store_true",
            help="Read only pages that search does not know, and drop those that are "
            "no longer public.",
        )
        parser.add_argument(
            "--quiet", action="store_true", help="Say nothing unless something fails."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_quiet = options["quiet"]
        try:
            for sentence in mend():
                self.say(sentence)
            if options["only_missing"]:
                self.say(f"Pages that were read: {catch_up(None):,}")
            else:
                self.rebuild()
        except DatabaseError as error:
            raise CommandError(
                f"The database refused: {error} Search goes on with what it knows; run "
                "this again."
            ) from error
        known = SearchDocument.objects.count()
        self.say(f"Pages that search can find: {known:,}")

    def rebuild(self) -> None:
        """Read all pages, telling how far it is; Ctrl-C ends it between two batches."""
        total, done = ClinicalPage.objects.count(), 0
        progress = Progress(self.stdout, total)
        try:
            for done in rebuild():
                if not self.is_quiet:
                    progress.tell(done)
        except KeyboardInterrupt:
            progress.close()
            self.stderr.write(
                f"Stopped after {done:,} of {total:,} pages; run it again to finish. "
                "Search goes on with what it knows."
            )
            sys.exit(INTERRUPTED)
        finally:
            progress.close()

    def say(self, sentence: str) -> None:
        if not self.is_quiet:
            self.stdout.write(sentence)
