from __future__ import annotations

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from education.importer.desk.access import IMPORTING


class ImportsMenuItem(MenuItem):
    """In the main menu, for those who may make drafts of what a file holds."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(IMPORTING)
