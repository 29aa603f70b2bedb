"""What the public search knows of a page. Filled by `education.search`."""

from __future__ import annotations

from django.db import models

from education.models.clinical import ClinicalPage
from education.vocabulary import Kind


class SearchDocument(models.Model):
    """The analysed words of one published page, by how much they weigh.

    `aliases` and `body` hold a line for each wording and each passage; line n of
    `passages` is line n of `body` as readers see it, of the revision `revision_id`.
    `names` are a medicine's names a line each, folded but not stemmed; `tag_ids` are
    the keys of its tags, spaced. The database keeps its own full-text index beside this
    table. The database does not watch over `page`: what befalls the index must not hold
    up the page, nor the other way round.
    """

    page = models.OneToOneField(
        ClinicalPage,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="search_document",
    )
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    revision_id = models.IntegerField(null=True)
    title = models.TextField()
    names = models.TextField(default="")
    aliases = models.TextField()
    tags = models.TextField()
    summary = models.TextField()
    body = models.TextField()
    tag_ids = models.TextField(default="")
    passages = models.TextField(default="")

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            # Read in place of the long rows, for the language of many pages.
            models.Index(fields=["page", "language"], name="searchdocument_language")
        ]

    def __str__(self) -> str:
        return f"Search document of page {self.page_id}"
