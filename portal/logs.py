"""Log lines that tell an operator what happened, and nobody who read what.

What people look for is health data: the addresses of readers and the words they search
for stay out of every log.
"""

import logging
import re
from traceback import format_tb
from types import TracebackType

QUERY = re.compile(r"\?[^\s'\"]+")
# Who knows the site can try which search leads to an address like this.
SEARCHED = re.compile(r"/search/to/[0-9a-f]+/")
CLIENT = re.compile(r"\b(ip|client)=\S+")

Raised = (
    tuple[type[BaseException], BaseException, TracebackType | None]
    | tuple[None, None, None]
)


class DiscreetFormatter(logging.Formatter):
    """Writes a line without the query of any address and without the reader's own.

    Of an exception it says where it was raised and what it is called: its message may
    hold what somebody typed.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = QUERY.sub("?...", super().formatMessage(record))
        line = SEARCHED.sub("/search/to/.../", line)
        return CLIENT.sub(r"\1=...", line)

    def formatException(self, raised: Raised) -> str:
        kind, _, where = raised
        if kind is None:
            return ""
        return "".join(format_tb(where)) + kind.__qualname__
