"""What the checks found, as the panel shows it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from education.models import ClinicalPage
from education.models.editing import named_in
from education.models.manuscript import Rows
from education.models.writing import findings
from education.writing.findings import Finding


def checked(page: ClinicalPage, rows: Rows | None = None) -> dict[str, Any]:
    """What a template needs to show the findings on a page, or on its form's rows."""
    found, score = findings(page, timezone.now(), rows)
    places = _places(type(page))
    shown = [_shown(finding, places) for finding in found]
    return {
        "blocking": [row for row in shown if row["finding"].is_blocking],
        "advisory": [row for row in shown if not row["finding"].is_blocking],
        "score": score,
        "origins": list(page.provenance.order_by("pk")) if page.pk else [],
    }


def _shown(finding: Finding, places: dict[str, tuple[str, str]]) -> dict[str, Any]:
    tab, anchor = places.get(finding.field, ("", ""))
    return {"finding": finding, "tab": tab, "anchor": anchor}


def _places(page_type: type[ClinicalPage]) -> dict[str, tuple[str, str]]:
    """For each field or relation of the form: its tab, and the id of its panel.

    The ids follow Wagtail's own naming: tab by tab, panel by panel.
    """
    handler = page_type.get_edit_handler()
    places: dict[str, tuple[str, str]] = {}
    for tab, tab_id in zip(handler.children, handler.child_identifiers, strict=True):
        for panel, name in zip(tab.children, tab.child_identifiers, strict=True):
            place = (str(tab.heading), f"panel-child-{tab_id}-{name}-section")
            places |= dict.fromkeys(named_in(panel), place)
    return places
