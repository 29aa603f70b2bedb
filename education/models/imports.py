"""Imported files: their lines as found, what came of them, and where drafts come from.

Nothing here is public. What a file held stays as it was found, so that every line of
it can be accounted for.
"""

from __future__ import annotations

from typing import Self

from django.contrib.auth.models import User
from django.db import models
from wagtail.models import Locale, Page

from education.import_vocabulary import (
    AnswerState,
    Danger,
    Disposition,
    ImportState,
    ItemDecision,
    ItemKind,
    LineRole,
    SourceFormat,
    SourceRights,
)
from education.models.clinical import ClinicalPage


class ImportedFile(models.Model):
    """One file, once: `sha256` is of its bytes.

    `done` of `total` pieces are stored while it is being sorted. `topics` and
    `left_out` are as in `education.importer.sources`. `loose_flags` are the flags of
    lines that belong to no question, each a Flag of `education.importer.findings` as
    data: no piece shows them.
    """

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=12, choices=SourceFormat.choices)
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, related_name="+")
    rights = models.CharField(max_length=16, choices=SourceRights.choices)
    credit = models.CharField(max_length=255, blank=True)
    topics = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    loose_flags = models.JSONField(default=list)
    state = models.CharField(
        max_length=8, choices=ImportState.choices, default=ImportState.SORTING
    )
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "locale"], name="imported_file_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ImportedLine(models.Model):
    """One line as found, and what became of it ("" until it is sorted)."""

    file = models.ForeignKey(
        ImportedFile, on_delete=models.CASCADE, related_name="lines"
    )
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    role = models.CharField(max_length=8, choices=LineRole.choices)
    section = models.CharField(max_length=255, blank=True)
    disposition = models.CharField(
        max_length=8, choices=Disposition.choices, blank=True
    )

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "number"], name="imported_line_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file}, {self.place}"


def _rank(field: str, *values: str) -> models.Case:
    """The place of a field's value among these; any other comes last."""
    places = [
        models.When(**{field: value}, then=models.Value(place))
        for place, value in enumerate(values)
    ]
    return models.Case(*places, default=models.Value(len(places)))


_DANGER_RANK = _rank("danger", *Danger.values)
_KIND_RANK = _rank("kind", ItemKind.TOPIC, ItemKind.QUESTION, ItemKind.MEDICINE)


class ImportedItemQuerySet(models.QuerySet):
    def to_decide(self) -> Self:
        return self.filter(decision=ItemDecision.OPEN)

    def with_drafts(self) -> Self:
        """Those that went into a page which is there."""
        return self.filter(decision__in=IN_A_PAGE, page__isnull=False)

    def in_order(self) -> Self:
        return self.order_by("kind", "position")

    def as_in_the_file(self) -> Self:
        """Topics first, for the rest belongs to them; then questions, and medicines."""
        return self.order_by(_KIND_RANK, "position")

    def gravest_first(self) -> Self:
        """What could do most harm first, then as in the file."""
        return self.order_by(_DANGER_RANK, _KIND_RANK, "position")

    def counted(self) -> Self:
        """How many there are of each kind, topic, decision, state and danger."""
        groups = self.order_by().values("kind", "topic", "decision", "state", "danger")
        return groups.annotate(count=models.Count("pk"))


#: Decisions by which something of an imported file went into a page.
IN_A_PAGE = (ItemDecision.ACCEPTED, ItemDecision.SECTION, ItemDecision.MERGED)


class ImportedItem(models.Model):
    """A piece that a clinician decides on: a group of questions, a topic, a medicine.

    `content` is the Group, FoundTopic or FoundMedicine of `education.importer.findings`
    as data. `key` is what it is about and stays the same in a file that has grown;
    `digest` changes with its lines. `danger` is that of its gravest flag, or "".
    `page` is the draft that was made of it or the page that it went into; `revision_id`
    the revision that this made.
    """

    file = models.ForeignKey(
        ImportedFile, on_delete=models.CASCADE, related_name="items"
    )
    kind = models.CharField(max_length=8, choices=ItemKind.choices)
    key = models.CharField(max_length=200, db_index=True)
    digest = models.CharField(max_length=64)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    topic = models.CharField(max_length=255, blank=True)
    state = models.CharField(max_length=8, choices=AnswerState.choices)
    danger = models.CharField(max_length=8, choices=Danger.choices, blank=True)
    content = models.JSONField()
    decision = models.CharField(
        max_length=9, choices=ItemDecision.choices, default=ItemDecision.OPEN
    )
    reason = models.CharField(max_length=255, blank=True)
    page = models.ForeignKey(
        ClinicalPage, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revision_id = models.BigIntegerField(null=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = ImportedItemQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "kind", "key"], name="imported_item_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["file", "kind", "position"], name="imported_items_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ProvenanceQuerySet(models.QuerySet):
    def carry_over(self, page: Page, to: Page) -> None:
        """Note on a copy of a page where the words of the page came from."""
        rows = list(self.filter(page=page.pk))
        for row in rows:
            row.pk, row.page_id = None, to.pk
        self.bulk_create(rows)


class Provenance(models.Model):
    """From which lines of which file the words of a page came.

    `words` are those that were found, to tell whether the page still says them;
    `rights` whether it may. What is noted stays when the file's record is deleted.
    """

    page = models.ForeignKey(
        ClinicalPage, on_delete=models.CASCADE, related_name="provenance"
    )
    item = models.ForeignKey(
        ImportedItem, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    places = models.TextField()
    words = models.TextField(blank=True)
    rights = models.CharField(max_length=16, choices=SourceRights.choices)
    credit = models.CharField(max_length=255, blank=True)
    noted_at = models.DateTimeField()

    objects = ProvenanceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "item"], name="provenance_of_an_item_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page}, from {self.file_name}"
