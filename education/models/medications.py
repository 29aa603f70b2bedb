from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from education.blocks import CareCardsBlock
from education.models.beside import beside, marked, may_stand_beside
from education.models.brands import Brand
from education.models.clinical import ClinicalPage
from education.models.clinical_lists import ClinicalPageQuerySet
from education.models.contents import Entry, contents_of
from education.models.editing import tabs
from education.models.manuscript import Rows
from education.models.medicine_parts import LINES, PARTS
from education.models.tags import Tag
from education.models.topics import TopicPage
from education.richtext import PROSE, plain_text
from education.vocabulary import (
    Approvals,
    CareLevel,
    ControlledSchedule,
    Kind,
    PrescriptionStatus,
    TagGroup,
)
from education.writing.findings import Finding

if TYPE_CHECKING:
    from education.models.references import Reference


def _line(help_text: str) -> models.CharField:
    return models.CharField(max_length=120, blank=True, help_text=help_text)


def _text(help_text: str = "") -> RichTextField:
    return RichTextField(blank=True, features=PROSE, help_text=help_text)


class MedicationPage(ClinicalPage):
    """The profile of one medicine, by its generic name."""

    page_kind = Kind.MEDICINE
    approvals_needed = Approvals.TWO
    usual_review_months = 24
    #: What editors and readers call the parts, by field.
    headings: ClassVar[dict[str, str]] = {
        part.field: part.heading for part in (*LINES, *PARTS)
    }

    generic_name = models.CharField(
        max_length=120,
        blank=True,
        help_text="The name of the active ingredient, in lower case.",
    )
    pronunciation = models.CharField(
        max_length=120,
        blank=True,
        help_text='How to say it, for example "eye-byoo-PROH-fen".',
    )
    prescription_status = models.CharField(
        max_length=16,
        choices=PrescriptionStatus.choices,
        default=PrescriptionStatus.PRESCRIPTION,
    )
    controlled_schedule = models.CharField(
        max_length=4,
        choices=ControlledSchedule.choices,
        default=ControlledSchedule.NONE,
        help_text="Of the US Controlled Substances Act.",
    )
    drowsiness = _line("In a few words. The text on driving says more.")
    alcohol = _line("In a few words. The text on food and alcohol says more.")
    longest_use = _line(
        "The longest use that the sources name, without asking a doctor again."
    )
    boxed_warning = _text("The label's boxed warning, in plain words. Shown first.")
    key_facts = _text("Three to six facts that everybody should know.")
    uses = _text()
    who_can = _text()
    who_cannot = _text("Who should ask first, and why.")
    how_to_take = _text("What the label says. Any dose needs a source.")
    missed_dose = _text()
    too_much = _text("Needs an emergency card below.")
    too_much_cards = StreamField(CareCardsBlock(), blank=True)
    stopping = _text("Say so when stopping suddenly is dangerous.")
    side_effects_common = _text()
    side_effects_serious = _text()
    side_effects_cards = StreamField(CareCardsBlock(), blank=True)
    coping = _text()
    interactions_medicines = _text()
    interactions_food_alcohol = _text()
    driving = _text()
    pregnancy_breastfeeding = _text()
    children = _text()
    older_adults = _text()
    storage = _text()

    content_panels = [
        *ClinicalPage.title_panels,
        MultiFieldPanel(
            [
                FieldPanel("generic_name"),
                FieldPanel("pronunciation"),
                FieldPanel("prescription_status"),
                FieldPanel("controlled_schedule"),
            ],
            heading="What it is",
        ),
        MultiFieldPanel(
            [FieldPanel(line.field, heading=line.heading) for line in LINES],
            heading="In a line, to compare medicines",
        ),
        InlinePanel("brands", heading="Brand names", label="brand"),
        FieldPanel("care_cards"),
        FieldPanel("boxed_warning"),
        *(
            FieldPanel(name, heading=heading)
            for part in PARTS
            for name, heading in (
                (part.field, part.heading),
                (part.cards, f"{part.heading}: care cards"),
            )
            if name
        ),
    ]
    finding_panels = [
        InlinePanel("use_rows", heading="Used for", label="topic"),
        *ClinicalPage.finding_panels,
    ]
    edit_handler = tabs(
        content_panels,
        finding_panels,
        ClinicalPage.source_panels,
        ClinicalPage.review_panels,
    )

    template = "education/medicine.html"
    page_description = "One medicine: what it is for, how to take it, what to watch."

    class Meta:
        verbose_name = "medicine"

    def clean(self) -> None:
        super().clean()
        self.generic_name = self.generic_name.strip()
        if self.slug == "compare":
            raise ValidationError({"slug": "Medicines are compared at this address."})
        if self.generic_name and self._name_is_taken():
            raise ValidationError(
                {"generic_name": "There is a page on this medicine already."}
            )

    def _name_is_taken(self) -> bool:
        return (
            MedicationPage.objects.filter(
                generic_name__iexact=self.generic_name, locale_id=self.locale_id
            )
            .exclude(pk=self.pk)
            .exists()
        )

    def missing(self, rows: Rows | None = None) -> Iterator[Finding]:
        yield from super().missing(rows)
        if not self.generic_name:
            yield self.lacks("generic_name", "Give the generic name.")
        if plain_text(self.too_much) and not any(
            card.value["level"] == CareLevel.EMERGENCY for card in self.too_much_cards
        ):
            yield self.lacks(
                "too_much_cards",
                "Add one: whoever took too much must see at once what to do.",
                "There is no emergency card.",
            )

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | self.facts()

    def facts(self) -> dict[str, Any]:
        """What the table of facts shows beside the fields of the page."""
        return {"brands": self.own_brands, "classes": self.classes}

    @cached_property
    def own_brands(self) -> list[Brand]:
        return list(self.brands.all())

    @property
    def classes(self) -> list[Tag]:
        """The tags that say what kind of medicine it is."""
        return [tag for tag in self.own_tags if tag.group == TagGroup.MEDICINE_CLASS]

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The parts that have something to say, in order: for the page's template."""
        found = []
        for part in PARTS:
            text = getattr(self, part.field)
            cards = getattr(self, part.cards) if part.cards else []
            if plain_text(text) or cards:
                found.append({"part": part, "text": text, "cards": cards})
        return found

    def contents(
        self, related: dict[str, list[ClinicalPage]], references: Iterable[Reference]
    ) -> list[Entry]:
        parts = (found["part"] for found in self.parts)
        alike = Entry("alike", "Other medicines of this kind")
        return contents_of(
            (Entry(part.anchor, part.heading) for part in parts),
            [
                (Entry("questions", "Questions people ask"), related["questions"]),
                (Entry("used-for", "Used for"), related["topics"]),
                (alike, related["medicines"]),
                (Entry("sources", "Sources"), references),
            ],
        )

    @property
    def lines(self) -> list[dict[str, str]]:
        """What can be said in a line and is said, for the facts table."""
        said = [(line.heading, getattr(self, line.field)) for line in LINES]
        return [{"heading": head, "text": text} for head, text in said if text]

    @property
    def is_controlled(self) -> bool:
        return self.controlled_schedule != ControlledSchedule.NONE

    def related_filter(self) -> models.Q:
        """What it is used for, the questions that name it, and medicines beside it."""
        return (
            models.Q(topicpage__medicine_rows__page=self)
            | models.Q(faqpage__medicine_rows__medicine=self)
            | may_stand_beside(self)
        )

    def related_pages(self, pages: ClinicalPageQuerySet) -> ClinicalPageQuerySet:
        found = super().related_pages(marked(pages, self))
        return found.select_related("medicationpage").as_listed(
            "faqpage__short_answer", "medicationpage__interactions_medicines"
        )

    def related(self, language: str, now: datetime) -> dict[str, list[ClinicalPage]]:
        """Also "named" and "naming": medicines in the interactions of one another.

        "medicines" are others of this kind.
        """
        found = super().related(language, now)
        return found | beside(self, found["medicines"])


class MedicationUse(Orderable):
    page = ParentalKey(
        MedicationPage, on_delete=models.CASCADE, related_name="use_rows"
    )
    topic = models.ForeignKey(
        TopicPage, on_delete=models.CASCADE, related_name="medicine_rows"
    )

    panels = [FieldPanel("topic")]

    def __str__(self) -> str:
        return str(self.topic)
