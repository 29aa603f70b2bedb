from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class Reference(Orderable):
    """A source that a reader can follow."""

    page = ParentalKey(
        "education.ClinicalPage", on_delete=models.CASCADE, related_name="references"
    )
    title = models.CharField(max_length=255)
    publisher = models.CharField(max_length=255)
    url = models.URLField("address", max_length=500)
    published = models.DateField(
        null=True, blank=True, help_text="Leave empty when the source does not say."
    )
    accessed = models.DateField(
        null=True, blank=True, help_text="The day on which you read the source."
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("publisher", help_text="Who stands behind the source."),
        FieldPanel("url"),
        FieldPanel("published"),
        FieldPanel("accessed"),
    ]

    def __str__(self) -> str:
        return self.title
