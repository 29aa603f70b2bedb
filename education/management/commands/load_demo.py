from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from education.demonstration import (
    ACCOUNTS,
    DocumentProblem,
    load,
    read_demonstration,
)
from education.installation import install
from education.models import ClinicalPage, DemonstrationItem


class Command(BaseCommand):
    help = "Loads the demonstration content, published through the approval workflow."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Only where there is no health content yet, and nobody removed it.",
        )
        parser.add_argument(
            "--password",
            help="Lets the demonstration accounts sign in. Without it they cannot. "
            "Not for a server that others can reach.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        install()
        if options["if_empty"] and (
            ClinicalPage.objects.exists() or DemonstrationItem.objects.was_removed()
        ):
            return
        try:
            report = load(read_demonstration(), options["password"])
        except DocumentProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Demonstration content: {len(report.made)} pages made, "
            f"{len(report.present)} there already, {len(report.kept)} of your own kept."
        )
        for account in ACCOUNTS if options["password"] else ():
            self.stdout.write(f"  {account.username}: {account.does}")
