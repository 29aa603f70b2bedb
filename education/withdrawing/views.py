"""Taking a page down."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from education.models import ClinicalPage, FAQPage, WithdrawalRefused, withdraw
from education.models.holding import PageIsBusy
from education.vocabulary import WithdrawalReason
from education.withdrawing.forms import WithdrawForm

#: What the public reads, by reason, for the lead to choose knowingly.
PUBLIC_SENTENCES = [
    (reason.label, reason.sentence)
    for reason in WithdrawalReason
    if reason != WithdrawalReason.MERGED
]


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the reason, and take the page off the site at once.

    Where it cannot be taken down, the reason comes back with status 409.
    """
    page = page_for_lead(request.user, page_id)
    if request.method != "POST":
        return _show(request, page, WithdrawForm())
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _show(request, page, form, status=400)
    reason = WithdrawalReason(form.cleaned_data["reason"])
    note = form.cleaned_data["note"]
    try:
        withdraw(page, request.user, reason, note, timezone.now())
    except (WithdrawalRefused, PageIsBusy) as refusal:
        messages.error(request, str(refusal))
        return _show(request, page, form, status=409)
    messages.success(request, f'"{page.title}" is off the site.')
    return redirect("wagtailadmin_pages:edit", page.pk)


def page_for_lead(user: User, page_id: int) -> ClinicalPage:
    """The page, of its own type, for somebody who may take pages down.

    Raises PermissionDenied for others, and Http404 where there is no such page.
    """
    if not user.has_perm("education.withdraw_page"):
        raise PermissionDenied
    page = ClinicalPage.objects.with_parts().filter(pk=page_id).first()
    if page is None:
        raise Http404("There is no such page.")
    return page.as_its_kind()


def _show(
    request: HttpRequest, page: ClinicalPage, form: WithdrawForm, status: int = 200
) -> HttpResponse:
    context = {
        "page_title": "Take down",
        "object": page,
        "form": form,
        "sentences": PUBLIC_SENTENCES,
        "is_question": isinstance(page, FAQPage),
        "is_waiting": page.workflow_in_progress,
        "is_scheduled": bool(page.approved_schedule),
    }
    return TemplateResponse(
        request, "education/admin/withdraw.html", context, status=status
    )
