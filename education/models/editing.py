"""The editing form of clinical pages, and its tabs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from taggit.utils import parse_tags
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import ObjectList, Panel, TabbedInterface

from education.models.tags import TAG_ROWS, Tag, TaggedPage


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
        """Whether it may be saved or, where it is handed over, whether it is ready.

        Everything that keeps it back is named in one round.
        """
        valid = super().is_valid()
        if self.is_deferred_validation:
            return valid
        told = set(self.errors)
        for finding in self.instance.blocking_findings(self.rows):
            if finding.field in told:
                continue  # what is wrong there already comes first
            if finding.field in self.fields:
                self.add_error(finding.field, finding.sentence)
            else:
                place = f"“{tab_of(type(self.instance), finding.field)}” tab"
                self.add_error(None, f"{finding.label} ({place}): {finding.sentence}")
        return valid and not self.errors

    @property
    def rows(self) -> dict[str, list[Any]]:
        """The rows as they are filled in, by relation; those to be deleted left out."""
        rows = {name: _kept_rows(formset) for name, formset in self.formsets.items()}
        if "tags" in self.cleaned_data:
            chosen = Tag.objects.filter(name__in=self.cleaned_data["tags"])
            rows[TAG_ROWS] = [
                TaggedPage(tag=tag, content_object=self.instance) for tag in chosen
            ]
        return rows


def _kept_rows(formset: Any) -> list[Any]:
    """The rows that stay, in the order in which they are to stand."""
    filled = [form for form in formset.forms if getattr(form, "cleaned_data", None)]
    kept = [form for form in filled if not form.cleaned_data.get("DELETE", False)]
    kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or 0)
    return [form.instance for form in kept]


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


def tab_of(page_type: Any, field: str) -> str:
    """On which tab of the editing form editors find a field or its rows."""
    handler = page_type.get_edit_handler()
    for tab in handler.children:
        if field in named_in(tab):
            return str(tab.heading)
    return str(handler.children[0].heading)


def named_in(panel: Panel) -> Iterator[str]:
    """The fields and relations that a panel of the form, or one inside it, fills in."""
    for name in ("field_name", "relation_name"):
        if hasattr(panel, name):
            yield getattr(panel, name)
    for child in getattr(panel, "children", ()):
        yield from named_in(child)
