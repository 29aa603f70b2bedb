"""The panel beside the editing form. It takes the place of Wagtail's own checks.

Those look at the preview, and grade it by a formula of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.forms.widgets import Script
from django.urls import reverse
from django.views import View
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel, ChecksSidePanel

from education.checks.shown import checked
from education.models import ClinicalPage


class WritingSidePanel(BaseSidePanel):
    """What to put right before handing over, and what to look at again."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Checks of the writing"
        icon_name = "glasses"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["count"] = len(self.panel.found(parent_context)["blocking"])
            return context

    name = "checks"
    title = "Checks"
    template_name = "education/admin/checks_panel.html"
    order = 350

    def found(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """What the checks find on the page, or in what was just typed and refused."""
        if not hasattr(self, "_found"):
            form = parent_context.get("form")
            rows = form.rows if form is not None and form.is_bound else None
            self._found = checked(self.object, rows)
        return self._found

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        # A page that is just being made has no number until it is saved first.
        context["url"] = reverse("checks:checks", args=[self.object.pk or 0])
        return {**context, **self.found(parent_context)}

    @property
    def media(self) -> Media:
        return Media(
            css={"all": ["education/css/checks.css"]},
            js=[Script("education/js/checks.js", type="module")],
        )


def with_checks(view: type[View]) -> type[View]:
    """A view that creates or edits pages, with the panel beside its form."""

    class WithChecks(view):
        def get_side_panels(self) -> MediaContainer:
            panels = list(super().get_side_panels())
            if not isinstance(self.page, ClinicalPage):
                return MediaContainer(panels)
            # Where Wagtail leaves its own out, the one that is shown stays.
            return MediaContainer(
                WritingSidePanel(self.page, self.request)
                if isinstance(panel, ChecksSidePanel)
                else panel
                for panel in panels
            )

    WithChecks.__name__ = WithChecks.__qualname__ = view.__name__
    return WithChecks
