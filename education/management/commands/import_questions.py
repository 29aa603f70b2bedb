"""Sorts a file of copied questions and answers, and makes drafts of it if told to."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.utils import timezone

from education.importer.engine import sort_out
from education.importer.flagging import rules_of
from education.importer.keeping import apply_all, carry_on, store
from education.importer.keeping.reporting import Outcome, outcome_of
from education.importer.keeping.storing import locale_of
from education.importer.keeping.surveying import survey
from education.importer.reading import LARGEST_FILE, read_file
from education.importer.sorting import known_in
from education.importer.sources import FileRefused, SourceDocument
from education.management.import_report import as_text, outcome_as_text
from education.models import SectionPage
from education.vocabulary import Kind

#: How long to wait for another process that sorts the same file, at a time.
A_MOMENT = 0.2


class Command(BaseCommand):
    help = (
        "Reads a file of questions and answers, sorts it, and prints what it came to. "
        "Writes nothing, unless --apply is given: then everything that is new becomes "
        "a draft; nothing goes live and nothing is handed over. May be stopped at any "
        "moment and started again. Exit status 1 when rows were refused, 2 when the "
        "whole file was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--apply", action="store_true", help="Make the drafts.")
        what.add_argument(
            "--dry-run", action="store_true", help="Write nothing; so without --apply."
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--language", default="en", help="Of the file.")
        parser.add_argument(
            "--user",
            metavar="NAME",
            help="In whose name the drafts are made; else in nobody's.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = _person(options["user"])
            document = _read(options["file"], options["language"])
            _check_sections(document)
        except FileRefused as refused:
            self.refuse(str(refused), options["format"])
        now = timezone.now()
        rules, known = rules_of(document.language), known_in(document.language)
        found = sort_out(document, rules, known)
        report = survey(found, locale_of(document), now)
        outcome = None
        if options["format"] == "text":
            self.say(as_text(report))
        if options["apply"]:
            file = store(document, person, now)
            while not carry_on(file, rules, known, now).is_ready:
                time.sleep(A_MOMENT)  # another process sorts it
            outcome = outcome_of(apply_all(file, person, now))
        if options["format"] == "json":
            said = asdict(report) | {"outcome": outcome and asdict(outcome)}
            self.stdout.write(json.dumps(said, indent=2, ensure_ascii=False))
        elif outcome:
            self.say(outcome_as_text(outcome))
        else:
            self.say(["", "Nothing was written. Give --apply to make drafts of it."])
        if document.refused or (outcome or Outcome()).failed:
            sys.exit(1)

    def say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def refuse(self, sentence: str, form: str) -> None:
        """Say why nothing was done at all."""
        if form == "json":
            self.stdout.write(json.dumps({"refused_whole": sentence}))
        self.stderr.write(sentence)
        sys.exit(2)


def _person(name: str | None) -> User | None:
    if name is None:
        return None
    person = User.objects.filter(username=name, is_active=True).first()
    if person is None:
        raise FileRefused(f"There is no active user named “{name}”.")
    return person


def _read(path: Path, language: str) -> SourceDocument:
    try:
        with path.open("rb") as file:
            # One more than may be: then the reader says that it is too large.
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {error.strerror}.") from error
    return read_file(path.name, content, language)


def _check_sections(document: SourceDocument) -> None:
    locale = locale_of(document)
    kinds = set(
        SectionPage.objects.filter(locale=locale).values_list("kind", flat=True)
    )
    if missing := [kind.plural.lower() for kind in Kind if kind not in kinds]:
        raise FileRefused(
            f"The portal has no section for {' and '.join(missing)} in the language "
            f"“{document.language}”. Set it up first: manage.py install_portal."
        )
