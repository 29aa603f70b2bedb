"""The pages that keep the others: the home page and one section a kind."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.models import Orderable, Page

from education.models.clinical import ClinicalPage
from education.models.clinical_lists import ClinicalPageQuerySet
from education.models.gate import GatedPage
from education.models.published import PublishedManager, public_address
from education.vocabulary import Kind


class HomePage(GatedPage, Page):
    """The front door of one language."""

    welcome = models.CharField(
        max_length=200,
        default="Health information you can trust",
        help_text="The heading of the page.",
    )
    introduction = models.CharField(
        max_length=300,
        blank=True,
        help_text="One or two plain sentences under the heading.",
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("welcome"),
        FieldPanel("introduction"),
        InlinePanel(
            "needed_rows",
            heading="Most needed",
            label="page",
            max_num=8,
            help_text="Pages that most visitors look for. Only published ones show.",
        ),
    ]
    edit_handler = TabbedInterface([ObjectList(content_panels, heading="Content")])

    template = "education/home.html"
    is_creatable = False
    can_be_withdrawn = False
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["education.SectionPage"]
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]

    objects = PublishedManager()

    class Meta:
        verbose_name = "home page"

    def __str__(self) -> str:
        return self.title

    def most_needed(self, language: str, now: datetime) -> ClinicalPageQuerySet:
        """The published pages that editors put forward, in their order."""
        return (
            ClinicalPage.objects.published(language, now)
            .filter(needed_on__page=self)
            .order_by("needed_on__sort_order")
        )


class NeededPage(Orderable):
    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="needed_rows")
    needed = models.ForeignKey(
        ClinicalPage, on_delete=models.CASCADE, related_name="needed_on"
    )

    panels = [FieldPanel("needed")]

    def __str__(self) -> str:
        return str(self.needed)


class SectionPage(GatedPage, Page):
    """Keeps all pages of one kind and lists them."""

    kind = models.CharField(
        max_length=16,
        choices=Kind.choices,
        help_text="Which pages the section keeps.",
    )
    introduction = models.CharField(
        max_length=300,
        blank=True,
        help_text="One or two plain sentences under the title.",
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
    ]
    edit_handler = TabbedInterface([ObjectList(content_panels, heading="Content")])

    template = "education/section.html"
    is_creatable = False
    can_be_withdrawn = False
    parent_page_types = ["education.HomePage"]
    subpage_types = [
        "education.TopicPage",
        "education.FAQPage",
        "education.MedicationPage",
    ]
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]
    page_description = "Keeps and lists all pages of one kind."

    objects = PublishedManager()

    class Meta:
        verbose_name = "section"

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.slug != Kind(self.kind).address.strip("/"):
            raise ValidationError(
                {"slug": f'The address of this section is "{Kind(self.kind).address}".'}
            )

    def pages(self, language: str, now: datetime) -> ClinicalPageQuerySet:
        """The published pages of the section's kind."""
        return ClinicalPage.objects.published(language, now).of_kind(self.kind)

    @property
    def address(self) -> str:
        """Where the public reads the list, such as "/topics/"."""
        return public_address(self.url_path)
