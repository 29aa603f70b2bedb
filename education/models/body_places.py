"""Where on the drawn figure a tag stands, by which people find pages by the body."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm

from education.vocabulary import BodyPlace, TagGroup


class PlacesForm(WagtailAdminModelForm):
    body_places = forms.MultipleChoiceField(
        label="On the figure",
        choices=BodyPlace.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only for a body area: which places of the drawn figure lead to it. "
        "Where several tags share a place, readers choose among them.",
    )


class PlacedOnTheBody(models.Model):
    """A word that may stand at places of the figure; what kind, its `group` says."""

    body_places = models.JSONField(
        "on the figure",
        default=list,
        blank=True,
        help_text="Values of BodyPlace. They say where readers find the tag, and "
        "nothing that would have to be approved.",
    )

    base_form_class = PlacesForm

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.body_places and self.group != TagGroup.BODY_AREA:
            raise ValidationError(
                {"body_places": "Only a tag of the group Body area stands there."}
            )
        if not set(self.body_places) <= set(BodyPlace.values):
            raise ValidationError({"body_places": "There is no such place."})
