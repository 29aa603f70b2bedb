"""A file as it was found, kept: its lines, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Locale

from education.import_vocabulary import LineRole, SourceFormat, SourceRights
from education.importer.sources import (
    FileRefused,
    SourceDocument,
    SourceLine,
    SourceTopic,
)
from education.models import ImportedFile, ImportedLine

#: Lines written in one statement.
AT_ONCE = 1000


def locale_of(document: SourceDocument) -> Locale:
    """The portal's pages in the document's language. Raises FileRefused without any."""
    locale = Locale.objects.filter(language_code=document.language).first()
    if locale is None:
        raise FileRefused(
            f"The portal has no pages in the language “{document.language}”, so "
            "nothing can be made of this file."
        )
    return locale


@transaction.atomic
def store(document: SourceDocument, by: User | None, now: datetime) -> ImportedFile:
    """Keep the file and its lines, to be sorted; all of it or nothing.

    The same bytes again give the file that is there, unchanged. Raises FileRefused
    where the portal has no pages in the document's language.
    """
    file, made = ImportedFile.objects.get_or_create(
        sha256=document.sha256,
        locale=locale_of(document),
        defaults={
            "name": document.name[-200:],
            "format": document.format,
            "rights": document.rights,
            "credit": document.credit[:255],
            "topics": [asdict(topic) for topic in document.topics],
            "left_out": [*document.left_out, *_refusals(document)],
            "total": len(document.lines),
            "uploaded_by": by,
            "uploaded_at": now,
        },
    )
    if made:
        lines = (_kept(file, line) for line in document.lines)
        ImportedLine.objects.bulk_create(lines, batch_size=AT_ONCE)
    return file


def document_of(file: ImportedFile) -> SourceDocument:
    """The document as it was read, made of the lines that are kept.

    Rows that could not be read are among what was left out.
    """
    return SourceDocument(
        name=file.name,
        sha256=file.sha256,
        format=SourceFormat(file.format),
        lines=tuple(
            SourceLine(number, text, place, LineRole(role), section)
            for number, text, place, role, section in file.lines.order_by(
                "number"
            ).values_list("number", "text", "place", "role", "section")
        ),
        language=file.locale.language_code,
        rights=SourceRights(file.rights),
        credit=file.credit,
        topics=tuple(_topic(row) for row in file.topics),
        left_out=tuple(file.left_out),
    )


def _kept(file: ImportedFile, line: SourceLine) -> ImportedLine:
    return ImportedLine(
        file=file,
        number=line.number,
        place=line.place[:100],
        text=line.text,
        role=line.role,
        section=line.section[:255],
    )


def _refusals(document: SourceDocument) -> list[str]:
    return [f"{row.place}: {row.why}" for row in document.refused]


def _topic(row: Mapping[str, Any]) -> SourceTopic:
    return SourceTopic(
        row["name"],
        tuple(row["also_called"]),
        row["url"],
        row["identifier"],
        tuple((code, name) for code, name in row["codes"]),
    )
