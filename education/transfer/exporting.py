"""Writes the pages of a language into a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.db import connection, transaction

from education.page_files.describing import Names, describe
from education.page_files.reading import IN_ORDER
from education.page_files.shape import (
    FOLDERS,
    TAGS_FILE,
    DocumentProblem,
    PageDocument,
)
from education.page_files.writing import page_file, tags_file
from education.transfer.contents import Version, contents, names, tag_rows
from education.transfer.folders import written_whole
from education.transfer.tables import write_csv, write_workbook
from education.vocabulary import Kind

_SLUG = re.compile(r"[-\w]+")


class Format(StrEnum):
    TOML = "toml"
    CSV = "csv"
    XLSX = "xlsx"


@dataclass
class ExportReport:
    """How many pages were written, and a sentence for each thing that stays behind."""

    pages: int = 0
    lost: list[str] = field(default_factory=list)


def export(
    folder: Path, language: str, form: Format, version: Version, force: bool = False
) -> ExportReport:
    """Write all of it, or nothing: raises DocumentProblem at what no file can hold."""
    report = ExportReport()
    with written_whole(folder, force) as place, at_one_moment():
        called, slugs = names(language, version)

        def documents(kind: Kind) -> Iterator[PageDocument]:
            for document in _documents(language, version, kind, called, slugs):
                report.pages += 1
                yield document

        if form == Format.TOML:
            (place / TAGS_FILE).write_bytes(tags_file(tag_rows()))
            for kind in IN_ORDER:
                (place / FOLDERS[kind]).mkdir()
                for document in documents(kind):
                    _write_new(place / document.file, page_file(document))
        elif form == Format.CSV:
            write_csv(place, documents, tag_rows())
        else:
            write_workbook(place / "content.xlsx", documents, tag_rows())
    report.lost = called.lost
    return report


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Within it, all is read as it was at one moment, whoever writes meanwhile.

    On PostgreSQL alone: in SQLite, everybody who writes would have to wait.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_new(path: Path, held: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(held)
    except FileExistsError as error:
        raise DocumentProblem(
            f"{path.parent.name}/{path.name}: Two pages ask for this address. Give "
            "one of them another."
        ) from error


def _documents(
    language: str, version: Version, kind: Kind, called: Names, slugs: dict[int, str]
) -> Iterator[PageDocument]:
    for key, content in contents(language, version, kind):
        file = f"{FOLDERS[kind]}/{slugs.get(key, content.get('slug'))}"
        try:
            document = describe(kind, {**content, "slug": slugs[key]}, called)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DocumentProblem(f"{file}: Page {key} cannot be read: {error}") from (
                error
            )
        if not _SLUG.fullmatch(document.slug):
            raise DocumentProblem(f"{file}: This address of page {key} names no file.")
        yield document
