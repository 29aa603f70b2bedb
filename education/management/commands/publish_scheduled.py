"""Stands in the way of Wagtail's own command, which publishes without asking."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Not used here: run_schedule publishes what is approved and due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dryrun", action="store_true", help="Changes nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "The portal keeps its schedule with `manage.py run_schedule`: it asks once "
            "more whether each page is approved. Use that instead."
        )
