"""What topics, questions and medicines share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.template.defaultfilters import date as date_format
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    Panel,
    PublishingPanel,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision

from education.blocks import CareCardsBlock
from education.language import current_language
from education.models.approval import same_words
from education.models.clinical_lists import (
    PARTS,
    ClinicalPageManager,
    ClinicalPageQuerySet,
)
from education.models.contents import Entry
from education.models.editing import ClinicalPageForm
from education.models.manuscript import CheckedPage, Rows, stored_content
from education.models.paper import OnPaper
from education.models.published import public_address
from education.models.tags import Tag, TaggedPage
from education.richtext import plain_text
from education.vocabulary import CareLevel, Kind
from education.writing.findings import Finding

if TYPE_CHECKING:
    from education.models.references import Reference


class ClinicalPage(OnPaper, CheckedPage, Page):
    """A page of health content. Never made itself; always one of the three kinds."""

    page_kind: ClassVar[Kind | None] = None

    kind = models.CharField(
        max_length=16, choices=Kind.choices, editable=False, db_index=True
    )
    summary = models.CharField(
        max_length=160,
        blank=True,
        help_text="One or two plain sentences that say what the reader gets. Shown "
        "under the title, in lists and in search results.",
    )
    care_cards = StreamField(
        CareCardsBlock(),
        blank=True,
        help_text="When to get help. Emergency and urgent cards stand before the "
        "text, so that nobody has to look for them.",
    )
    review_interval_months = models.PositiveSmallIntegerField(
        "months until the next review",
        null=True,
        blank=True,
        help_text="Leave empty for the usual time: 36 months, for medicines 24.",
    )
    change_note = models.CharField(
        "what changed",
        max_length=200,
        blank=True,
        help_text="One sentence for the public history of the page, once it is live: "
        "what is new since the version that people read now?",
    )
    tags = ClusterTaggableManager(
        through=TaggedPage,
        blank=True,
        help_text="Start typing and choose from the list; another word is not kept. A "
        "vocabulary manager adds new tags.",
    )

    base_form_class = ClinicalPageForm
    is_creatable = False
    subpage_types: list[str] = []
    parent_page_types = ["education.SectionPage"]
    show_in_menus_default = False
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]

    objects = ClinicalPageManager()

    title_panels: ClassVar[list[Panel]] = [
        TitleFieldPanel("title"),
        FieldPanel("summary", widget=AdminAutoHeightTextInput),
    ]
    content_panels = [*title_panels, FieldPanel("care_cards")]
    finding_panels: ClassVar[list[Panel]] = [
        FieldPanel("tags"),
        InlinePanel(
            "other_words",
            heading="Other words people use",
            label="other word",
            help_text="Everyday words, brand names, abbreviations, other wordings. "
            "Search finds the page by each of them.",
        ),
        InlinePanel(
            "codes",
            heading="Clinical codes",
            label="code",
            help_text="What health records call it. They find the page by its codes.",
        ),
        FieldPanel("slug", help_text="The last part of the page's address."),
    ]
    source_panels: ClassVar[list[Panel]] = [
        InlinePanel(
            "references",
            heading="Sources",
            label="source",
            help_text="Where each fact comes from. Readers see and can follow them.",
        ),
    ]
    review_panels: ClassVar[list[Panel]] = [
        FieldPanel("change_note"),
        MultiFieldPanel(
            [FieldPanel("review_interval_months")],
            heading="Periodic review",
        ),
        HelpPanel(template="education/admin/sign_offs.html", heading="Approvals"),
        PublishingPanel(),
    ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Only in the section that keeps pages of this kind."""
        return (
            super().can_create_at(parent)
            and getattr(parent.specific, "kind", None) == cls.page_kind
        )

    def can_move_to(self, parent: Page) -> bool:
        return super().can_move_to(parent) and self.can_create_at(parent)

    def clean(self) -> None:
        super().clean()
        self.title = " ".join(self.title.split())
        self.summary = " ".join(self.summary.split())
        for field in self._meta.get_fields():
            if isinstance(field, RichTextField) and not self._says(field.name):
                setattr(self, field.name, "")

    def _says(self, name: str) -> str:
        return plain_text(getattr(self, name)).strip()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.page_kind or self.kind
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.kind = self.page_kind or self.kind
        saved = super().save(*args, **kwargs)
        if source := self.__dict__.pop("_copied_from", None):
            source.provenance.carry_over(source, self)
        return saved

    def copy_all_child_relations(
        self, target: Page, *args: Any, **kwargs: Any
    ) -> dict[Any, Any]:
        """Every way of copying a page comes here; see `save` of the copy."""
        if target.pk is None:  # else an alias follows the page that it stands for
            target._copied_from = self
        return super().copy_all_child_relations(target, *args, **kwargs)

    def missing(self, rows: Rows | None = None) -> Iterator[Finding]:
        if not self.summary.strip():
            yield self.lacks("summary", "Write a summary: it is what people see first.")
        if self.differs_from_live(rows) and not self.says_what_changed:
            yield self.lacks(
                "change_note",
                "Say in one sentence what is new. It stands in the public history of "
                "the page.",
            )

    @property
    def is_a_change(self) -> bool:
        """Whether this holds other words than those that the public reads now."""
        return self.differs_from_live()

    def differs_from_live(self, rows: Rows | None = None) -> bool:
        """The same, with the rows of a form that is being filled in."""
        live = self._what_is_live()
        return bool(live and not same_words(stored_content(self, rows), live.content))

    @property
    def says_what_changed(self) -> bool:
        """Whether there is a note, and not just that of the version that is live."""
        said, live = self.change_note.strip(), self._what_is_live()
        return bool(said and live and said != live.content.get("change_note"))

    def _what_is_live(self) -> Revision | None:
        """As the database has it: an older version keeps an older idea of it."""
        if not self.live:
            return None
        here = ClinicalPage.objects.filter(pk=self.pk)
        return Revision.objects.filter(pk__in=here.values("live_revision")).first()

    def as_its_kind(self) -> ClinicalPage:
        """The page as a topic, question or medicine; free after `with_parts`."""
        return getattr(self, PARTS[Kind(self.kind)])

    def beside_the_text(self) -> list[tuple[str, str]]:
        """What readers meet elsewhere than on the page itself: label and words."""
        shown = [
            ("Summary", self.summary),
            ("Tags", ", ".join(tag.name for tag in self.tags.all())),
            ("Other words", ", ".join(word.text for word in self.other_words.all())),
            ("Clinical codes", ", ".join(str(code) for code in self.codes.all())),
            ("Address", self.slug),
            ("Goes live", date_format(self.go_live_at, "j F Y, H:i")),
            ("Comes off the site", date_format(self.expire_at, "j F Y, H:i")),
        ]
        return [(label, words) for label, words in shown if words]

    @cached_property
    def own_tags(self) -> list[Tag]:
        return list(self.tags.all())

    @property
    def address(self) -> str:
        """Where the public reads the page, such as "/topics/muscle-cramps/"."""
        return public_address(self.url_path)

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def cards_before_text(self) -> list[Any]:
        """Emergency and urgent care cards, the most urgent first."""
        wanted = (CareLevel.EMERGENCY, CareLevel.URGENT)
        return [card for level in wanted for card in self._cards(level)]

    @property
    def cards_after_text(self) -> list[Any]:
        return self._cards(CareLevel.NON_URGENT)

    def _cards(self, level: CareLevel) -> list[Any]:
        return [card for card in self.care_cards if card.value["level"] == level]

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["tags"] = self.own_tags
        context["references"] = self.references.all()
        context["standing"] = self.standing()
        context["related"] = self.related(current_language(), timezone.now())
        context["contents"] = self.contents(context["related"], context["references"])
        return context

    def contents(
        self, related: dict[str, list[ClinicalPage]], references: Iterable[Reference]
    ) -> list[Entry]:
        """What "On this page" leads to; a short page has none."""
        return []

    def related(self, language: str, now: datetime) -> dict[str, list[ClinicalPage]]:
        """Published pages beside it, by kind: "topics", "questions", "medicines".

        Each call asks the database again, once.
        """
        found: dict[str, list[ClinicalPage]] = {f"{kind}s": [] for kind in Kind}
        if self.pk is None:  # a preview of a page that was never saved
            return found
        pages = ClinicalPage.objects.published(language, now).exclude(pk=self.pk)
        for page in self.related_pages(pages).alphabetical().distinct():
            found[f"{page.kind}s"].append(page)
        return found

    def related_pages(self, pages: ClinicalPageQuerySet) -> ClinicalPageQuerySet:
        """Those that belong with this one; each question with its short answer."""
        pages = pages.filter(self.related_filter()).select_related("faqpage")
        return pages.as_listed("faqpage__short_answer")

    def related_filter(self) -> models.Q:
        """Which pages belong with this one, as a filter on ClinicalPage."""
        return models.Q(pk__in=[])
