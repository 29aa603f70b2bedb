"""What was decided on the same matter in an earlier file, and what is new since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from wagtail.models import Locale

from education.import_vocabulary import ItemDecision
from education.importer.keeping.data import DIFFERENCE, Difference
from education.importer.keeping.pieces import answers_in, wordings_in
from education.models import ImportedItem
from education.models.faqs import question_key

#: Names looked up in one statement.
AT_ONCE = 500


def compare_with_earlier(
    items: Sequence[ImportedItem], locale: Locale, sha256: str, now: datetime
) -> None:
    """Note in unsaved items what other files of the language settled already.

    What says nothing new is known, with the page that it became; what does stays open
    and holds the difference. One statement for every five hundred.
    """
    for start in range(0, len(items), AT_ONCE):
        some = items[start : start + AT_ONCE]
        settled = _settled(some, locale, sha256)
        for item in some:
            if earlier := settled.get((item.kind, item.key)):
                _compare(item, earlier, now)


def _settled(
    items: Sequence[ImportedItem], locale: Locale, sha256: str
) -> dict[tuple[str, str], ImportedItem]:
    """The newest decision on each matter."""
    rows = (
        ImportedItem.objects.filter(
            file__locale=locale, key__in=[item.key for item in items]
        )
        .exclude(file__sha256=sha256)
        .exclude(decision=ItemDecision.OPEN)
        .order_by("pk")
    )
    return {(row.kind, row.key): row for row in rows}


def _compare(item: ImportedItem, earlier: ImportedItem, now: datetime) -> None:
    known = {question_key(text) for text in wordings_in(item.kind, earlier.content)}
    known.add(question_key(earlier.title))
    answered = set(answers_in(earlier.content))
    difference = Difference(
        wordings=tuple(
            dict.fromkeys(
                text
                for text in wordings_in(item.kind, item.content)
                if question_key(text) not in known
            )
        ),
        answers=tuple(
            text for text in answers_in(item.content) if text not in answered
        ),
        decision=earlier.decision,
        page_id=earlier.page_id,
    )
    if item.digest == earlier.digest or not (difference.wordings or difference.answers):
        item.decision = ItemDecision.KNOWN
        item.page_id, item.decided_at = earlier.page_id, now
    else:
        item.content[DIFFERENCE] = asdict(difference)
