"""Reads the files of a folder with little memory and time, and says how that went.

Run as a program of its own, so that its memory is its own: one line of JSON a file.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from education.importer.reading import read_file
from education.importer.sources import FileRefused

MEMORY = 900_000_000
SECONDS = 120


def used() -> int:
    """Megabytes at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for path in sorted(folder.iterdir()):
        before, began = used(), time.process_time()
        try:
            said = f"{len(read_file(path.name, path.read_bytes()).lines)} lines"
        except FileRefused as refusal:
            said = str(refusal)
        took = time.process_time() - began
        told = {"name": path.name, "said": said, "took": took, "grew": used() - before}
        sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
