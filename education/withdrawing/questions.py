"""Merging two questions: find the other one, look at both, confirm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from education.language import current_language
from education.models import FAQPage, WithdrawalRefused
from education.models.holding import PageIsBusy
from education.withdrawing.forms import NoteForm, SearchForm
from education.withdrawing.merging import merge_questions, why_not_into
from education.withdrawing.views import page_for_lead

MOST_FOUND = 20
NOT_A_QUESTION = "Only questions can be merged. Take this page down instead."
NO_SUCH = "Choose one of the published questions."


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, page_id: int) -> HttpResponse:
    """Find the question that takes the place of this one, and confirm with a note.

    Bad input comes back with a sentence and status 400, a refusal with 409.
    """
    gone = page_for_lead(request.user, page_id)
    if not isinstance(gone, FAQPage):
        messages.error(request, NOT_A_QUESTION)
        return redirect("withdrawing:withdraw", gone.pk)
    now = timezone.now()
    chosen = (request.POST if request.method == "POST" else request.GET).get("into")
    if chosen is None:
        return _find(request, gone, now)
    into = _published(chosen, now)
    refusal = why_not_into(gone, into, now) if into else NO_SUCH
    if into is None or refusal:
        messages.error(request, refusal)
        return _find(request, gone, now, status=400)
    if request.method != "POST":
        return _confirm(request, gone, into, NoteForm())
    return _carry_out(request, gone, into, now)


def _carry_out(
    request: HttpRequest, gone: FAQPage, into: FAQPage, now: datetime
) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _confirm(request, gone, into, form, status=400)
    try:
        merger = merge_questions(
            gone, into, request.user, form.cleaned_data["note"], now
        )
    except (WithdrawalRefused, PageIsBusy) as refusal:
        messages.error(request, str(refusal))
        return _confirm(request, gone, into, form, status=409)
    messages.success(
        request,
        f'"{gone.title}" is off the site; its address leads to "{into.title}". '
        f"{merger.wording}",
    )
    return redirect("wagtailadmin_pages:edit", into.pk)


def _published(chosen: str, now: datetime) -> FAQPage | None:
    # Looked at first, because a database may fail on what cannot be a key.
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 10):
        return None
    pages = FAQPage.objects.published(current_language(), now)
    return pages.filter(pk=chosen).first()


def _find(
    request: HttpRequest, gone: FAQPage, now: datetime, status: int = 200
) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"].split() if form.is_valid() else []
    found = FAQPage.objects.published(current_language(), now).exclude(pk=gone.pk)
    for word in words:
        found = found.filter(title__icontains=word)
    context = {"form": form, "found": found.alphabetical()[:MOST_FOUND]}
    return _render(request, "merge_find.html", gone, context, status)


def _confirm(
    request: HttpRequest,
    gone: FAQPage,
    into: FAQPage,
    form: NoteForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "into": into,
        "both": [("Comes down", gone), ("Takes its place", into)],
    }
    return _render(request, "merge_confirm.html", gone, context, status)


def _render(
    request: HttpRequest,
    template: str,
    gone: FAQPage,
    context: dict[str, Any],
    status: int,
) -> HttpResponse:
    context |= {"page_title": "Merge into another question", "object": gone}
    return TemplateResponse(
        request, f"education/admin/{template}", context, status=status
    )
