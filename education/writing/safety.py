"""What a page may not lack: sources for what it states, and care cards."""

from __future__ import annotations

from collections.abc import Iterator

from education.vocabulary import HealthAspect, Kind
from education.writing.claims import Claim, claims
from education.writing.findings import NOT_PROSE, Draft, Finding, Passage, Severity
from education.writing.sentences import quote

#: What any page says of itself; each other text of a medicine is about taking it.
ABOUT_THE_PAGE = ("title", "summary", *NOT_PROSE)

#: How many other places without a source are named.
PLACES_NAMED = 5


def missing_sources(draft: Draft) -> Iterator[Finding]:
    """What readers act upon, and no source by which they could check it."""
    if draft.sources:
        return
    stated = list(_stated(draft))
    if stated:
        passage, claim = stated[0]
        places = list(dict.fromkeys(place.label for place, _ in stated[1:]))
        others = [place for place in places if place != passage.label]
        what = (
            f"There is no source, but “{passage.label}” speaks of {claim.about}: "
            f"{quote(claim.words)}"
        )
        what = what if what.endswith((".”", "?”", "!”")) else f"{what}."
        if others:
            what += f" So do other places: {', '.join(others[:PLACES_NAMED])}."
    elif draft.kind == Kind.TOPIC or draft.needs_care_card or draft.is_about_medicines:
        what = "There is no source yet."
    else:
        return
    yield Finding(
        "missing-sources",
        Severity.BLOCKING,
        "references",
        "Sources",
        what,
        'Add one under "Sources": readers must be able to check it.',
    )


def _stated(draft: Draft) -> list[tuple[Passage, Claim]]:
    """What the draft states that needs a source, the gravest first."""
    found = []
    for passage in draft.prose:
        found += [(passage, claim) for claim in claims(passage.text)]
        if passage.is_care_card or passage.aspect == HealthAspect.GETTING_HELP:
            found.append((passage, Claim("when to get help", passage.text)))
        elif draft.kind == Kind.MEDICINE and passage.field not in ABOUT_THE_PAGE:
            found.append((passage, Claim("the medicine", passage.text)))
    order = ["a dose", "who should not take something"]
    found.sort(key=lambda row: row[1].about not in order)
    return found


def missing_care_card(draft: Draft) -> Iterator[Finding]:
    """Text on getting help without a card that readers find at a glance."""
    if any(passage.is_care_card for passage in draft.passages):
        return
    helping = [
        passage
        for passage in draft.passages
        if passage.aspect == HealthAspect.GETTING_HELP
    ]
    if helping:
        what = f"The section “{helping[0].label}” has no care card."
    elif draft.needs_care_card:
        what = "An answer on medicines or on when to get help needs a care card."
    else:
        return
    yield Finding(
        "missing-care-card",
        Severity.BLOCKING,
        "care_cards",
        "Care cards",
        what,
        "Add one that says when to get help, how soon, and how.",
    )
