from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from education.vocabulary import AliasKind


class Alias(Orderable):
    """Another word, or another wording, by which people look for a page."""

    page = ParentalKey(
        "education.ClinicalPage", on_delete=models.CASCADE, related_name="other_words"
    )
    text = models.CharField(max_length=255)
    kind = models.CharField(
        max_length=16, choices=AliasKind.choices, default=AliasKind.ALSO_CALLED
    )

    panels = [FieldPanel("text"), FieldPanel("kind")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_shown(self) -> bool:
        """Whether readers see it; other wordings of a question only help searching."""
        return self.kind != AliasKind.ASKED_AS

    @property
    def is_other_name(self) -> bool:
        """Whether it stands under the title: a medicine shows its brands elsewhere."""
        return self.is_shown and self.kind != AliasKind.BRAND
