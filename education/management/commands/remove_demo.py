from typing import Any

from django.core.management.base import BaseCommand

from education.demonstration import remove


class Command(BaseCommand):
    help = "Takes the demonstration content away: its pages, tags and accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        report = remove()
        self.stdout.write(f"{report.pages} demonstration pages removed.")
        for title in report.edited:
            self.stdout.write(f'Kept "{title}": somebody else has edited it.')
        for name in report.tags_in_use:
            self.stdout.write(f'Kept the tag "{name}": other pages carry it.')
