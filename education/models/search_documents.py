"""What the public search knows of a page. Filled by `education.search`."""

from __future__ import annotations

from django.db import models

from education.vocabulary import Kind


class SearchDocument(models.Model):
    """The analysed words of one published page, by how much they weigh.

    The database keeps its own full-text index beside this table. There is no foreign
    key: what befalls the index must not hold up the page.
    """

    page_id = models.IntegerField(primary_key=True)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = models.TextField()
    aliases = models.TextField()
    tags = models.TextField()
    summary = models.TextField()
    body = models.TextField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"Search document of page {self.page_id}"
