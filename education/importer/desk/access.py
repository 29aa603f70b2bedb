"""Who may work at the desk, and the files and pieces that an address names."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from education.models import ImportedFile, ImportedItem

IMPORTING = "education.add_importedfile"

#: Of digits; what is longer names nothing.
LONGEST_KEY = 18

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


def file_and_piece_or_404(
    file_id: int, after: str
) -> tuple[ImportedFile, ImportedItem | None]:
    """The file, and the piece of it that an address names; mostly one statement."""
    named = _key(after)
    piece = pieces_of(file_id).filter(id=named).first() if named else None
    return (piece.file if piece else file_or_404(file_id)), piece


def item_or_404(file_id: int, item_id: int) -> ImportedItem:
    """A piece of this file, with its file, its page and who decided."""
    return pieces_or_404(file_id, item_id, "")[0]


def pieces_or_404(
    file_id: int, item_id: int, after: str
) -> tuple[ImportedItem, ImportedItem | None]:
    """The same, and another piece that the address names, if it is there."""
    keys = [key for key in (item_id, _key(after)) if key and key < 10**LONGEST_KEY]
    found = {piece.pk: piece for piece in pieces_of(file_id).filter(id__in=keys)}
    piece = found.pop(item_id, None)
    if piece is None:
        raise Http404
    return piece, next(iter(found.values()), None)


def pieces_of(file_id: int) -> QuerySet[ImportedItem]:
    """With the file, the page and who decided at hand."""
    pieces = ImportedItem.objects.filter(file__id=file_id)
    return pieces.select_related("file__locale", "page", "decided_by")


def _key(text: str) -> int | None:
    plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY
    return int(text) if plain else None


def named(user: User | None) -> str:
    """What colleagues call somebody; of a deleted account no name is left."""
    return (user.get_full_name() or user.get_username()) if user else "Somebody"
