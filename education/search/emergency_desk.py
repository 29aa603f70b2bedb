"""Where clinical leads keep the emergency cards and the words that show them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from education.models import (
    EmergencyCard,
    EmergencyPhrase,
    EmergencyWording,
    WordingRefused,
    WordingState,
)
from education.search.analysis import Analyser
from education.search.editions import current_edition
from education.search.emergencies import explain
from education.search.emergency_phrases import says_nothing
from education.search.emergency_silence import made_silent

WRITE = "education.add_emergencywording"
DECIDE = "education.approve_emergencywording"
KEEP_PHRASES = "education.change_emergencyphrase"

WROTE, APPROVED, REFUSED = (
    "education.write_emergency",
    "education.approve_emergency",
    "education.refuse_emergency",
)


class TryForm(forms.Form):
    """What a patient may type, to see what it shows."""

    words = forms.CharField(
        label="What a patient may type", max_length=200, required=False
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)


class WordingForm(forms.ModelForm):
    class Meta:
        model = EmergencyWording
        fields = ["heading", "text", "action", "number"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label="Why it is laid aside",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only needed if you lay it aside. Your colleagues see it.",
    )


@require_http_methods(["GET", "HEAD"])
def show_cards(request: HttpRequest) -> HttpResponse:
    """All cards, what they say, what waits, and a box to try words in."""
    _let_in(request.user, WRITE, DECIDE)
    form = TryForm(request.GET or None)
    cards = EmergencyCard.objects.prefetch_related(
        "wordings__written_by", "wordings__approved_by", "phrases"
    )
    context = {
        "cards": list(cards),
        "form": form,
        "tried": _try(form),
        "may_write": request.user.has_perm(WRITE),
        "may_keep_phrases": request.user.has_perm(KEEP_PHRASES),
    }
    return TemplateResponse(request, "education/admin/emergencies/cards.html", context)


def _try(form: TryForm) -> dict[str, Any] | None:
    """What the words in the box show, and by which phrase; None if there are none."""
    if not form.is_bound or not form.is_valid() or not form.cleaned_data["words"]:
        return None
    language = form.cleaned_data["language"] or settings.LANGUAGE_CODE
    found = explain(form.cleaned_data["words"], language, current_edition())
    return {"card": found[0], "phrase": found[1].written} if found else {"card": None}


@require_http_methods(["GET", "HEAD", "POST"])
def write_wording(request: HttpRequest, card_id: int) -> HttpResponse:
    """Write new words for a card; they wait for somebody else's approval."""
    _let_in(request.user, WRITE)
    card = get_object_or_404(EmergencyCard, pk=card_id)
    form = WordingForm(request.POST or None, initial=_words(card.shown))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                card.propose(request.user, form.cleaned_data, timezone.now())
            except WordingRefused as refusal:
                messages.error(request, str(refusal))
                status = 409
            else:
                log(card, WROTE, user=request.user)
                messages.success(request, "Your words wait for somebody's approval.")
                return redirect("emergencies:cards")
        else:
            status = 400
    return TemplateResponse(
        request,
        "education/admin/emergencies/write.html",
        {"card": card, "form": form},
        status=status,
    )


def _words(wording: EmergencyWording | None) -> dict[str, str]:
    names = WordingForm.Meta.fields
    return {name: getattr(wording, name) for name in names} if wording else {}


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, wording_id: int) -> HttpResponse:
    """Read a waiting wording beside the one shown, and approve it or lay it aside."""
    _let_in(request.user, DECIDE)
    wordings = EmergencyWording.objects.select_related("card", "written_by")
    wording = get_object_or_404(
        wordings.exclude(state=WordingState.SUPPLIED), pk=wording_id
    )
    form = RefuseForm(request.POST or None)
    status = 200
    if request.method == "POST":
        form.is_valid()
        try:
            said = _carry_out(request, wording, form)
        except WordingRefused as refusal:
            messages.error(request, str(refusal))
            wording.refresh_from_db()
            status = 409
        else:
            messages.success(request, said)
            return redirect("emergencies:cards")
    context = {
        "wording": wording,
        "shown": wording.card.shown,
        "form": form,
        "is_waiting": wording.state == WordingState.WAITING,
        "why_not": wording.why_not(request.user),
    }
    return TemplateResponse(
        request, "education/admin/emergencies/decide.html", context, status=status
    )


def _carry_out(
    request: HttpRequest, wording: EmergencyWording, form: RefuseForm
) -> str:
    now = timezone.now()
    if request.POST.get("decision") == "approve":
        wording.approve(request.user, now)
        log(wording.card, APPROVED, user=request.user)
        return "Approved. The public reads these words from now on."
    if request.POST.get("decision") == "refuse":
        wording.refuse(request.user, form.cleaned_data.get("reason", ""), now)
        log(wording.card, REFUSED, user=request.user)
        return "Laid aside. The public goes on reading the words of before."
    raise WordingRefused("Choose whether to approve these words or lay them aside.")


def _let_in(user: User, *permissions: str) -> None:
    if not any(user.has_perm(permission) for permission in permissions):
        raise PermissionDenied


class EmergenciesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(WRITE) or request.user.has_perm(DECIDE)


class EmergenciesViewSet(ViewSet):
    """The cards, for those who write their words or decide on them."""

    name = "emergencies"
    icon = "warning"
    menu_label = "Emergency cards"
    menu_order = 270
    add_to_admin_menu = True
    menu_item_class = EmergenciesMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", show_cards, name="cards"),
            path("<int:card_id>/write/", write_wording, name="write"),
            path("wording/<int:wording_id>/", decide, name="decide"),
        ]


SILENT = (
    "Who types this would see no emergency card any more: {}. If you mean it, tick "
    "the box below and save again."
)


ONLY_LITTLE_WORDS = (
    "These words stand in very many searches that are no emergency. Add one that tells."
)


class PhraseForm(forms.ModelForm):
    """A phrase. What takes a card away from words that showed it has to be meant."""

    confirm = forms.BooleanField(
        required=False,
        label="Yes, these words are to show no card any more",
        help_text="Only needed if you are asked.",
    )

    class Meta:
        model = EmergencyPhrase
        fields = ["card", "words", "is_harmless"]
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}

    def _post_clean(self) -> None:
        """Only a phrase that is written rightly can say what it would silence."""
        super()._post_clean()
        if not self.errors and says_nothing(
            self.instance.words, Analyser(self.instance.card.language)
        ):
            self.add_error("words", ONLY_LITTLE_WORDS)
        if self.errors or self.cleaned_data["confirm"]:
            return
        stored = EmergencyPhrase.objects.select_related("card")
        before = stored.filter(pk=self.instance.pk).first()
        if silent := made_silent(before, self.instance):
            named = ", ".join(f"“{text}”" for text in silent)
            self.add_error("confirm", SILENT.format(named))


class DeletePhrase(generic.DeleteView):
    @cached_property
    def confirmation_message(self) -> str:
        row = self.object
        others = row.card.phrases.filter(is_harmless=False).exclude(pk=row.pk)
        if not row.is_harmless and not others.exists():
            return f"This is the last phrase of “{row.card}”: nobody would see it."
        silent = made_silent(row, None)
        if not silent:
            return "Delete this phrase? What it shows, other phrases show as well."
        named = ", ".join(f"“{text}”" for text in silent)
        return f"Who types this would see no emergency card any more: {named}."


class EmergencyPhraseViewSet(ModelViewSet):
    """The phrases, kept by clinical leads."""

    model = EmergencyPhrase
    name = "emergency_phrases"
    icon = "list-ul"
    menu_label = "Emergency words"
    menu_order = 271
    add_to_admin_menu = True
    list_display = ("words", "card", "is_harmless")
    list_filter = ("card", "is_harmless")
    search_fields = ("words",)
    ordering = ("card", "is_harmless", "words")
    copy_view_enabled = False
    delete_view_class = DeletePhrase

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PhraseForm
