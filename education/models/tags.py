"""The controlled vocabulary by which people find pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models, transaction
from django.db.models.functions import Lower
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision, TaskState

from education.models.body_places import PlacedOnTheBody
from education.vocabulary import TagGroup

IN_USE = (
    "Pages carry this tag, and its word was approved with them. Make a new tag and let "
    "the pages be approved with it."
)

#: Where a revision keeps its tags.
TAG_ROWS = "tagged_items"

IN_USE_AT = (
    "Readers see the address too. While pages carry the tag, it can only become its "
    'word: "{}".'
)

_ADDRESS = re.compile(r"/tags/([-\w]+)/", re.ASCII)


class TagQuerySet(models.QuerySet):
    def names(self) -> Self:
        return self.values_list("name", flat=True)

    def grouped(self) -> Self:
        """In the order in which people browse: by group, then by name."""
        order = models.Case(
            *(
                models.When(group=group, then=models.Value(place))
                for place, group in enumerate(TagGroup)
            ),
            default=models.Value(len(TagGroup)),
        )
        return self.order_by(order, Lower("name"))

    def carried_by(self, pages: models.QuerySet) -> Self:
        """Only tags that some of these pages carry."""
        rows = TaggedPage.objects.filter(
            tag=models.OuterRef("pk"), content_object__in=pages
        )
        return self.filter(models.Exists(rows))

    def with_page_counts(self, pages: models.QuerySet) -> Self:
        """Only tags that some of these pages carry, each with its `page_count`."""
        return self.filter(tagged_pages__content_object__in=pages).annotate(
            page_count=models.Count("tagged_pages")
        )

    def successors(self, ids: Iterable[int] | None = None) -> dict[int, int]:
        """By which tag each merged one is replaced; of these, or of all."""
        merged = Tag.every.filter(merged_into__isnull=False)
        if ids is not None:
            merged = merged.filter(pk__in=ids)
        return dict(merged.values_list("pk", "merged_into"))

    def now_at(self, slug: str, pages: models.QuerySet) -> Tag | None:
        """The tag to which an old address leads, after a merger or a new slug.

        None where there is none that some of these pages carry.
        """
        old = Tag.every.select_related("merged_into")
        tag = old.filter(slug=slug).first()
        if tag is None:
            rows = Redirect.objects.filter(old_path=f"/tags/{slug}").order_by("-pk")
            link = rows.values_list("redirect_link", flat=True).first()
            to = _ADDRESS.fullmatch(link or "")
            tag = old.filter(slug=to[1]).first() if to else None
        now = (tag.merged_into or tag) if tag else None
        return self.carried_by(pages).filter(pk=now.pk).first() if now else None


class OfferedTags(models.Manager.from_queryset(TagQuerySet)):
    """The vocabulary as it is now, without tags that were merged into others."""

    def get_queryset(self) -> TagQuerySet:
        return super().get_queryset().filter(merged_into__isnull=True)


class Tag(PlacedOnTheBody, ClusterableModel, TagBase):
    """A word of the vocabulary. Editors choose from it; a vocabulary manager adds."""

    free_tagging = False

    group = models.CharField(
        max_length=16,
        choices=TagGroup.choices,
        help_text="What the tag speaks of. The public browses by these groups.",
    )
    description = models.CharField(
        max_length=160,
        blank=True,
        help_text="What the tag is for, so that editors choose well. Only they see it.",
    )

    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged_tags",
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug", help_text="The last part of the tag's address."),
        FieldPanel("group"),
        FieldPanel("description"),
        FieldPanel("body_places"),
        InlinePanel(
            "labels",
            heading="In other languages",
            label="label",
            help_text="For readers of another language, once there are such pages.",
        ),
    ]

    objects = OfferedTags()
    every = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="one_tag_a_word",
                violation_error_message="There is a tag with this name already.",
            )
        ]

    def clean(self) -> None:
        super().clean()
        validate_slug(self.slug)
        self._check_merged_ones()
        before = Tag.objects.filter(pk=self.pk).first()
        if before is None or not before.is_in_use:
            return
        if before.name != self.name:
            raise ValidationError({"name": IN_USE})
        if before.slug != self.slug != self.slugify(self.name):
            raise ValidationError({"slug": IN_USE_AT.format(self.slugify(self.name))})

    def _check_merged_ones(self) -> None:
        """Their words and addresses stay taken, though nobody is offered them."""
        same = models.Q(name__iexact=self.name) | models.Q(slug=self.slug)
        merged = Tag.every.filter(same, merged_into__isnull=False)
        if twin := merged.exclude(pk=self.pk).select_related("merged_into").first():
            raise ValidationError(
                f'"{twin.name}" was merged into "{twin.merged_into}", and its address '
                "leads there. Use that tag, or choose another name and address."
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; the old address of a tag that pages carry leads to the new one."""
        before = Tag.every.filter(pk=self.pk).first() if self.pk else None
        with transaction.atomic():
            super().save(*args, **kwargs)
            if before and before.slug != self.slug and before.is_in_use:
                self._answer_for(before)

    def _answer_for(self, before: Tag) -> None:
        ours = Redirect.objects.filter(automatically_created=True)
        paths = [address.rstrip("/") for address in (before.address, self.address)]
        ours.filter(old_path__in=paths).delete()
        ours.filter(redirect_link=before.address).update(redirect_link=self.address)
        Redirect.objects.create(
            old_path=paths[0], redirect_link=self.address, automatically_created=True
        )

    @property
    def is_in_use(self) -> bool:
        """Whether a page carries it, live or not, or a version that may go live."""
        return self.tagged_pages.exists() or self.is_awaited

    @property
    def is_awaited(self) -> bool:
        """Whether a change, or what waits for approval or for its day, carries it."""
        changed = Page.objects.filter(live=True, has_unpublished_changes=True)
        versions = Revision.objects.page_revisions().filter(
            models.Q(pk__in=changed.values("latest_revision"))
            | models.Q(task_states__status=TaskState.STATUS_IN_PROGRESS)
            | models.Q(approved_go_live_at__isnull=False)
        )
        merged = Tag.every.filter(merged_into=self.pk).values_list("pk", flat=True)
        words = {self.pk, *merged}
        return any(
            row["tag"] in words
            for rows in versions.values_list("content__tagged_items", flat=True)
            for row in rows or ()
        )

    @property
    def is_needed(self) -> bool:
        """Whether pages carry it, or addresses of tags merged into it lead here."""
        merged = Tag.every.filter(models.Q(merged_into=self.pk) | models.Q(pk=self.pk))
        return self.is_in_use or merged.filter(merged_into__isnull=False).exists()

    def label_in(self, language: str) -> str:
        """The tag's word in this language, else its name."""
        for label in self.labels.all():
            if label.language == language:
                return label.label
        return self.name

    @property
    def address(self) -> str:
        return f"/tags/{self.slug}/"


class TagLabel(models.Model):
    """A tag's word in another language."""

    tag = ParentalKey(Tag, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(max_length=10)
    label = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "language"], name="one_label_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.label


class TaggedPage(ItemBase):
    """One tag on one page, whatever kind of page it is."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_pages")
    content_object = ParentalKey(
        "education.ClinicalPage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="one_tag_once_a_page"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; where the tag was merged meanwhile, the page carries its successor.

        Looked at after the row is written: a merger that began before has then ended,
        and one that begins later finds the row.
        """
        super().save(*args, **kwargs)
        successor = Tag.objects.successors([self.tag_id]).get(self.tag_id)
        if successor is None:
            return
        twins = TaggedPage.objects.filter(
            tag=successor, content_object=self.content_object_id
        )
        if twins.exists():
            self.delete()
            return
        TaggedPage.objects.filter(pk=self.pk).update(tag=successor)
        self.tag_id = successor


def with_current_tags(content: Mapping[str, Any]) -> dict[str, Any]:
    """A revision's content with the tags that its merged tags became, each once."""
    rows = content.get(TAG_ROWS) or []
    successors = Tag.objects.successors([row["tag"] for row in rows]) if rows else {}
    if not successors:
        return dict(content)
    kept: dict[int, Any] = {}
    for row in rows:
        tag = successors.get(row["tag"], row["tag"])
        kept.setdefault(tag, {**row, "tag": tag})
    return {**content, TAG_ROWS: list(kept.values())}


def current_tags(content: Mapping[str, Any]) -> set[int]:
    """The keys of the tags that a reader of this content finds; their order says
    nothing.
    """
    return {row["tag"] for row in with_current_tags(content).get(TAG_ROWS) or []}
