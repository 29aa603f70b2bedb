"""A folder that is there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from education.page_files.shape import FOLDERS, TAGS_FILE, DocumentProblem

#: What an export brings; `--force` replaces a folder of such things and no other.
FOLDERS_OF_OURS = frozenset(FOLDERS.values())
FILES_OF_OURS = frozenset(
    {
        TAGS_FILE,
        "tags.csv",
        "content.xlsx",
        *(f"{name}.csv" for name in FOLDERS_OF_OURS),
    }
)


@contextmanager
def written_whole(folder: Path, force: bool) -> Iterator[Path]:
    """A folder beside to write into; it takes the place of `folder` when all went well.

    Raises DocumentProblem where `folder` may not be written over. Whatever goes wrong,
    what was there stays.
    """
    _check(folder, force)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        new = beside / "new"
        new.mkdir(mode=0o700)
        yield new
        _check(folder, force)  # somebody may have put something there meanwhile
        if folder.exists():
            folder.rename(beside / "old")
        new.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _check(folder: Path, force: bool) -> None:
    if not folder.parent.is_dir():
        raise DocumentProblem(f"{folder.parent}: There is no such folder.")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise DocumentProblem(f"{folder}: This is no folder.")
    held = sorted(folder.iterdir()) if folder.exists() else []
    if held and not force:
        raise DocumentProblem(
            f"{folder}: It is not empty. Name another folder, or replace this one "
            "with --force."
        )
    for path in held:
        if not _is_ours(path):
            raise DocumentProblem(
                f"{path}: No export brought this, so the folder is not replaced."
            )


def _is_ours(path: Path) -> bool:
    if path.is_symlink():
        return False
    if path.is_dir():
        return path.name in FOLDERS_OF_OURS and all(
            row.is_file() and row.suffix == ".toml" for row in path.iterdir()
        )
    return path.name in FILES_OF_OURS
