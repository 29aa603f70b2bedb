"""The CMS's first page, and the whole of each list that it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from education.moderation import desk, waiting
from education.paging import part_of

#: Rows on one page of a list.
PART = 20

EDITING = ("add", "change")


class Desk(WagtailAdminTemplateMixin, TemplateView):
    """What waits for whoever is signed in, in place of Wagtail's dashboard.

    What other apps put on the dashboard stands below it.
    """

    template_name = "education/admin/desk.html"
    page_title = "Your desk"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.request.user
        on_pages = page_permission_policy.user_has_any_permission(user, EDITING)
        today = timezone.localdate()
        search = SearchForm(placeholder="Search all pages")
        keeps_tags = user.has_perm("education.change_tag") and not user.is_superuser
        return context | {
            "parts": desk.panels_for(user, today) if on_pages else [],
            "user_name": desk.named(user),
            "keeps_tags": keeps_tags,
            "is_administrator": user.is_superuser,
            "nothing_here": not on_pages and not keeps_tags,
            "search_form": search if on_pages else None,
            "components": self.others(),
        }

    def others(self) -> list[Component]:
        found: list[Component] = []
        for add in hooks.get_hooks("construct_homepage_panels"):
            add(self.request, found)
        return sorted(found, key=lambda component: component.order)


@require_safe
def waiting_list(request: HttpRequest) -> HttpResponse:
    found = waiting.waiting_for(request.user, waiting.tasks_of(request.user))
    return _list(request, "waiting", waiting.with_texts(found), desk.waiting_rows)


@require_safe
def sent_back_list(request: HttpRequest) -> HttpResponse:
    found = waiting.with_versions(waiting.sent_back_to(request.user))
    return _list(request, "sent_back", found, desk.sent_back_rows)


@require_safe
def drafts_list(request: HttpRequest) -> HttpResponse:
    found = waiting.with_versions(waiting.drafts_of(request.user))
    return _list(request, "drafts", found, desk.draft_rows)


def _list(
    request: HttpRequest,
    name: str,
    found: QuerySet,
    rows: Callable[[Iterable[Any]], list[desk.Row]],
) -> HttpResponse:
    part, sentence = part_of(found, request.GET.get("p", ""), PART)
    heading, nothing = desk.HEADINGS[name]
    context = {
        "header_title": heading,
        "nothing": nothing,
        "counted": f"{part.paginator.count} in all",
        "rows": rows(list(part)),
        "part": part,
        "elided_page_range": part.numbers,
        "sentence": sentence,
    }
    return TemplateResponse(
        request,
        "education/admin/desk_list.html",
        context,
        status=404 if sentence else 200,
    )
