from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from education.blocks import SectionsBlock
from education.models.clinical import ClinicalPage
from education.models.contents import Entry, contents_of
from education.models.editing import tabs
from education.models.manuscript import Rows
from education.richtext import POINTS
from education.vocabulary import Kind
from education.writing.findings import Finding

if TYPE_CHECKING:
    from education.models.references import Reference


class TopicPage(ClinicalPage):
    """A health topic: what it is, when to get help, what helps."""

    page_kind = Kind.TOPIC

    key_points = RichTextField(
        blank=True,
        features=POINTS,
        help_text="Three to five short points that everybody should take away. They "
        "stand before the text and say nothing that the page does not say.",
    )
    sections = StreamField(
        SectionsBlock(),
        blank=True,
        help_text="Usual order: overview, symptoms, when to get help, what you can "
        "do, treatment, causes, who is more at risk, tests, prevention, what to "
        "expect.",
    )

    content_panels = [
        *ClinicalPage.content_panels,
        FieldPanel("key_points"),
        FieldPanel("sections"),
    ]
    finding_panels = [
        *ClinicalPage.finding_panels,
        InlinePanel(
            "related_rows",
            heading="Related topics",
            label="related topic",
            max_num=4,
            help_text="Questions and medicines that name this topic show by "
            "themselves.",
        ),
    ]
    edit_handler = tabs(
        content_panels,
        finding_panels,
        ClinicalPage.source_panels,
        ClinicalPage.review_panels,
    )

    template = "education/topic.html"
    page_description = "A condition, symptom, body part or treatment, in sections."

    class Meta:
        verbose_name = "health topic"

    def missing(self, rows: Rows | None = None) -> Iterator[Finding]:
        yield from super().missing(rows)
        if not self.sections:
            yield self.lacks("sections", "Write at least one section.")

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The sections in order, each with an anchor of its own on the page."""
        found: list[dict[str, Any]] = []
        times: dict[str, int] = {}
        for section in self.sections:
            aspect = section.value["aspect"].replace("_", "-")
            times[aspect] = times.get(aspect, 0) + 1
            again = "" if times[aspect] == 1 else f"-{times[aspect]}"
            found.append({"anchor": f"{aspect}{again}", "section": section})
        return found

    def contents(
        self, related: dict[str, list[ClinicalPage]], references: Iterable[Reference]
    ) -> list[Entry]:
        return contents_of(
            (Entry(part["anchor"], part["section"].value.title) for part in self.parts),
            [
                (Entry("questions", "Questions people ask"), related["questions"]),
                (Entry("medicines", "Medicines used for it"), related["medicines"]),
                (Entry("sources", "Sources"), references),
            ],
        )

    def related_filter(self) -> models.Q:
        """Questions and medicines that name this topic, and its related topics."""
        return (
            models.Q(faqpage__topic_rows__topic=self)
            | models.Q(medicationpage__use_rows__topic=self)
            | models.Q(pk__in=[row.topic_id for row in self.related_rows.all()])
        )


class RelatedTopic(Orderable):
    page = ParentalKey(TopicPage, on_delete=models.CASCADE, related_name="related_rows")
    topic = models.ForeignKey(TopicPage, on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("topic")]

    def __str__(self) -> str:
        return str(self.topic)
