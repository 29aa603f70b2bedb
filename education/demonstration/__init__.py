"""The demonstration content: read from files, taken through the real workflow, removed.

One TOML file a page lies in `education/demo/`.
"""

from education.demonstration.accounts import ACCOUNTS, Account
from education.demonstration.documents import DocumentProblem, read_demonstration
from education.demonstration.loading import LoadReport, load
from education.demonstration.removing import RemovalReport, remove

__all__ = [
    "ACCOUNTS",
    "Account",
    "DocumentProblem",
    "LoadReport",
    "RemovalReport",
    "load",
    "read_demonstration",
    "remove",
]
