"""The controlled vocabulary by which people find pages."""

from __future__ import annotations

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.db.models.functions import Lower
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, InlinePanel

from education.vocabulary import TagGroup

IN_USE = (
    "Pages carry this tag, and its word was approved with them. Make a new tag and let "
    "the pages be approved with it."
)


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


class Tag(ClusterableModel, TagBase):
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
        InlinePanel(
            "labels",
            heading="In other languages",
            label="label",
            help_text="For readers of another language, once there are such pages.",
        ),
    ]

    objects = TagQuerySet.as_manager()

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
        before = Tag.objects.filter(pk=self.pk).first()
        if before and before.name != self.name and before.is_in_use:
            raise ValidationError({"name": IN_USE})

    @property
    def is_in_use(self) -> bool:
        """Whether a page carries it, live or not."""
        return self.tagged_pages.exists()

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
