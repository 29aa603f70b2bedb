"""Lets one process at a time do a job, on either database.

What the job does must be right without it too: the lock saves work, not the truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from django.db import connection

try:
    import fcntl
except ImportError:  # where there are no such locks, rows are locked all the same
    fcntl = None  # type: ignore[assignment]

#: Apart from the locks that other programs take in the same database.
OURS = crc32(b"education")


@contextmanager
def one_at_a_time(job: str) -> Iterator[bool]:
    """Say whether the job is ours until the block ends; False: another process has it.

    Never waits. The lock goes with the process: a killed one leaves nothing behind.
    """
    if connection.vendor == "postgresql":
        with _advisory_lock(_number(job)) as ours:
            yield ours
    elif fcntl and not connection.is_in_memory_db():
        with _locked_file(Path(f"{connection.settings_dict['NAME']}-{job}.lock")) as it:
            yield it
    else:
        yield True


def _number(job: str) -> int:
    """A number of 32 bits with a sign, as PostgreSQL wants it."""
    return crc32(job.encode()) - 2**31


@contextmanager
def _advisory_lock(number: int) -> Iterator[bool]:
    key = [OURS - 2**31, number]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        (ours,) = cursor.fetchone()
    try:
        yield ours
    finally:
        # A connection that was lost took its lock with it.
        if ours and connection.connection is not None:
            with suppress(Exception), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


@contextmanager
def _locked_file(path: Path) -> Iterator[bool]:
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
