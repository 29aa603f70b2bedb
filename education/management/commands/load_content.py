from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from education.page_files.reading import read_folder
from education.transfer.loading import LoadRefused, LoadReport, load


class Command(BaseCommand):
    help = (
        "Makes a draft of every page of a folder that export_content wrote. Pages that "
        "are there already stay as they are. Exit status 1 when rows of pages were "
        "left out, 2 when nothing was stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--language", default="en", help="Such as en, the usual.")
        parser.add_argument(
            "--user",
            help="Whose words they are: this person may not approve them. Tags are "
            "made only when this person may add tags.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be done."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"].absolute()
        if not folder.is_dir():
            raise CommandError(f"{folder}: There is no such folder.", returncode=2)
        person = self._person(options["user"])
        content, problems = read_folder(folder)
        if problems:
            self._refuse([str(problem) for problem in problems])
        try:
            with transaction.atomic():
                report = load(content, options["language"], person)
                transaction.set_rollback(options["dry_run"])
        except LoadRefused as refused:
            self._refuse(refused.problems)
        self._tell(report, options["dry_run"])
        if report.refused:
            raise SystemExit(1)

    def _person(self, username: str | None) -> User | None:
        if username is None:
            return None
        person = User.objects.filter(username=username, is_active=True).first()
        if person is None:
            raise CommandError(f'Nobody is named "{username}".', returncode=2)
        return person

    def _refuse(self, problems: list[str]) -> None:
        for sentence in problems:
            self.stderr.write(sentence)
        raise CommandError("Nothing was stored.", returncode=2)

    def _tell(self, report: LoadReport, is_dry: bool) -> None:
        for file in report.kept:
            self.stdout.write(f"Kept {file}: there is such a page already.")
        for sentence in report.refused:
            self.stderr.write(sentence)
        would = "would be " if is_dry else ""
        self.stdout.write(
            f"{len(report.made):,} drafts {would}made, {len(report.tags):,} tags "
            f"{would}made, {len(report.kept):,} pages kept, {len(report.refused):,} "
            "rows refused."
        )
