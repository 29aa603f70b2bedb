"""What the bench types: queries of each class, the same at every run."""

from __future__ import annotations

from bench.search_words import OWN_WORD_EVERY, VOCABULARY, own_word, vocabulary, written

#: Queries of each class, so that one lucky word does not speak for all.
EACH = 5

SEARCHES = (
    "unique",
    "rare",
    "mid",
    "common",
    "two title words",
    "common + mid",
    "question",
    "typo",
)
SUGGESTIONS = {"suggest 2": 2, "suggest 3": 3, "suggest 5": 5}


def queries(size: int, words: int) -> dict[str, list[str]]:
    """By class, what to type at a corpus of `size` pages of so many words each."""
    rare, mid, common = (_on(share, words) for share in (0.001, 0.01, 0.3))
    spread = [written(1 + at * (size - 1) // EACH, words) for at in range(EACH)]
    titles = [page.title.lower().split() for page in spread]
    own = [at - at % OWN_WORD_EVERY for at in range(size, 0, -OWN_WORD_EVERY)][:EACH]
    said = [page.passages[1].lower().replace(".", "").split() for page in spread]
    return {
        "unique": [own_word(number) for number in own],
        "rare": rare,
        "mid": mid,
        "common": common,
        "two title words": [" ".join(title[:2]) for title in titles],
        "common + mid": [" ".join(pair) for pair in zip(common, mid, strict=True)],
        "question": [f"what helps against {' '.join(text[3:6])}" for text in said],
        "typo": [_mistyped(word) for word in mid],
        **{
            name: [title[0][:letters] for title in titles]
            for name, letters in SUGGESTIONS.items()
        },
    }


def _on(share: float, words: int) -> list[str]:
    """Words that stand on about this share of pages."""
    whole = sum(1 / place for place in range(1, VOCABULARY + 1))
    a_draw = 1 - (1 - share) ** (1 / words)
    place = min(round(1 / (a_draw * whole)), VOCABULARY - EACH) - EACH // 2
    return vocabulary()[place : place + EACH]


def _mistyped(word: str) -> str:
    """Two letters in the middle changed places."""
    at = len(word) // 2
    return f"{word[: at - 1]}{word[at]}{word[at - 1]}{word[at + 1 :]}"
