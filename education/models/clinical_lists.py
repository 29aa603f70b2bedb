"""Lists of topics, questions and medicines: which pages, and with what of each."""

from __future__ import annotations

from typing import Self

from django.db import models

from education.models.published import PublishedManager, PublishedQuerySet
from education.models.tags import TaggedPage
from education.vocabulary import Kind

#: Where Django keeps the fields of each kind of page.
PARTS = {
    Kind.TOPIC: "topicpage",
    Kind.QUESTION: "faqpage",
    Kind.MEDICINE: "medicationpage",
}


class ClinicalPageQuerySet(PublishedQuerySet):
    def of_kind(self, kind: Kind | str) -> Self:
        return self.filter(kind=kind)

    def tagged(self, *slugs: str) -> Self:
        """Pages that carry every one of these tags."""
        pages = self
        for slug in slugs:
            rows = TaggedPage.objects.filter(
                tag__slug=slug, content_object=models.OuterRef("pk")
            )
            pages = pages.filter(models.Exists(rows))
        return pages

    def newest(self) -> Self:
        """The most recently published first."""
        return self.order_by("-last_published_at", "pk")

    def with_parts(self) -> Self:
        """With the fields of each kind at hand, in the same statement."""
        return self.select_related(*PARTS.values(), "locale")

    def with_review_date(self) -> Self:
        """With `reviewed_at`: when the whole page was last signed off."""
        return self.annotate(
            reviewed_at=models.F("review_schedule__sign_off__signed_at")
        )

    def as_listed(self, *more: str) -> Self:
        """With what a list shows of a page, and these fields; no text besides."""
        return self.only("title", "kind", "summary", "url_path", *more)


ClinicalPageManager = PublishedManager.from_queryset(ClinicalPageQuerySet)
