"""Which emergency words would show nothing any more after a change of phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from education.models import EmergencyPhrase
from education.search.analysis import Analyser
from education.search.emergencies import phrases_of, read_watch
from education.search.emergency_phrases import phrase

#: So many are named to who makes the change.
NAMED = 5


def made_silent(
    before: EmergencyPhrase | None, after: EmergencyPhrase | None
) -> list[str]:
    """Some texts that show a card now and would show none after this change.

    `before` is the stored phrase and `after` what it becomes; None for "not there". It
    may become one of another card, and of another language.
    """
    languages = {row.card.language for row in (before, after) if row is not None}
    silent = (
        text
        for language in sorted(languages)
        for text in _silent(language, before, after)
    )
    return list(islice(dict.fromkeys(silent), NAMED))


def _silent(
    language: str, before: EmergencyPhrase | None, after: EmergencyPhrase | None
) -> Iterator[str]:
    rows = phrases_of(language)
    left = [row for row in rows if before is None or row.pk != before.pk]
    if after is not None and after.card.language == language:
        left.append(after)
    now, then = read_watch(language, rows), read_watch(language, left)
    # A phrase that shows a card concerns itself; a harmless one, all of its card.
    concerned = [row for row in rows if before is not None and row.pk == before.pk]
    if after is not None and after.is_harmless:
        concerned += [row for row in rows if row.card_id == after.card_id]
    texts = (text for row in concerned for text in _examples(row, language))
    return (text for text in texts if now.find(text) and not then.find(text))


def _examples(row: EmergencyPhrase, language: str) -> Iterable[str]:
    if row.is_harmless:
        return []
    return phrase("", row.words, False, Analyser(language)).examples
