"""Which emergency card stands above the results of what somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from django.conf import settings

from education.models import (
    EmergencyCard,
    EmergencyPhrase,
    EmergencyWording,
    WordingState,
)
from education.models.emergencies import shown_of
from education.search.analysis import Analyser
from education.search.editions import kept_by_edition
from education.search.emergency_phrases import Phrase, phrase
from education.search.emergency_words import Phrases
from education.vocabulary import CareLevel

#: The label of the level where a card is not in the language of the vocabulary.
_LABELS = {"es": "Emergencia: actúe ahora"}
_NOT_A_DIGIT = re.compile(r"\D")


@dataclass(frozen=True)
class Card:
    """What the reader is shown. All words are those that a clinician approved.

    Where it `stands_alone`, no pages are listed below it.
    """

    name: str
    language: str
    heading: str
    text: str
    action: str
    number: str
    stands_alone: bool = False

    @property
    def call(self) -> str:
        """The address that a telephone calls."""
        return f"tel:{_NOT_A_DIGIT.sub('', self.number)}"

    @property
    def level(self) -> CareLevel:
        return CareLevel.EMERGENCY

    @property
    def level_label(self) -> str:
        """The word that stands before the heading, in the language of the card."""
        return _LABELS.get(self.language) or str(self.level.label)

    def as_json(self) -> dict[str, str | bool]:
        """The card for scripts: its fields, its label and the address to call."""
        return {**asdict(self), "label": self.level_label, "call": self.call}


@dataclass(frozen=True)
class Watch:
    """The cards of one language, the gravest first, and the words that show them."""

    cards: dict[str, Card]
    phrases: Phrases

    def find(self, text: str, slips: bool = True) -> tuple[Card, Phrase] | None:
        """The gravest card whose words are in a text, and the phrase that says so.

        Where any card that stands alone was found, so does the gravest.
        """
        found = [
            row for row in self.phrases.find(text, slips) if row.card in self.cards
        ]
        is_alone = any(self.cards[row.card].stands_alone for row in found)
        for name, card in self.cards.items():
            for row in found:
                if row.card == name:
                    return replace(card, stands_alone=is_alone), row
        return None


def read_watch(
    language: str, instead: Iterable[EmergencyPhrase] | None = None
) -> Watch:
    """Read the cards, their words and the phrases of a language in two statements.

    `instead` are phrases that are only thought of, to see what they would come to.
    """
    wordings = EmergencyWording.objects.filter(
        card__language=language,
        state__in=[WordingState.SUPPLIED, WordingState.APPROVED],
    )
    rows: dict[EmergencyCard, list[EmergencyWording]] = {}
    for row in wordings.select_related("card").order_by("card__place", "card", "pk"):
        rows.setdefault(row.card, []).append(row)
    shown = [(card, shown_of(kept)) for card, kept in rows.items()]
    return make_watch(
        language, shown, phrases_of(language) if instead is None else instead
    )


def phrases_of(language: str) -> list[EmergencyPhrase]:
    """The phrases as they are stored now, in their order."""
    rows = EmergencyPhrase.objects.filter(card__language=language)
    return list(rows.select_related("card").order_by("pk"))


def make_watch(
    language: str,
    shown: Iterable[tuple[EmergencyCard, EmergencyWording | None]],
    phrases: Iterable[EmergencyPhrase],
) -> Watch:
    """What is watched for with these cards and phrases; nothing is read."""
    analyser = Analyser(language)
    cards = {
        card.name: Card(
            name=card.name,
            language=language,
            heading=wording.heading,
            text=wording.text,
            action=wording.action,
            number=wording.number,
            stands_alone=card.stands_alone,
        )
        for card, wording in shown
        if wording is not None
    }
    apart = [phrase(p.card.name, p.words, p.is_harmless, analyser) for p in phrases]
    return Watch(cards, Phrases(language, apart))


_kept = kept_by_edition(read_watch)


def card_for(text: str, language: str, edition: str) -> Card | None:
    """The card to show above everything else, or None where nothing is alarming."""
    found = explain(text, language, edition)
    return found[0] if found else None


def explain(text: str, language: str, edition: str) -> tuple[Card, Phrase] | None:
    """The card for a text, and the phrase that it holds.

    Who types another language of the portal gets the card of that language; there
    only words that are typed right count.
    """
    if not text.strip():
        return None
    found = _kept(language, edition).find(text)
    if found:
        return found
    others = (code for code, _ in settings.LANGUAGES if code != language)
    each = (_kept(code, edition).find(text, slips=False) for code in others)
    return next((other for other in each if other), None)
