"""What makes a page hard to read: long sentences, hard words, short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from education.writing.abbreviations import explained_terms, unexplained
from education.writing.findings import Draft, Finding, Severity
from education.writing.readability import Reading, reading, spanish_syllables, syllables
from education.writing.sentences import pieces, quote, sentences, words

#: The promise to readers is that no sentence has more words than the first number, and
#: hardly any more than the second.
LONGEST_SENTENCE = 25
LONG_SENTENCE = 20
#: So large a part of a page's sentences may be long before editors hear of it.
LONG_SHARE = 0.05

#: On fewer sentences a grade says nothing.
SENTENCES_TO_JUDGE = 5
#: A word of a name that is left out of the grade has at least so many syllables;
#: else the "what" and "a" of a question would be left out with it.
LONG_WORD = 3


def too_long_sentences(draft: Draft) -> Iterator[Finding]:
    """Sentences and list items that nobody reads to the end."""
    for passage in draft.prose:
        for piece in pieces(passage.text):
            count = len(words(piece))
            if count > LONGEST_SENTENCE:
                yield passage.finding(
                    "too-long-sentences",
                    Severity.BLOCKING,
                    f"This sentence has {count} words: {quote(piece)}.",
                    f"Make two of it. No sentence has more than {LONGEST_SENTENCE}.",
                )


def long_sentences(draft: Draft) -> Iterator[Finding]:
    """Sentences longer than they should be, where they are not the exception."""
    said = [
        (passage, sentence, len(words(sentence)))
        for passage in draft.prose
        for sentence in sentences(passage.text)
    ]
    long = [row for row in said if LONG_SENTENCE < row[2] <= LONGEST_SENTENCE]
    if len(long) <= max(1, len(said) * LONG_SHARE):
        return
    passage, sentence, count = max(long, key=lambda row: row[2])
    yield passage.finding(
        "long-sentences",
        Severity.ADVISORY,
        f"{len(long)} of {len(said)} sentences have more than {LONG_SENTENCE} words. "
        f"The longest has {count}: {quote(sentence)}.",
        "Say one thing in each sentence.",
    )


def reading_of(draft: Draft) -> Reading | None:
    """How hard the draft is to read; None while it has hardly a sentence."""
    text = "\n".join(passage.text for passage in draft.prose)
    if len(sentences(text)) < SENTENCES_TO_JUDGE:
        return None
    return reading(text, draft.language, _left_out(draft))


def _left_out(draft: Draft) -> set[str]:
    """Long words that have no plainer one: names, and what the page explains."""
    count = spanish_syllables if draft.language == "es" else syllables
    names = "\n".join([draft.title, *draft.other_words, *draft.names])
    named = {word.lower() for word in words(names)}
    return {
        word
        for word in named | set(explained_terms(draft.text))
        if count(word) >= LONG_WORD
    }


def hard_to_read(draft: Draft) -> Iterator[Finding]:
    """A page that too many readers would give up on."""
    result = reading_of(draft)
    if result and result.is_hard:
        yield Finding(
            "hard-to-read",
            Severity.ADVISORY,
            "",
            "The whole page",
            f"{result.sentence}.",
            "Use shorter sentences and everyday words.",
        )


def unexplained_short_forms(draft: Draft) -> Iterator[Finding]:
    """Abbreviations that readers may not know."""
    told = {word for line in draft.other_words for word in re.findall(r"\w+", line)}
    text = "\n".join(passage.text for passage in draft.prose)
    for form in unexplained(text, told):
        passage = next(place for place in draft.prose if form in place.text)
        yield passage.finding(
            "unexplained-short-forms",
            Severity.ADVISORY,
            f"“{form}” is not explained.",
            f"Write it out once, with the short form behind it: “… ({form})”.",
        )
