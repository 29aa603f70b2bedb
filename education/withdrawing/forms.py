"""What a lead is asked before anything comes off the site."""

from __future__ import annotations

from typing import Any

from django import forms

from education.models import Tag
from education.vocabulary import WithdrawalReason

#: The other reason, that another page answers it, is given by merging the two.
REASONS = [
    (reason.value, reason.label)
    for reason in WithdrawalReason
    if reason != WithdrawalReason.MERGED
]


class NoteForm(forms.Form):
    note = forms.CharField(
        label="Note for colleagues",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What happened, and what should happen next. It is kept with the "
        "page. The public never sees it.",
        error_messages={"required": "Say why, so that your colleagues know."},
    )


class WithdrawForm(NoteForm):
    reason = forms.ChoiceField(
        label="Why does it come down?",
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason."},
    )

    field_order = ["reason", "note"]


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Which question answers it now?",
        max_length=200,
        required=False,
        help_text="Type some words of it. Only published questions are found.",
    )


class IntoTagForm(forms.Form):
    into = forms.ModelChoiceField(
        Tag.objects.none(),
        label="Which tag takes its place?",
        empty_label="Choose a tag",
        error_messages={
            "required": "Choose a tag.",
            "invalid_choice": "This tag cannot be chosen any more. Choose another.",
        },
    )

    def __init__(self, tag: Tag, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Tag.objects.exclude(pk=tag.pk).order_by("name")
