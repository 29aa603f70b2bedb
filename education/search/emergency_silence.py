"""Which emergency words would show nothing any more after a change of phrases."""

from __future__ import annotations

from collections.abc import Iterable

from education.models import EmergencyCard, EmergencyPhrase
from education.search.analysis import Analyser
from education.search.emergencies import phrases_of, read_watch
from education.search.emergency_phrases import phrase

#: So many are named to who makes the change.
NAMED = 5


def made_silent(
    card: EmergencyCard, before: EmergencyPhrase | None, after: EmergencyPhrase | None
) -> list[str]:
    """Some texts that show a card now and would show none after this change.

    `before` is the stored phrase and `after` what it becomes; None for "not there".
    """
    language = card.language
    rows = phrases_of(language)
    left = [row for row in rows if before is None or row.pk != before.pk]
    if after is not None:
        left.append(after)
    now, then = read_watch(language, rows), read_watch(language, left)
    # A phrase that shows a card concerns itself; a harmless one, all of its card.
    concerned = [] if before is None or before.is_harmless else [before]
    if after is not None and after.is_harmless:
        concerned = [row for row in rows if row.card_id == card.pk]
    texts = (text for row in concerned for text in _examples(row, language))
    silent = (text for text in texts if now.find(text) and not then.find(text))
    return [text for text, _ in zip(dict.fromkeys(silent), range(NAMED), strict=False)]


def _examples(row: EmergencyPhrase, language: str) -> Iterable[str]:
    if row.is_harmless:
        return []
    return phrase("", row.words, False, Analyser(language)).examples
