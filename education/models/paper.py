"""What a page is made of when it is handed out on paper."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

HANDOUT = "handout"
TEMPLATE = "education/handouts/handout.html"


class OnPaper(models.Model):
    """A page that can be printed as a handout, a draft of it only to look at."""

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [("", "Page"), (HANDOUT, "Handout")]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """As Wagtail's; a handout is marked as a draft on every sheet."""
        if mode_name != HANDOUT:
            return super().serve_preview(request, mode_name)
        context = {"sheets": [self.on_paper()], "is_draft": True}
        return TemplateResponse(request, TEMPLATE, context)

    def on_paper(self) -> dict[str, Any]:
        """What the template of a sheet shows beyond the page's own fields.

        Nothing of it is read before the template asks for it, but who stands for it.
        """
        return {
            "page": self,
            "text": f"education/handouts/{self.page_kind}.html",
            "references": self.references.all(),
            "standing": self.standing(),
        } | self.facts()

    def facts(self) -> dict[str, Any]:
        """What else the template of this kind of page shows."""
        return {}
