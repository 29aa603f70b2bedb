"""What the public may see at this moment, whether or not a scheduler has run."""

from datetime import datetime
from typing import Self

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Lower
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet


def public_address(url_path: str) -> str:
    """Where the public reads a page, such as "/topics/muscle-cramps/".

    `url_path` is Wagtail's: it begins with the slug of the home page.
    """
    return "/" + url_path.split("/", 2)[-1]


class PublishedQuerySet(PageQuerySet):
    """Pages, with the only filter through which anything public reads them."""

    def published(self, language: str, now: datetime) -> Self:
        """Pages of this language that are live, public and within their dates.

        `language` is a code such as "en"; `now` is an aware moment. A page is private
        when it or any page above it has a view restriction.
        """
        return self.unrestricted(language).filter(
            Q(go_live_at__isnull=True) | Q(go_live_at__lte=now),
            Q(expire_at__isnull=True) | Q(expire_at__gt=now),
            live=True,
        )

    def unrestricted(self, language: str) -> Self:
        """Pages of this language that are not private, drafts too: not for readers."""
        path = ExpressionWrapper(OuterRef("path"), CharField())
        restrictions = PageViewRestriction.objects.annotate(candidate=path).filter(
            candidate__startswith=F("page__path")
        )
        return self.filter(~Exists(restrictions), locale__language_code=language)

    def at(self, section: str, slug: str) -> Self:
        """The one at this address, such as "/topics/muscle-cramps/", if it is here."""
        return self.filter(slug=slug, depth=4, url_path__endswith=f"/{section}/{slug}/")

    def alphabetical(self) -> Self:
        """By title; pages of one title stay in a fixed order, so that lists page."""
        return self.order_by(Lower("title"), "pk")


PublishedManager = PageManager.from_queryset(PublishedQuerySet)
