"""The editing form of clinical pages, and its tabs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from taggit.utils import parse_tags
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import ObjectList, Panel, TabbedInterface

from education.models.tags import Tag


class ClinicalPageForm(WagtailAdminPageForm):
    """The editing form: a draft may be unfinished, what is handed over may not."""

    def clean_tags(self) -> list[str]:
        """The chosen tags by name. Wagtail would drop an unknown one in silence."""
        known = {name.casefold(): name for name in Tag.objects.names()}
        typed = parse_tags(self["tags"].data or "")
        unknown = [word for word in typed if word.casefold() not in known]
        if unknown:
            raise ValidationError(
                f"There is no tag named {', '.join(unknown)}. Choose from the list, or "
                "ask a vocabulary manager to add it."
            )
        return [known[word.casefold()] for word in typed]

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.is_deferred_validation:
            return True
        counts = {name: _kept_rows(formset) for name, formset in self.formsets.items()}
        for name, sentence in self.instance.unmet_needs(counts).items():
            self.add_error(name if name in self.fields else None, sentence)
        return not self.errors


def _kept_rows(formset: Any) -> int:
    return sum(
        1 for row in formset.cleaned_data if row and not row.get("DELETE", False)
    )


def tabs(
    content: list[Panel],
    finding: list[Panel],
    sources: list[Panel],
    review: list[Panel],
) -> TabbedInterface:
    """The editing form's tabs, in the order in which a clinician thinks."""
    return TabbedInterface(
        [
            ObjectList(content, heading="Content"),
            ObjectList(finding, heading="Find it"),
            ObjectList(sources, heading="Sources"),
            ObjectList(review, heading="Review"),
        ]
    )
