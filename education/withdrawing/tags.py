"""Merging two tags: choose the other one, see what follows, confirm."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from education.models import Tag, TagMergeRefused, merge_tags
from education.withdrawing.forms import IntoTagForm

NEEDED = ("education.change_tag", "education.delete_tag")
LIST = "wagtailsnippets_education_tag:list"


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, tag_id: int) -> HttpResponse:
    """Let another tag stand wherever this one stands.

    Bad input comes back with a sentence and status 400, a refusal with 409.
    """
    if not request.user.has_perms(NEEDED):
        raise PermissionDenied
    tag = get_object_or_404(Tag.every, pk=tag_id)
    if tag.merged_into_id:
        messages.error(
            request, f'"{tag.name}" was merged into "{tag.merged_into.name}" already.'
        )
        return redirect(LIST)
    if request.method != "POST":
        return _show(request, tag, IntoTagForm(tag))
    form = IntoTagForm(tag, request.POST)
    if not form.is_valid():
        return _show(request, tag, form, status=400)
    into = form.cleaned_data["into"]
    try:
        count = merge_tags(tag, into, request.user)
    except TagMergeRefused as refusal:
        form.add_error("into", str(refusal))
        return _show(request, tag, form, status=409)
    pages = "1 page" if count == 1 else f"{count} pages"
    messages.success(
        request,
        f'"{into.name}" stands in place of "{tag.name}" now, on {pages}. The old '
        "address leads there.",
    )
    return redirect(LIST)


def _show(
    request: HttpRequest, tag: Tag, form: IntoTagForm, status: int = 200
) -> HttpResponse:
    context = {
        "page_title": "Merge into another tag",
        "object": tag,
        "form": form,
        "count": tag.tagged_pages.count(),
    }
    return TemplateResponse(
        request, "education/admin/merge_tag.html", context, status=status
    )
