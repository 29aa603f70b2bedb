"""What the portal adds to the CMS. Declarations only."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
)
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, WorkflowState
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from education.models import (
    ClinicalApprovalTask,
    ClinicalPage,
    HomePage,
    SectionPage,
    Tag,
)
from education.models.links import PublishedPageLink
from education.moderation.menu import DecideMenuItem
from education.moderation.views import GatedPageViewSet
from education.moderation.waiting import WaitingPanel


class TagViewSet(SnippetViewSet):
    """Where vocabulary managers keep the tags."""

    model = Tag
    icon = "tag"
    menu_label = "Tags"
    menu_name = "tags"
    add_to_admin_menu = True
    menu_order = 250
    list_display = ["name", "group", "description"]
    list_filter = ["group"]
    search_fields = ["name", "description"]
    ordering = ["name"]


register_snippet(TagViewSet)


@hooks.register("register_admin_urls")
def add_moderation_urls() -> list[URLPattern | URLResolver]:
    return [path("moderation/", include("education.moderation.urls"))]


@hooks.register("register_admin_viewset")
def use_our_decision_page() -> list[PageViewSet]:
    return [
        GatedPageViewSet(model._meta.model_name, model=model)
        for model in (ClinicalPage, HomePage, SectionPage)
    ]


@hooks.register("register_page_action_menu_item")
def add_decide_menu_item() -> ActionMenuItem:
    return DecideMenuItem(order=10)


@hooks.register("construct_page_action_menu")
def say_what_cancelling_means(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    page = context.get("page")
    state = page.current_workflow_state if page else None
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        # It is back with its author already: to hand it over again is all there is.
        ended = (CancelWorkflowMenuItem, RestartWorkflowMenuItem)
        items[:] = [item for item in items if not isinstance(item, ended)]
    for item in items:
        if isinstance(item, CancelWorkflowMenuItem):
            item.label = "Take back from approval"
    # The first is the large button: taking a page back is not to happen by habit.
    items.sort(key=lambda item: isinstance(item, CancelWorkflowMenuItem))


# After Wagtail's own, whose handler links to drafts too.
@hooks.register("register_rich_text_features", order=10)
def link_to_published_pages_only(features: FeatureRegistry) -> None:
    features.register_link_type(PublishedPageLink)


@hooks.register("before_edit_page")
def show_why_it_was_sent_back(request: HttpRequest, page: Page) -> None:
    state = page.current_workflow_state
    if request.method != "GET" or state is None:
        return
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        decided = state.current_task_state
        name = (
            decided.finished_by.get_full_name() if decided.finished_by else "Somebody"
        )
        messages.warning(request, f"{name} sent this page back: {decided.comment}")


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [
        panel
        for panel in panels
        if not isinstance(panel, WorkflowObjectsToModeratePanel)
    ]
    if ClinicalApprovalTask.objects.filter(groups__user=request.user).exists():
        panels.append(WaitingPanel())


@hooks.register("before_delete_snippet")
def keep_tags_that_pages_carry(
    request: HttpRequest, tags: list[Model]
) -> HttpResponse | None:
    in_use = [tag for tag in tags if isinstance(tag, Tag) and tag.is_in_use]
    if not in_use:
        return None
    names = ", ".join(tag.name for tag in in_use)
    messages.error(request, f"Pages carry {names}, so it cannot be deleted.")
    return redirect("wagtailsnippets_education_tag:list")


@hooks.register("before_serve_document")
def serve_documents_to_staff_only(
    document: AbstractDocument, request: HttpRequest
) -> HttpResponse | None:
    """No approved page holds documents, so the public has no business with them."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    return None
