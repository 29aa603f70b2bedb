"""What a site says of itself on every page: its name, logo, color, and whom to call."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from education.colors import HEX, nearest_readable, problems
from education.logos import NotALogo, logo_png
from education.models.demonstration import DemonstrationItem
from education.models.emergency_numbers import EmergencyNumber, EmergencyNumbersBlock
from education.richtext import in_one_line
from education.stylesheet import style_address, stylesheet

USUAL_NUMBER = "911"
HASH_LENGTH = 16
FOOTER = (
    "These pages explain. They do not replace the advice of a health care professional "
    "who knows you."
)
NO_CONTACT = "Ask the organization that runs this site."


@dataclass(frozen=True)
class LogoNow:
    """What the form says of the logo that is there: it is seen where the public is."""

    url: str

    def __str__(self) -> str:
        return "the logo as it is"


class LogoInput(forms.ClearableFileInput):
    def format_value(self, value: Any) -> LogoNow | None:
        if not self.is_initial(value):
            return None
        # Behind the hash a storage may have added something to keep two files apart.
        return LogoNow(f"/logo.{PurePath(value.name).name[:HASH_LENGTH]}.png")


class LogoField(forms.FileField):
    """Takes a picture and gives a PNG of the right size."""

    widget = LogoInput(attrs={"accept": "image/png,image/jpeg,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = super().clean(data, initial)
        if not data or given is initial:
            return given
        try:
            drawn = logo_png(given, given.size)
        except NotALogo as error:
            raise ValidationError(str(error)) from error
        name = hashlib.sha256(drawn).hexdigest()[:HASH_LENGTH]
        return ContentFile(drawn, f"{name}.png")


class AppearanceForm(WagtailAdminModelForm):
    logo = LogoField(
        required=False,
        help_text="PNG, JPEG or WebP, at most 1 MB. It stands in the header of every "
        "page, on white and on dark, so take one that is read on both.",
    )

    def save(self, commit: bool = True) -> SiteAppearance:
        """Its hash stands in the address of the logo."""
        new = self.cleaned_data.get("logo")
        if isinstance(new, ContentFile):
            self.instance.logo_hash = new.name.removesuffix(".png")
        elif new is False:
            self.instance.logo_hash = ""
        return super().save(commit)


class SiteAppearanceQuerySet(models.QuerySet):
    def with_demonstration(self) -> Self:
        """With `holds_demonstration`: whether pages of the demonstration are here."""
        return self.annotate(
            holds_demonstration=models.Exists(DemonstrationItem.objects.pages())
        )


@register_setting(icon="view")
class SiteAppearance(BaseGenericSetting):
    """How the site looks and what stands around its pages. Clinical leads keep it."""

    name = models.CharField(
        "name of the site",
        max_length=60,
        blank=True,
        help_text="Empty: the name that the portal was set up with.",
    )
    logo = models.ImageField(
        upload_to="look",
        blank=True,
        width_field="logo_width",
        height_field="logo_height",
    )
    logo_width = models.PositiveIntegerField(null=True, editable=False)
    logo_height = models.PositiveIntegerField(null=True, editable=False)
    logo_hash = models.CharField(max_length=HASH_LENGTH, blank=True, editable=False)
    logo_description = models.CharField(
        "what the logo says",
        max_length=120,
        blank=True,
        help_text="Read out to people who do not see it. Empty: the name of the site.",
    )
    logo_holds_name = models.BooleanField(
        "the logo holds the name",
        default=False,
        help_text="Then the name is not written beside it.",
    )
    accent = models.CharField(
        "accent color",
        max_length=7,
        blank=True,
        help_text='Such as "#005eb8": for links, buttons and the head of the home '
        "page. Shades for dark screens follow from it. Empty: our own deep green.",
    )
    emergency_numbers = StreamField(
        EmergencyNumbersBlock(),
        blank=True,
        help_text="At most three. The first one stands in the sentence “In an "
        "emergency, call …”; empty: 911. Emergency cards have numbers of their own.",
    )
    footer_text = models.TextField(
        max_length=400,
        blank=True,
        help_text="Stands at the foot of every page. Empty: that these pages do not "
        "replace a health care professional.",
    )
    contact = models.CharField(
        "for complaints and corrections",
        max_length=200,
        blank=True,
        help_text="Whom to tell about a mistake, and how: an e-mail address, a phone "
        "number or an office. The public reads it as it is written.",
    )

    objects = SiteAppearanceQuerySet.as_manager()
    base_form_class = AppearanceForm

    panels = [
        HelpPanel(
            "What you save here is on every public page at once. Look at the "
            "style page under Help to see what it does to each part."
        ),
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldPanel("logo"),
                FieldPanel("logo_description"),
                FieldPanel("logo_holds_name"),
            ],
            heading="Logo",
        ),
        FieldPanel("accent", widget=forms.TextInput(attrs={"spellcheck": "false"})),
        FieldPanel("emergency_numbers"),
        FieldPanel("footer_text"),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = "site appearance"

    #: Where nobody asked for it.
    holds_demonstration = False

    def __str__(self) -> str:
        return "Site appearance"

    def clean(self) -> None:
        super().clean()
        self.name = in_one_line(self.name)
        self.accent = self.accent.strip().lower()
        if self.accent:
            _check_accent(self.accent)

    @property
    def site_name(self) -> str:
        return self.name or settings.SITE_NAME

    @property
    def footer(self) -> str:
        return self.footer_text or FOOTER

    @property
    def contact_sentence(self) -> str:
        """How to reach those who answer for the site."""
        return self.contact or settings.CONTACT or NO_CONTACT

    @property
    def numbers(self) -> list[EmergencyNumber]:
        return [
            EmergencyNumber(**{part: block.value[part] for part in block.value})
            for block in self.emergency_numbers
        ]

    @property
    def emergency_number(self) -> str:
        numbers = self.numbers
        return numbers[0].in_one_piece if numbers else USUAL_NUMBER

    @property
    def emergency_sentence(self) -> str:
        return (
            f"In an emergency, call {self.emergency_number} or your local emergency "
            "number."
        )

    @property
    def more_numbers(self) -> list[EmergencyNumber]:
        """Those that the sentence does not name."""
        return self.numbers[1:]

    @property
    def logo_address(self) -> str:
        return f"/logo.{self.logo_hash}.png" if self.logo and self.logo_hash else ""

    @property
    def logo_says(self) -> str:
        """What is read out in its place; nothing where the name follows anyway."""
        if self.logo_holds_name:
            return self.logo_description or self.site_name
        return self.logo_description

    @property
    def style(self) -> str:
        """Where the stylesheet is, with this accent."""
        return style_address(stylesheet(self.accent).edition)


def _check_accent(accent: str) -> None:
    """Raise `ValidationError` unless it is a color that words are read in and on."""
    if not HEX.match(accent):
        raise ValidationError(
            {"accent": "Write the color as # and six digits or letters a to f."}
        )
    found = problems(accent)
    if found:
        listed = ". ".join(str(problem) for problem in found)
        raise ValidationError(
            {
                "accent": f"{listed}. Each needs at least 4.5 to 1. The nearest color "
                f"that can be read everywhere is {nearest_readable(accent)}."
            }
        )
