"""Finds what is unsafe or doubtful in what a document says, by rules of editors.

`rules_of` reads the rules of a language, `find_flags` finds by them; it asks no
database, so the same document and the same rules always give the same flags.
"""

from education.importer.flagging.finding import find_flags
from education.importer.flagging.rules import Rule, rules_of

__all__ = ["Rule", "find_flags", "rules_of"]
