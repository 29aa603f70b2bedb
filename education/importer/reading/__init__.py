"""Reading files to import. Nothing of them is run, fetched or unpacked to disk."""

from education.importer.reading.files import read_file
from education.importer.reading.kinds import ENDINGS
from education.importer.reading.limits import LARGEST_FILE, LARGEST_MEDLINEPLUS

#: Endings of names, for the form that a file is chosen in.
ACCEPTED = tuple(ENDINGS)

__all__ = ["ACCEPTED", "LARGEST_FILE", "LARGEST_MEDLINEPLUS", "read_file"]
