"""What the demonstration brought, so that exactly that can be taken away again."""

from __future__ import annotations

from typing import Self

from django.db import models

REMOVED = "removed"


class DemonstrationItemQuerySet(models.QuerySet):
    def holds(self, thing: models.Model) -> bool:
        """Whether the demonstration brought this page, tag or account."""
        return self.filter(kind=_kind_of(thing), object_id=thing.pk).exists()

    def ids(self, model: type[models.Model]) -> list[int]:
        """The primary keys of everything of this model that it brought."""
        rows = self.filter(kind=model._meta.label_lower)
        return list(rows.values_list("object_id", flat=True))

    def pages(self) -> Self:
        """The pages that it brought."""
        return self.filter(kind="wagtailcore.page")

    def note_removal(self) -> None:
        """Remember that somebody took it away, so that no start brings it back."""
        self.get_or_create(kind=REMOVED, object_id=0)

    def was_removed(self) -> bool:
        return self.filter(kind=REMOVED).exists()

    def forget_removal(self) -> None:
        self.filter(kind=REMOVED).delete()

    def note(self, thing: models.Model) -> None:
        """Remember that the demonstration brought this."""
        self.get_or_create(kind=_kind_of(thing), object_id=thing.pk)


def _kind_of(thing: models.Model) -> str:
    """The label of the table that gives the thing its primary key."""
    parents = thing._meta.get_parent_list()
    return (parents[-1] if parents else type(thing))._meta.label_lower


class DemonstrationItem(models.Model):
    """One page, tag or account that came with the demonstration content."""

    kind = models.CharField(max_length=100)
    object_id = models.BigIntegerField()

    objects = DemonstrationItemQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="one_row_a_demonstration_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
