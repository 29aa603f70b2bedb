"""Where leads and vocabulary managers keep the safety rules; all editors read them."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from education.importer.flagging.rules import as_rule, lists_of
from education.importer.flagging.trying import try_rule
from education.models import SafetyRule, SafetyWords
from education.spreadsheets import harmless

NOT_SAVED = "{} Nothing is saved yet: empty this box to save the rule."
#: The tables have a line of each box at most.
SHOWN = 60


class SafetyRuleForm(WagtailAdminModelForm):
    """A rule, with a box in which it can be tried before it is saved."""

    passage = forms.CharField(
        required=False,
        max_length=5000,
        label="Try it",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Paste a question and, on the next line, its answer; then save. You "
        "are told what the rule as it stands here would find, and nothing is saved.",
    )

    def _post_clean(self) -> None:
        """Only a rule that is written rightly can be tried."""
        super()._post_clean()
        pasted = self.cleaned_data.get("passage", "")
        if pasted and not self.errors:
            rule = as_rule(self.instance, lists_of(self.instance.language))
            self.add_error("passage", NOT_SAVED.format(try_rule(rule, pasted)))


class SafetyIndex(IndexView):
    custom_field_preprocess = {
        name: {"csv": harmless}
        for name in ("name", "reason", "to_do", "about", "words", *SafetyRule.BOXES)
    }


class SafetyRuleViewSet(SnippetViewSet):
    model = SafetyRule
    icon = "warning"
    menu_label = "Safety rules"
    menu_name = "safety-rules"
    add_to_admin_menu = True
    menu_order = 256
    index_view_class = SafetyIndex
    inspect_view_enabled = True
    inspect_view_fields = [
        "name",
        "danger",
        "active",
        "language",
        "reason",
        "to_do",
        "check_by",
        *SafetyRule.BOXES,
        "may_be_denied",
    ]
    list_display = [
        "name",
        Column(
            "danger",
            label="Danger",
            accessor="get_danger_display",
            sort_key="danger",
        ),
        "reason",
        BooleanColumn("active", label="Active", sort_key="active"),
        Column("language", label="Language", accessor="get_language_display"),
    ]
    list_filter = ["language", "danger", "active"]
    list_export = inspect_view_fields
    export_filename = "safety-rules"
    search_fields = ["name", "reason", "to_do", "looks_for", "asked"]
    ordering = ["language", "name"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("danger"), FieldPanel("language")]),
            FieldPanel("active"),
            FieldPanel("reason"),
            FieldPanel("to_do"),
            MultiFieldPanel(
                [FieldPanel("looks_for"), FieldPanel("also"), FieldPanel("asked")],
                heading="What it finds",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("may_be_denied"),
                    FieldPanel("unless_near"),
                    FieldPanel("unless_anywhere"),
                    FieldPanel("not_asked"),
                ],
                heading="What takes it away",
            ),
            FieldPanel("check_by"),
            FieldPanel("passage"),
        ],
        base_form_class=SafetyRuleForm,
    )


def first_words(row: SafetyWords) -> str:
    """The beginning of a word list."""
    said = ", ".join(row.words.splitlines())
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}…"


class SafetyWordsViewSet(SnippetViewSet):
    model = SafetyWords
    icon = "list-ul"
    menu_label = "Safety words"
    menu_name = "safety-words"
    add_to_admin_menu = True
    menu_order = 257
    index_view_class = SafetyIndex
    inspect_view_enabled = True
    inspect_view_fields = ["name", "language", "about", "words"]
    list_display = [
        "name",
        "about",
        Column("words", label="Words", accessor=first_words),
        Column("language", label="Language", accessor="get_language_display"),
    ]
    list_filter = ["language"]
    list_export = inspect_view_fields
    export_filename = "safety-words"
    search_fields = ["name", "about", "words"]
    ordering = ["language", "name"]
    list_per_page = 50
    copy_view_enabled = False
    panels: list[Any] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("language")]),
        FieldPanel("about"),
        FieldPanel("words"),
    ]
