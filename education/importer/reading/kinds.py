"""What a file is: by what it holds first, then by the ending of its name."""

from __future__ import annotations

from pathlib import PurePosixPath

from education.import_vocabulary import SourceFormat
from education.importer.sources import FileRefused

ENDINGS = {
    ".txt": SourceFormat.TEXT,
}


def kind_of(name: str, content: bytes) -> SourceFormat:
    """The format. Raises `FileRefused` where content and ending disagree."""
    if not content.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe\x00"):
        raise FileRefused("It is empty.")
    ending = PurePosixPath(name).suffix.lower()
    if ending not in ENDINGS:
        raise FileRefused(f"Its name must end in one of {', '.join(ENDINGS)}.")
    return ENDINGS[ending]
