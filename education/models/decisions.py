"""What a reviewer fills in to decide on a page."""

from __future__ import annotations

from django import forms
from wagtail.forms import TaskStateCommentForm


class DecisionForm(TaskStateCommentForm):
    """What a decision says besides yes or no. `revision` is what the reviewer read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label="Comment",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The author sees it. It is kept with the sign-off.",
    )


class ApproveForm(DecisionForm):
    sources_checked = forms.BooleanField(
        label="I have opened the sources and they say what the page says",
        required=False,
        help_text="Tick it only if you did. It is kept with your sign-off.",
    )
    whole_page = forms.BooleanField(
        label="I have reviewed the whole page, not only what changed",
        required=False,
        help_text="The page then shows your name and today as its last review, and "
        "its time until the next one starts anew.",
    )


class SendBackForm(DecisionForm):
    comment = forms.CharField(
        label="What has to change",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say what has to change and why. The author sees it.",
        error_messages={"required": "Say what has to change, so the author can act."},
    )
