"""Verifies the sign-offs: that they are as they were written, and that what the public
reads is what was signed. It changes nothing.
"""

from education.ledger.chain import Chain, read_chains
from education.ledger.decisions import unmatched_decisions
from education.ledger.pages import unsigned_pages
from education.ledger.schedules import false_dates

__all__ = [
    "Chain",
    "false_dates",
    "read_chains",
    "unmatched_decisions",
    "unsigned_pages",
]
