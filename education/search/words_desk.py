"""Where vocabulary managers keep what the search knows: synonyms and pinned pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views import View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.coreutils import find_available_slug
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from education.models import BestBet, FAQPage, SearchTerm, Synonym
from education.search.analysis import Analyser, folded_words
from education.search.report import READING
from education.search.seeds import medicine_names
from education.spreadsheets import harmless

#: Digits of the largest number that every database takes for an id.
LONGEST_ID = 18
LONGEST_TITLE = 255


def term_asked(request: HttpRequest) -> SearchTerm | None:
    """The term of the report from which this form was opened; None without any."""
    asked = request.GET.get("asked", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_ID
    if not is_number or not request.user.has_perm(READING):
        return None
    return SearchTerm.objects.in_clear().filter(pk=int(asked)).first()


def as_question(text: str) -> str:
    """What people asked, as a title to begin with: its author writes it anew."""
    return f"{text[:1].upper()}{text[1:]}"[: LONGEST_TITLE - 1].rstrip("?") + "?"


def starting_with_what_was_asked(view: type[View]) -> type[View]:
    """A view that adds pages, with the title of a new question filled in.

    Nothing is saved: the page is made when its author saves the form.
    """

    class StartingWithWhatWasAsked(view):
        def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if isinstance(self.page, FAQPage) and (term := term_asked(request)):
                self.page.title = as_question(term.text)
                # The editor makes a slug of a title only once somebody types in it.
                self.page.slug = find_available_slug(
                    self.parent_page, slugify(self.page.title)
                )
            return super().get(request, *args, **kwargs)

    StartingWithWhatWasAsked.__name__ = view.__name__
    StartingWithWhatWasAsked.__qualname__ = view.__qualname__
    return StartingWithWhatWasAsked


class AddWording(CreateView):
    """An empty form, or one that begins with what people asked."""

    def get_initial(self) -> dict[str, Any]:
        term = term_asked(self.request)
        known = {"words": term.text, "language": term.language} if term else {}
        return super().get_initial() | known


class WordingList(IndexView):
    custom_field_preprocess = {
        name: {"csv": harmless} for name in ("words", "means", "page", "note")
    }


def direction(synonym: Synonym) -> str:
    return "both ways ↔" if synonym.both_ways else "one way →"


def page_pinned(bet: BestBet) -> str:
    return str(bet.page) if bet.page.live else f"{bet.page} (not published)"


class SynonymForm(WagtailAdminModelForm):
    """Asks once more where a name of one medicine would find another."""

    one_medicine = forms.BooleanField(
        required=False,
        label="Yes, these are two names of one medicine",
        help_text="Only needed where both sides are names of medicines. Somebody who "
        "looks for one medicine must never read about another.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        sides = [cleaned.get(side, "") for side in ("words", "means")]
        if not cleaned.get("one_medicine") and are_two_medicines(
            *sides, cleaned.get("language", "")
        ):
            self.add_error("one_medicine", TWO_MEDICINES)
        return cleaned


TWO_MEDICINES = (
    "Both sides are names of medicines. Tick the box if they are two names of one "
    "medicine. If they are two medicines, do not save this."
)


def are_two_medicines(words: str, means: str, language: str) -> bool:
    """Whether both hold names of medicines, as far as is known, and share none."""
    analyser = Analyser(language)
    known = medicine_names()
    asked, answered = (
        set(analyser.stems(word for word in folded_words(side) if word in known))
        for side in (words, means)
    )
    return bool(asked and answered and not asked & answered)


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    edit_handler = ObjectList(
        [*Synonym.panels, FieldPanel("one_medicine")], base_form_class=SynonymForm
    )
    icon = "doc-full"
    menu_label = "Synonyms"
    menu_name = "synonyms"
    add_to_admin_menu = True
    menu_order = 252
    index_view_class = WordingList
    add_view_class = AddWording
    list_display = [
        "words",
        Column("direction", label="Direction", accessor=direction),
        "means",
        Column("kind", label="Kind", accessor="get_kind_display", sort_key="kind"),
        Column("language", label="Language", accessor="get_language_display"),
        "note",
    ]
    list_filter = ["language", "kind"]
    list_export = ["language", "words", "means", "kind", "both_ways", "note"]
    export_filename = "synonyms"
    search_fields = ["words", "means", "note"]
    ordering = ["words", "means"]
    list_per_page = 50
    copy_view_enabled = False


class BestBetViewSet(SnippetViewSet):
    model = BestBet
    icon = "pick"
    menu_label = "Best bets"
    menu_name = "best-bets"
    add_to_admin_menu = True
    menu_order = 254
    index_view_class = WordingList
    add_view_class = AddWording
    list_display = [
        "words",
        Column("page", label="Page", accessor=page_pinned),
        Column("language", label="Language", accessor="get_language_display"),
        "note",
    ]
    list_filter = ["language"]
    list_export = ["language", "words", "page", "note"]
    export_filename = "best-bets"
    search_fields = ["words", "note"]
    ordering = ["words"]
    list_per_page = 50
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[BestBet]:
        return BestBet.objects.select_related("page")
