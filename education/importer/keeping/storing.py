"""A file as it was found, kept: its lines, each with its place."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from education.importer.sources import SourceDocument
from education.models import ImportedFile


def store(document: SourceDocument, by: User | None, now: datetime) -> ImportedFile:
    """Keep the file and its lines, to be sorted; all of it or nothing.

    The same bytes again give the file that is there, unchanged. Raises FileRefused
    where the portal has no pages in the document's language.
    """
    raise NotImplementedError


def document_of(file: ImportedFile) -> SourceDocument:
    """The document as it was read, made of the lines that are kept."""
    raise NotImplementedError
