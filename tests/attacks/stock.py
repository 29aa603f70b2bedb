"""The control: the same page types in Wagtail as it comes, without the portal's gate.

A way of putting words live proves something only if it works somewhere. Here it does:
Wagtail's own permissions, locks, revisions, views, commands and approval step, and
reviewers who may publish, because Wagtail's step asks it of whoever approves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FunctionType
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.test import modify_settings, override_settings
from django.urls import include, path, re_path
from django.views.static import serve
from taggit.models import TagBase
from wagtail import hooks
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowState,
    WorkflowTask,
)
from wagtail.workflows import publish_workflow_state

from education.installation import CLINICAL_LEADS, REVIEWERS, WORKFLOW
from education.models import ClinicalApprovalTask, GatedPage, Tag
from education.moderation import mails

#: Addresses as Wagtail offers them: nothing of ours stands before the CMS's own.
urlpatterns = [
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path("^media/(?P<path>.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("", include("education.urls")),
]

#: Names of hooks with which a project steps in between a person and what he does.
_STEPPING_IN = ("before_", "after_", "construct_")


@contextmanager
def stock_world() -> Iterator[None]:
    """Take the gate away until the block ends."""
    with ExitStack() as stack:
        stack.enter_context(_without_rules(GatedPage, Page))
        stack.enter_context(_without_rules(Tag, TagBase))
        stack.enter_context(
            patch.object(WorkflowState, "on_finish", publish_workflow_state)
        )
        stack.enter_context(patch.object(hooks, "_hooks", _hooks_of_wagtail()))
        stack.enter_context(_views_of_wagtail())
        # Our letters tell of our approval step only.
        stack.enter_context(patch.object(mails, "_after_commit"))
        stack.enter_context(
            override_settings(
                ROOT_URLCONF=__name__,
                WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT=False,
            )
        )
        redirecting = "wagtail.contrib.redirects.middleware.RedirectMiddleware"
        stack.enter_context(modify_settings(MIDDLEWARE={"append": redirecting}))
        yield


def install_stock_workflow() -> None:
    """Wagtail's approval step in place of ours, and reviewers who may publish."""
    groups = Group.objects.filter(name__in=[REVIEWERS, CLINICAL_LEADS])
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    task.groups.set(groups)
    workflow = Workflow.objects.get(name=WORKFLOW)
    workflow.workflow_tasks.all().delete()
    ClinicalApprovalTask.objects.update(active=False)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    root = Page.objects.get(depth=1)
    may_publish = Permission.objects.get(codename="publish_page")
    for group in groups:
        GroupPagePermission.objects.create(
            group=group, page=root, permission=may_publish
        )


@contextmanager
def _without_rules(model: type[Model], beneath: type[Model]) -> Iterator[None]:
    """The model without the methods in which it does otherwise than Wagtail."""
    ours = {
        name: method
        for name, method in vars(model).items()
        if isinstance(method, FunctionType)
        and not name.startswith("_")
        and hasattr(beneath, name)
    }
    for name in ours:
        delattr(model, name)
    try:
        yield
    finally:
        for name, method in ours.items():
            setattr(model, name, method)


def _hooks_of_wagtail() -> dict[str, list[Any]]:
    return {
        name: [
            (hook, order)
            for hook, order in registered
            if not (
                name.startswith(_STEPPING_IN)
                and hook.__module__.startswith(("education", "portal"))
            )
        ]
        for name, registered in hooks._hooks.items()
    }


def _views_of_wagtail() -> Any:
    """Wagtail's own views for every page."""
    theirs = {Page: page_viewset_registry.get_by_type(Page)}
    return patch.object(page_viewset_registry, "values_by_class", theirs)
