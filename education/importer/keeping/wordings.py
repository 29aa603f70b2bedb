"""Other wordings and names, as the rows by which people find a page."""

from __future__ import annotations

from collections.abc import Iterable

from education.models import Alias, ClinicalPage
from education.models.faqs import question_key
from education.vocabulary import AliasKind

LONGEST = Alias._meta.get_field("text").max_length


def add_aliases(page: ClinicalPage, texts: Iterable[str], kind: AliasKind) -> int:
    """Give the page the wordings that it does not have yet; how many these are."""
    rows = list(page.other_words.all())
    taken = {question_key(page.title), *(question_key(row.text) for row in rows)}
    added = 0
    for text in texts:
        text = " ".join(text.split())[:LONGEST].strip()
        if text and question_key(text) not in taken:
            taken.add(question_key(text))
            page.other_words.add(
                Alias(text=text, kind=kind, sort_order=len(rows) + added)
            )
            added += 1
    return added
