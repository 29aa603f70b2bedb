from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from education.page_files.shape import DocumentProblem
from education.transfer.contents import Version
from education.transfer.exporting import Format, export


class Command(BaseCommand):
    help = (
        "Writes all pages of a language into a folder: as TOML, which load_content "
        "reads, or as tables for people. Drafts and private pages are written too; "
        "who approved what is not. Exit status 1 when something stays behind, 2 when "
        "nothing was written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="A new or an empty folder.")
        parser.add_argument("--language", default="en", help="Such as en, the usual.")
        parser.add_argument("--format", choices=[*Format], default=Format.TOML)
        parser.add_argument(
            "--what",
            choices=[*Version],
            default=Version.DRAFT,
            help="The newest version of every page (draft), or what is live now.",
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="Replace an earlier export. A folder that holds anything else stays.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"].absolute()
        try:
            report = export(
                folder,
                options["language"],
                Format(options["format"]),
                Version(options["what"]),
                options["force"],
            )
        except (DocumentProblem, OSError) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        for sentence in report.lost:
            self.stderr.write(sentence)
        self.stdout.write(f"{report.pages:,} pages written to {folder}.")
        if report.lost:
            raise SystemExit(1)
