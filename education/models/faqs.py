from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, TitleFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import StreamField
from wagtail.models import Orderable

from education.blocks import AnswerBlock
from education.models.clinical import ClinicalPage
from education.models.editing import tabs
from education.models.manuscript import Rows, rows_of
from education.models.medications import MedicationPage
from education.models.topics import TopicPage
from education.vocabulary import AnswerScope, Kind
from education.writing.findings import Finding

MOST_RELATED = 3


def question_key(question: str) -> str:
    """The question without case, accents, punctuation and spare spaces.

    Two questions with one key are the same question.
    """
    folded = unicodedata.normalize("NFKD", question.casefold())
    letters = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return " ".join(re.findall(r"\w+", letters))[:255]


class FAQPage(ClinicalPage):
    """A question as people ask it, with a short answer that stands alone."""

    page_kind = Kind.QUESTION
    headings: ClassVar[dict[str, str]] = {"title": "Question", "topic_rows": "Topics"}

    question_key = models.CharField(max_length=255, editable=False, db_index=True)
    short_answer = models.CharField(
        max_length=300,
        blank=True,
        help_text="The answer in one to three plain sentences. It stands alone: it "
        "is read aloud, shown in lists and in search results.",
    )
    scope = models.CharField(
        "what the answer is about",
        max_length=16,
        choices=AnswerScope.choices,
        default=AnswerScope.GENERAL,
        help_text="An answer on medicines or on when to get help needs a care card "
        "and a source.",
    )
    answer = StreamField(AnswerBlock(), blank=True, help_text="The whole answer.")

    content_panels = [
        TitleFieldPanel(
            "title",
            heading="Question",
            help_text='As people ask it. It ends with "?".',
            placeholder="What is a muscle cramp?",
        ),
        *ClinicalPage.title_panels[1:],
        FieldPanel("short_answer", widget=AdminAutoHeightTextInput),
        FieldPanel("scope"),
        FieldPanel("care_cards"),
        FieldPanel("answer"),
    ]
    finding_panels = [
        InlinePanel(
            "topic_rows",
            heading="Topics",
            label="topic",
            help_text="The first is the main one; the page stands under it.",
        ),
        InlinePanel("medicine_rows", heading="Medicines", label="medicine"),
        InlinePanel(
            "related_rows",
            heading="Related questions",
            label="related question",
            max_num=MOST_RELATED,
            help_text="At most three.",
        ),
        *ClinicalPage.finding_panels,
    ]
    edit_handler = tabs(
        content_panels,
        finding_panels,
        ClinicalPage.source_panels,
        ClinicalPage.review_panels,
    )

    template = "education/question.html"
    page_description = "One question, its short answer, and the whole answer."

    class Meta:
        verbose_name = "question"

    def clean(self) -> None:
        super().clean()
        self.question_key = question_key(self.title)
        self.short_answer = " ".join(self.short_answer.split())
        errors: dict[str, Any] = {}
        if twin := self._twin():
            errors["title"] = f'This question is here already: "{twin.title}"'
        if self.related_rows.count() > MOST_RELATED:
            errors["__all__"] = "A question has at most three related questions."
        if errors:
            raise ValidationError(errors)

    def _twin(self) -> FAQPage | None:
        """Another page of this language that asks the same, live or as a draft."""
        return (
            FAQPage.objects.filter(
                question_key=self.question_key, locale_id=self.locale_id
            )
            .exclude(pk=self.pk)
            .first()
        )

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.question_key = question_key(self.title)
        return super().save(*args, **kwargs)

    def missing(self, rows: Rows | None = None) -> Iterator[Finding]:
        yield from super().missing(rows)
        if not self.title.rstrip().endswith("?"):
            yield self.lacks(
                "title",
                "End it with one, and ask as people ask.",
                "A question ends with a question mark (?).",
            )
        if not self.short_answer.strip():
            yield self.lacks("short_answer", "Write the short answer.")
        if not rows_of(self, "topic_rows", rows):
            yield self.lacks(
                "topic_rows",
                'Choose the topic that the question belongs to, under "Find it".',
            )

    @property
    def main_topic(self) -> TopicPage | None:
        """The topic under which the question stands."""
        row = self.topic_rows.select_related("topic").first()
        return row.topic if row else None

    def related_filter(self) -> models.Q:
        """Its topics, the medicines it names, and its related questions."""
        return (
            models.Q(topicpage__question_rows__page=self)
            | models.Q(medicationpage__question_rows__page=self)
            | models.Q(faqpage__asked_beside__page=self)
        )


class QuestionTopic(Orderable):
    page = ParentalKey(FAQPage, on_delete=models.CASCADE, related_name="topic_rows")
    topic = models.ForeignKey(
        TopicPage, on_delete=models.CASCADE, related_name="question_rows"
    )

    panels = [FieldPanel("topic")]

    def __str__(self) -> str:
        return str(self.topic)


class QuestionMedicine(Orderable):
    page = ParentalKey(FAQPage, on_delete=models.CASCADE, related_name="medicine_rows")
    medicine = models.ForeignKey(
        MedicationPage, on_delete=models.CASCADE, related_name="question_rows"
    )

    panels = [FieldPanel("medicine")]

    def __str__(self) -> str:
        return str(self.medicine)


class RelatedQuestion(Orderable):
    page = ParentalKey(FAQPage, on_delete=models.CASCADE, related_name="related_rows")
    question = models.ForeignKey(
        FAQPage, on_delete=models.CASCADE, related_name="asked_beside"
    )

    panels = [FieldPanel("question")]

    def __str__(self) -> str:
        return str(self.question)
