"""Clinical codes, by which a health record finds a page."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from education.vocabulary import CodeSystem

_SHAPES = {
    CodeSystem.ICD_10_CM: re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?"),
    CodeSystem.SNOMED_CT: re.compile(r"[1-9][0-9]{5,17}"),
    CodeSystem.RXNORM: re.compile(r"[1-9][0-9]{0,7}"),
}


def check_code(system: str, code: str) -> None:
    """Raise ValidationError when the code cannot be one of this system.

    ICD-10-CM codes are looked up in the CDC's tables; of the others the shape is
    checked, because their tables may not be passed on.
    """
    if not _SHAPES[CodeSystem(system)].fullmatch(code):
        raise ValidationError(
            f'"{code}" is not how {CodeSystem(system).label} codes look.'
        )
    if system == CodeSystem.ICD_10_CM:
        # Loaded when it is first needed: it reads 11 MB of tables.
        import simple_icd_10_cm as icd10

        if not icd10.is_valid_item(code):
            raise ValidationError(f'ICD-10-CM has no code "{code}".')


class ClinicalCode(Orderable):
    """What the page is about, as a health record says it."""

    page = ParentalKey(
        "education.ClinicalPage", on_delete=models.CASCADE, related_name="codes"
    )
    system = models.CharField(max_length=16, choices=CodeSystem.choices)
    code = models.CharField(max_length=32)
    display = models.CharField(
        max_length=255, help_text="The name that the code system gives it."
    )

    panels = [FieldPanel("system"), FieldPanel("code"), FieldPanel("display")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["system", "code"])]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "system", "code"],
                name="one_code_once_a_page",
                violation_error_message="This code is on the page already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.code} {self.display}"

    def clean(self) -> None:
        super().clean()
        self.code = self.code.strip().upper()
        if self.system and self.code:
            try:
                check_code(self.system, self.code)
            except ValidationError as error:
                raise ValidationError({"code": error}) from error
