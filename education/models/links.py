"""Links between pages, as readers meet them in running text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.html import format_html
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from education.language import current_language
from education.models.published import PublishedQuerySet, public_address

_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


class PublishedPageLink(PageLinkHandler):
    """A link to another page, only while the public may read that page.

    Editors can choose any page, drafts too. The words of the link stay; where it would
    lead nowhere, or give away that a draft exists, they are plain text.
    """

    @classmethod
    def expand_db_attributes_many(
        cls, attrs_list: Sequence[Mapping[str, str]]
    ) -> list[str]:
        wanted = [attrs.get("id", "") for attrs in attrs_list]
        # A crafted request may store anything; a database fails on what is no number.
        numbers = [pk for pk in wanted if _NUMBER.fullmatch(pk)]
        pages = PublishedQuerySet(Page).filter(pk__in=numbers)
        paths = {
            str(pk): url_path
            for pk, url_path in pages.published(
                current_language(), timezone.now()
            ).values_list("pk", "url_path")
        }
        return [
            format_html('<a href="{}">', public_address(paths[pk]))
            if pk in paths
            else "<a>"
            for pk in wanted
        ]
