"""Makes out which lines of a document ask, which answer, and what is wrong with them.

`units` says what each line is, `segments` and `pairing` which answer belongs to which
question, the rest what can be used of an answer.
"""

from education.importer.understanding.document import understand

__all__ = ["understand"]
