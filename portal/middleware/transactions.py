"""Reading opens no transaction; writing is wholly done or not at all.

`ATOMIC_REQUESTS` would open one for readers too: on SQLite each of them would then
queue for the one write lock, on PostgreSQL each would cost two more round trips.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDictKeyError

from portal.middleware.characters import refusal

READING = {"GET", "HEAD", "OPTIONS", "TRACE"}
View = Callable[..., HttpResponse]


class AtomicWrites:
    """Runs each view that may write in one transaction. Stands last in the list.

    A view marked `transaction.non_atomic_requests` looks after itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if request.method in READING or getattr(view, "_non_atomic_requests", None):
            return None
        try:
            return transaction.atomic(view)(request, *args, **kwargs)
        except MultiValueDictKeyError:
            # A form that lost a part on its way; the editor's blocks do not check.
            return refusal(request)
