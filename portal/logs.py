"""Log lines that tell an operator what happened, and nobody who read what.

What people look for is health data: the addresses of readers and the words they search
for stay out of every log.
"""

import logging
import re

QUERY = re.compile(r"\?[^\s'\"]+")
CLIENT = re.compile(r"\b(ip|client)=\S+")


class DiscreetFormatter(logging.Formatter):
    """Writes a line without the query of any address and without the reader's own."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = QUERY.sub("?...", super().formatMessage(record))
        return CLIENT.sub(r"\1=...", line)
