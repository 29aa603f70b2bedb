"""What the demonstration's files say, read once into frozen data."""

from __future__ import annotations

from pathlib import Path

from education.page_files.reading import read_folder
from education.page_files.shape import Content, DocumentProblem, PageDocument

__all__ = [
    "FOLDER",
    "Demonstration",
    "DocumentProblem",
    "PageDocument",
    "read_demonstration",
]

FOLDER = Path(__file__).resolve().parent.parent / "demo"
Demonstration = Content


def read_demonstration(folder: Path = FOLDER) -> Demonstration:
    """Read every file of the folder. Raises DocumentProblem at the first that fails."""
    content, problems = read_folder(folder)
    if problems:
        raise problems[0]
    return content
