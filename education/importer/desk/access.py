"""Who may work at the desk, and the files and pieces that an address names."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from education.models import ImportedFile, ImportedItem

IMPORTING = "education.add_importedfile"

View = Callable[..., HttpResponse]


def importers_only(view: View) -> View:
    """Let in only those who may bring documents in; everybody of them sees all."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(IMPORTING):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


def file_or_404(file_id: int) -> ImportedFile:
    # Asked by `id`, which takes numbers that are too large for the database.
    found = ImportedFile.objects.filter(id=file_id).select_related("locale").first()
    if found is None:
        raise Http404
    return found


def item_or_404(file_id: int, item_id: int) -> ImportedItem:
    """A piece of this file, with its file, its page and who decided."""
    pieces = ImportedItem.objects.filter(id=item_id, file__id=file_id)
    found = pieces.select_related("file__locale", "page", "decided_by").first()
    if found is None:
        raise Http404
    return found


def named(user: User | None) -> str:
    """What colleagues call somebody; of a deleted account no name is left."""
    return (user.get_full_name() or user.get_username()) if user else "Somebody"
