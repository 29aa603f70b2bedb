"""What the CMS answers when somebody wants to delete or unpublish what has to stay."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page

from education.models import GatedPage
from education.models.keeping import why_kept


class DeleteDraftsOnly(DeleteView):
    """Deletes mere drafts. Says of everything else why it stays, and what to do."""

    def dispatch(
        self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        page = get_object_or_404(Page, pk=page_id).specific
        may_see = page.permissions_for_user(request.user).can_edit()
        if may_see and (reason := why_kept(page)):
            messages.error(request, reason)
            return redirect("wagtailadmin_pages:edit", page.pk)
        return super().dispatch(request, page_id, *args, **kwargs)


class DeleteDraftsOnlyInBulk(DeleteBulkAction):
    """The same for several pages at once; what may be deleted still is."""

    template_name = "education/admin/withdraw_bulk_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for row in context["items_with_no_access"]:
            row["reason"] = why_kept(row["item"]) if row["can_edit"] else ""
        return context


class ToWithdrawing(UnpublishView):
    """Sends Wagtail's own unpublishing to our page, where a reason is given."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = self.object
        if not isinstance(page, GatedPage):
            raise PermissionDenied
        if not page.permissions_for_user(request.user).can_withdraw():
            raise PermissionDenied
        return redirect("withdrawing:withdraw", page.pk)
