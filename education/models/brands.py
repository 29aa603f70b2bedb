from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from education.vocabulary import BrandStatus


class Brand(Orderable):
    """A name under which the medicine is, or was, sold."""

    page = ParentalKey(
        "education.MedicationPage", on_delete=models.CASCADE, related_name="brands"
    )
    name = models.CharField(max_length=100)
    status = models.CharField(
        max_length=16, choices=BrandStatus.choices, default=BrandStatus.CURRENT
    )
    note = models.CharField(
        max_length=200,
        blank=True,
        help_text="A combination product says here what else it holds.",
    )

    panels = [FieldPanel("name"), FieldPanel("status"), FieldPanel("note")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_combination(self) -> bool:
        return self.status == BrandStatus.COMBINATION

    def clean(self) -> None:
        super().clean()
        if self.is_combination and not self.note.strip():
            raise ValidationError(
                {
                    "note": "A combination product says what else it holds, so that "
                    "nobody takes the same medicine twice."
                }
            )
