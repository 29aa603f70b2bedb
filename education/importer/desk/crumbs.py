from __future__ import annotations

from django.urls import reverse

from education.models import ImportedFile


def crumbs(file: ImportedFile | None, here: str) -> list[dict[str, str]]:
    """The way from the CMS's first page to this one, for its header."""
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("imports:files"), "label": "Imports"},
    ]
    if file:
        url = reverse("imports:overview", args=[file.pk])
        way.append({"url": url, "label": file.name})
    return [*way, {"url": "", "label": here}]
