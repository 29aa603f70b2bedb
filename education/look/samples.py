"""What the style page shows: each part of the public pages, by its real template.

A new component is shown by one `Sample` in the section where it belongs. The words here
are about the parts themselves, so that nobody takes them for advice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from education.blocks import BodyBlock, CareCardBlock
from education.narrowing import Choice, Shelf
from education.paging import part_of
from education.vocabulary import BrandStatus, CareLevel, Kind

HERE = "#top"
KEY_POINTS = "<ul><li>What everybody should take away.</li><li>No more.</li></ul>"
CARD_HEADINGS = {
    CareLevel.EMERGENCY: "Call an ambulance now if:",
    CareLevel.URGENT: "Call your doctor today if:",
    CareLevel.NON_URGENT: "See your doctor if:",
}


@dataclass(frozen=True)
class Sample:
    """A component with words in it; `says` tells when it is used."""

    says: str
    template: str
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def html(self) -> SafeString:
        return render_to_string(
            f"education/components/{self.template}.html", self.given
        )


@dataclass(frozen=True)
class BlockSample:
    """A piece that clinicians write with, with the words of its own preview."""

    says: str
    block: Any
    value: Any
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def html(self) -> SafeString:
        # Blocks escape what was typed into them.
        return mark_safe(self.block.render(self.value, self.given))  # noqa: S308


@dataclass(frozen=True)
class Section:
    anchor: str
    label: str
    samples: list[Sample | BlockSample]


def sections() -> list[Section]:
    return [
        Section("cards", "Care cards", _cards()),
        Section("text", "What text is made of", _blocks()),
        Section("answers", "Answers and facts", _answers()),
        Section("lists", "Lists, tags and ways on", _lists()),
        Section("notices", "Notices", _notices()),
        Section("forms", "Forms and their errors", _forms()),
        Section("trust", "Who reviewed it, and from which sources", _trust()),
    ]


def _cards() -> list[Sample | BlockSample]:
    block = CareCardBlock()
    by_level = [
        BlockSample(
            str(level.label),
            block,
            block.to_python(
                {
                    "level": level,
                    "heading": heading,
                    "reasons": ["a sign of this level", "another sign"],
                    "action": "<p>Where to go, and what to say there.</p>",
                }
            ),
            {"heading_level": 3},
        )
        for level, heading in CARD_HEADINGS.items()
    ]
    emergency = {
        "level": CareLevel.EMERGENCY,
        "level_label": CareLevel.EMERGENCY.label,
        "language": "en",
        "heading": "What search says first",
        "text": "The words of the card that belongs to what was typed.",
        "call": "tel:911",
        "action": "Call 911",
    }
    given = {"emergency": emergency, "heading_level": 3}
    return [*by_level, Sample("Above what a search found", "emergency_card", given)]


def _blocks() -> list[Sample | BlockSample]:
    return [
        BlockSample(str(block.label), block, block.get_preview_value())
        for block in BodyBlock().child_blocks.values()
    ]


def _answers() -> list[Sample | BlockSample]:
    answer = "The answer in a sentence or two, in words that stand alone."
    medicine = SimpleNamespace(
        generic_name="the generic name",
        pronunciation="how to say it",
        get_prescription_status_display="With or without a prescription",
        is_controlled=False,
    )
    brands = [
        SimpleNamespace(
            name=f"Brand {number}",
            status=status,
            get_status_display=status.label,
            note="what else is in it" if number > 1 else "",
        )
        for number, status in enumerate(BrandStatus, 1)
    ]
    facts = {"page": medicine, "brands": brands, "classes": _tags()[:1]}
    page = SimpleNamespace(live=True, address=HERE, title="The title of a page")
    named = {"pages": [page], "heading": "Medicines on this site"}
    short = SimpleNamespace(short_answer=answer)
    asked = [
        SimpleNamespace(title=title, address=HERE, faqpage=short)
        for title in ("A question that people ask?", "Another question?")
    ]
    return [
        Sample("At the head of a question", "short_answer", {"answer": answer}),
        Sample("At the head of a topic", "key_points", {"points": KEY_POINTS}),
        Sample("At the head of a medicine", "medicine_facts", facts),
        Sample("Under words that name medicines", "medicines_named", named),
        Sample("On a topic: each opens its answer", "questions", {"questions": asked}),
        Sample("What a reader can do with a page", "page_tools", {"page": page}),
    ]


def _lists() -> list[Sample | BlockSample]:
    pages = [
        SimpleNamespace(
            address=HERE,
            title=f"The title of a page: {kind.label}",
            kind=kind.value,
            kind_label=kind.label,
            summary="What a reader gets, in a sentence.",
        )
        for kind in Kind
    ]
    choices = [
        Choice("All", HERE, 12, is_chosen=True),
        Choice("Health topics", HERE, 7),
        Choice("Medicines", HERE, 5),
    ]
    return [
        Sample(
            "The way from the home page", "breadcrumbs", {"crumbs": [("Lists", HERE)]}
        ),
        Sample(
            "Pages of several kinds", "page_list", {"pages": pages, "is_mixed": True}
        ),
        Sample("Titles only", "link_list", {"pages": pages}),
        Sample("Tags", "tag_chips", {"tags": _tags()}),
        Sample("Ways to narrow a list", "choices", {"choices": choices}),
        Sample(
            "More ways, folded",
            "narrowing",
            {"heading": "Narrow by tag", "shelves": [Shelf("Body area", choices[1:])]},
        ),
        Sample("One thing that was found", "search_result", {"result": _result()}),
        *_ways_on(),
    ]


def _ways_on() -> list[Sample | BlockSample]:
    letters = [
        Choice(letter, HERE if letter in "ACM" else "", is_chosen=letter == "C")
        for letter in "ABCDEFGHIJKLM"
    ]
    part, _ = part_of(range(200), "6", 10)
    return [
        Sample("A to Z", "letters", {"letters": letters, "label": "Letters, a sample"}),
        Sample("Parts of a long list", "pagination", {"page_obj": part, "query": ""}),
        Sample("Search", "search_box", {"id": "sample-search", "label": "Its label"}),
    ]


def _result() -> SimpleNamespace:
    says = [("What was typed is ", False), ("marked", True), (" in the text.", False)]
    return SimpleNamespace(
        address=HERE,
        title="The title of a page",
        kind=Kind.TOPIC.value,
        kind_label=Kind.TOPIC.label,
        says=[SimpleNamespace(text=text, is_match=match) for text, match in says],
        tags=_tags(),
        reviewed_on=timezone.localdate(),
        is_pinned=True,
    )


def _tags() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(name="Calf", address=HERE, page_count=12),
        SimpleNamespace(name="Pain", address=HERE, page_count=3),
    ]


def _notices() -> list[Sample | BlockSample]:
    today = timezone.localdate()
    return [
        Sample("While the demonstration is here", "banner"),
        Sample(
            "What could not be done", "notices", {"notices": ["A sentence on why."]}
        ),
        Sample("A late review", "overdue", {"is_overdue": True, "reviewed_at": today}),
    ]


def _forms() -> list[Sample | BlockSample]:
    problem = "This is longer than 400 characters. Make it shorter."
    done = {"id": "sample-done", "title": "Thank you", "sentence": "What comes now."}
    return [
        Sample(
            "Above a form that is wrong; takes the focus",
            "error_summary",
            {"problem": problem, "field": "feedback-words"},
        ),
        Sample(
            "The form that is wrong",
            "feedback_words",
            {"most": 400, "problem": problem, "words": "What a reader wrote."},
        ),
        Sample("What was done", "success", done),
    ]


def _trust() -> list[Sample | BlockSample]:
    today = timezone.localdate()
    source = SimpleNamespace(
        url="https://example.org/",
        title="The title of a source",
        publisher="Who published it",
        published=today,
        accessed=today,
    )
    line = {
        "reviewers": "the name and the role of a reviewer",
        "reviewed_at": today,
        "due_on": today,
        "history": HERE,
    }
    return [
        Sample("At the end of a page", "review_line", line),
        Sample("Sources", "references", {"references": [source]}),
    ]
