"""The rules of good writing for patients, one function each.

A blocking finding keeps a page from being handed over; an advisory one does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from education.richtext import plain_text
from education.writing.copied import copied_words
from education.writing.findings import Draft, Finding, Passage, Severity
from education.writing.likeness import alike
from education.writing.safety import missing_care_card, missing_sources
from education.writing.sentences import quote
from education.writing.style import (
    hard_to_read,
    long_sentences,
    too_long_sentences,
    unexplained_short_forms,
)

_TAG = re.compile(r"<(/?a|embed)\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)

Rule = Callable[[Draft], Iterator[Finding]]


def images_without_words(draft: Draft) -> Iterator[Finding]:
    """Images that say nothing to whoever cannot see them."""
    for passage in draft.passages:
        for source in passage.sources:
            for tag, attributes, _ in _tags(source):
                image = tag == "embed" and attributes.get("embedtype") == "image"
                if image and not attributes.get("alt", "").strip():
                    yield passage.finding(
                        "images-without-words",
                        Severity.BLOCKING,
                        "An image has no description.",
                        "Say in a few words what it shows, for people who cannot see "
                        "it; or take it out.",
                    )


def _tags(source: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Each link and embed: its name, its attributes, and the words up to the next."""
    tags = list(_TAG.finditer(source))
    ends = [tag.start() for tag in tags[1:]] + [len(source)]
    for tag, end in zip(tags, ends, strict=False):
        attributes = {
            name.lower(): double or single
            for name, double, single in _ATTRIBUTE.findall(tag[2])
        }
        yield tag[1].lower(), attributes, plain_text(source[tag.end() : end])


def links_that_lead_nowhere(draft: Draft) -> Iterator[Finding]:
    """Links that the public sees as plain words, because the page is not public."""
    for passage in draft.passages:
        for number, said in linked_pages(passage):
            if reason := draft.linked.get(number, ""):
                yield passage.finding(
                    "links-that-lead-nowhere",
                    Severity.ADVISORY,
                    f"The link {quote(said or 'without words')} leads to {reason}. "
                    "Readers see its words, but no link.",
                    "Choose another page or take the link out. It starts to work "
                    "when that page is published.",
                )


def linked_pages(passage: Passage) -> Iterator[tuple[str, str]]:
    """Which pages a passage links to: number as stored, and words."""
    for source in passage.sources:
        for tag, attributes, inside in _tags(source):
            if tag == "a" and attributes.get("linktype") == "page":
                yield attributes.get("id", ""), inside


def questions_asked_before(draft: Draft) -> Iterator[Finding]:
    """Another page that seems to answer the same question."""
    seen = set()
    for other in draft.questions:
        if other.page_id in seen or not alike(
            draft.title, other.wording, draft.language
        ):
            continue
        seen.add(other.page_id)
        yield Finding(
            "questions-asked-before",
            Severity.ADVISORY,
            "title",
            "Question",
            f"Another page seems to ask the same: “{other.title}”",
            "If it does, add to that page, and give this wording to its other words.",
            page_id=other.page_id,
        )


#: In the order in which editors meet what they find.
RULES: tuple[Rule, ...] = (
    missing_sources,
    missing_care_card,
    copied_words,
    images_without_words,
    too_long_sentences,
    questions_asked_before,
    links_that_lead_nowhere,
    unexplained_short_forms,
    long_sentences,
    hard_to_read,
)


def check(draft: Draft) -> list[Finding]:
    """Everything that the rules find in the draft, blocking findings first."""
    found = [finding for rule in RULES for finding in rule(draft)]
    return sorted(dict.fromkeys(found), key=lambda finding: not finding.is_blocking)
