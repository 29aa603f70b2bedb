"""What becomes of a reader's words: done, will change, no change, or undone."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter, log
from wagtail.models import ModelLogEntry, PageLogEntry

from education.feedback.report import DECIDED as JUST_DECIDED
from education.feedback.report import READING
from education.feedback.rows import as_listed, may_decide
from education.feedback.unread import count_anew
from education.models import Feedback
from education.vocabulary import FeedbackState

DECIDED = "education.decide_feedback"


class DecidingFormatter(LogFormatter):
    label = "Decide on feedback"

    def format_message(self, log_entry: PageLogEntry | ModelLogEntry) -> str:
        state = log_entry.data.get("to")
        if state == FeedbackState.UNREAD:
            return "Took back a decision on a reader's feedback"
        label = dict(FeedbackState.choices).get(state, "?")
        return f"Decided on a reader's feedback: {label}"


@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Note the decision, unless somebody else was quicker; who and when is logged."""
    if not request.user.has_perm(READING):
        raise PermissionDenied
    # Asked by `id`, which takes numbers that are too large for the database.
    row = as_listed(Feedback.objects.with_words().filter(id=key)).first()
    if row is None:
        raise Http404
    if not may_decide(request.user, row):
        raise PermissionDenied
    to, seen = (_state(request.POST.get(name, "")) for name in ("to", "seen"))
    back = QueryDict(request.POST.get("back", "")[:2000], mutable=True)
    for name in JUST_DECIDED:
        back.pop(name, None)
    if to is None or seen is None:
        messages.error(request, "Choose what becomes of it.")
    elif row.decide(to, seen, request.user, timezone.now()):
        transaction.on_commit(count_anew)
        log(row.page, DECIDED, user=request.user, data={"key": row.pk, "to": to})
        back["decided"], back["as"] = str(row.pk), to
        if to == FeedbackState.UNREAD:
            messages.success(request, "It is unread again.")
    else:
        by = row.decided_by
        name = (by.get_full_name() or by.get_username()) if by else "Somebody"
        state = row.get_state_display()
        messages.warning(
            request, f"{name} decided meanwhile: {state}. Nothing was changed."
        )
    return redirect(f"{reverse('feedback:report')}?{back.urlencode()}")


def _state(text: str) -> FeedbackState | None:
    return FeedbackState(text) if text in FeedbackState.values else None
