"""Forgets old versions of pages; in place of Wagtail's, which forgets who wrote."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Revision

from education.models.old_revisions import forgettable


class Command(BaseCommand):
    help = (
        "Deletes old versions of live pages that nobody decided on and whose author "
        "wrote a later one before the next decision. All others say who wrote what, so "
        "that nobody approves their own words; they stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=0,
            help="Only versions that are older than so many days.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 0:
            raise CommandError("Give the number of days as 0 or more.")
        until = timezone.now() - timedelta(days=options["days"])
        deleted = 0
        for keys in forgettable(until):
            deleted += Revision.objects.filter(pk__in=keys).delete()[0]
        self.stdout.write(f"Old versions deleted: {deleted:,}")
