"""Bringing a document in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Locale

from education.importer.desk.access import importers_only
from education.importer.desk.crumbs import crumbs
from education.importer.keeping import store
from education.importer.reading import ACCEPTED, LARGEST_FILE, read_file
from education.importer.sources import FileRefused
from education.models import ImportedFile

MEGABYTE = 1024 * 1024
LONGEST_NAME = 200


class UploadForm(forms.Form):
    """A document and the language of its words."""

    document = forms.FileField(
        label="Document",
        help_text=f"A file that ends in {', '.join(ACCEPTED[:-1])} or {ACCEPTED[-1]}, "
        f"of at most {LARGEST_FILE // MEGABYTE} MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ACCEPTED)}),
        error_messages={
            "required": "Choose a file.",
            "missing": "Choose a file.",
            "empty": "The file is empty.",
        },
    )
    language = forms.ModelChoiceField(
        Locale.objects.none(),
        label="Language of its words",
        to_field_name="language_code",
        empty_label=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = Locale.objects.order_by("pk")
        self.fields["language"].queryset = languages
        self.fields["language"].initial = languages.first()

    def clean_document(self) -> UploadedFile:
        file = self.cleaned_data["document"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                f"The file is larger than {LARGEST_FILE // MEGABYTE} MB. Split it into "
                "smaller files."
            )
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@importers_only
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the document as it is, then lead to its sorting."""
    if request.method != "POST":
        return _page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        file = _stored(form, request)
    except FileRefused as refusal:
        form.add_error("document", str(refusal))
        return _page(request, form, status=400)
    return redirect("imports:overview", file.pk)


def _stored(form: UploadForm, request: HttpRequest) -> ImportedFile:
    document, locale = form.cleaned_data["document"], form.cleaned_data["language"]
    name = document.name[-LONGEST_NAME:]
    found = read_file(name, document.read(), locale.language_code)
    now = timezone.now()
    file = store(found, request.user, now)
    if file.uploaded_at != now:
        messages.warning(
            request,
            f"This very file is here already, as “{file.name}”. Nothing was added.",
        )
    return file


def _page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {
        "header_title": "Bring in a document",
        "header_icon": "upload",
        "breadcrumbs_items": crumbs(None, "Bring in a document"),
        "form": form,
    }
    return TemplateResponse(
        request, "education/admin/imports/upload.html", context, status=status
    )
